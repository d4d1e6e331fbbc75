"""`python -m shirube`, for a machine where the command is not on the path."""

import sys

from shirube import main

sys.exit(main())
