"""The beginning of a city's folder: its first files, and what a foreign table says of them."""
