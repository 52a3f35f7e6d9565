"""Connect what people want in the window with the services that do it, one part a file."""
