"""The half that needs ML libraries; only the worker process imports it."""
