"""Drive the engine from a terminal: one module for each subcommand and concern.

Nothing here imports the ML half: the work is done by the worker process behind
`engine.process.client`.
"""
