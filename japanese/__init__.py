"""What is known of Japanese writing: letters, and the analysis of words by Sudachi."""
