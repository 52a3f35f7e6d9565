"""The page of an open transcript, and its history."""
