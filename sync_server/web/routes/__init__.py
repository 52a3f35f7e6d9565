"""The routes of the pages: read the form, ask a service, show a page."""
