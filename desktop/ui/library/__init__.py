"""The library beside the page: the sidebar, and the rail of narrow windows."""
