"""The rules of the server; they know no HTTP."""
