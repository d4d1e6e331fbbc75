"""Files → a release, switched at once; the records of releases."""
