"""The program as a whole, with the real engine."""
