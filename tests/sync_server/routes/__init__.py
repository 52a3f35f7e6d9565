"""Tests of the JSON API, and of the processes that serve it."""
