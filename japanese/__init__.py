"""Japanese writing: classes of letters, and the analysis of words by Sudachi."""
