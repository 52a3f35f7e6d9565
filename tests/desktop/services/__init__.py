"""Test the services with real processes, a real library and a real event loop."""
