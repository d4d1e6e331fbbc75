"""serve --components: writes the examples of every component."""

from __future__ import annotations

from commands.build import Attempt, Built
from faq.model.problem import ContentError
from pipeline.components import build_components
from pipeline.options import BuildOptions
from terminal.interface import print_problems, print_text


def preview_components(options: BuildOptions) -> Attempt:
    """Writes the preview, for a person who looks on."""
    try:
        count, base_url = build_components(options.content, options.out, at=options.at)
    except ContentError as error:
        print_problems(error.problems)
        return Attempt(error.problems)
    print_text("previewed", count=count)
    return Attempt((), Built(options.at, base_url))
