"""What is shown → pages as values."""
