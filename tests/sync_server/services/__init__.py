"""Tests of the server's rules, each on both databases."""
