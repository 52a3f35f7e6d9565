"""Know, find, fetch and check speech models; loads no machine-learning library."""
