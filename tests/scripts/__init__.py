"""Test the scripts with which people set up, run and check the project."""
