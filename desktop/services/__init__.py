"""What the program does, without a widget: the queue, the engine, editing, export, downloads."""
