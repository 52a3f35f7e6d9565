"""The server's web pages: made on the server, few scripts, none of them inline."""
