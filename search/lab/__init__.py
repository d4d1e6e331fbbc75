"""Measuring the search and learning its parameters, with the client that citizens get."""
