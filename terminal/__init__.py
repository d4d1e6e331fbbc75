"""What every command shares at the terminal: help, messages, exit codes."""
