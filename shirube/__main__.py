"""`python -m shirube`, for a machine where the command is not on the path."""

from shirube import main

main()
