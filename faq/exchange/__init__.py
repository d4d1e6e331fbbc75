"""CSV in and out: foreign tables by a map, and every FAQ as one table."""
