"""Hold the code to its own rules: layers, docstrings, error codes, documents, pins."""
