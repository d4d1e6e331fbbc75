"""Rules over a whole content; they change nothing."""
