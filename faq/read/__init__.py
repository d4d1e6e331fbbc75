"""A content folder → the model, with every problem found in single cells."""
