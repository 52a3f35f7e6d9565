"""The pages beside the library: settings in all their groups, and the speech models."""
