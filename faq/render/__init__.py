"""Pages → HTML, and the other files of a site."""
