"""Qt item models over the library, the queue and the speech models."""
