"""The JSON API: read the request, ask a service, write the answer."""
