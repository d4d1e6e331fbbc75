"""Measuring and learning the search, with the client that citizens get."""
