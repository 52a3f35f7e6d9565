"""Test the parts of the program, in the same tree as the code."""
