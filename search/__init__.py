"""Japanese search: one analysis for index and query, an index that the browser loads."""
