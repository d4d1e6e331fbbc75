"""serve --components: writes the examples of every component."""

from __future__ import annotations

from faq.model.problem import ContentError
from pipeline.components import build_components
from pipeline.options import BuildOptions
from terminal.interface import EXIT_ERRORS, print_problems, print_text


def preview_components(options: BuildOptions) -> int:
    """Writes the preview: 0, or 1 on errors in the content."""
    try:
        count = build_components(options.content, options.out, at=options.at)
    except ContentError as error:
        print_problems(error.problems)
        return EXIT_ERRORS
    print_text("previewed", count=count)
    return 0
