"""The server as a program of its own: started, asked, stopped and killed."""
