"""Turn speech into text on the user's own computer; importing this package loads no ML library."""

__version__ = "0.1.0"
