"""The controls that every screen is made of: painted from the tokens, each with name and role."""
