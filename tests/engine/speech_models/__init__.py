"""Test how speech models are found, fetched, checked and rewritten."""
