"""One file per command. Each is handed values; none reads the clock or the environment."""
