"""What is public at a moment for an audience."""
