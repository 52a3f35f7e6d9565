"""Tests of the page of an open transcript."""
