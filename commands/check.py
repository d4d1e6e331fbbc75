"""check: read and check, write nothing."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from commands.interface import EXIT_ERRORS, count_problems, tell, tell_problems
from commands.words import check_parameters, check_words
from faq.check import check_content, find_overdue, find_unshown_names
from faq.choices import Audience
from faq.problem import select_errors, sort_problems
from faq.read import read_content
from faq.window import select_window
from search.analyze import normalize_words


def check_folder(folder: Path, *, as_json: bool, at: datetime) -> int:
    """Prints every problem of a content folder, and what is overdue; 1 where there is an error."""
    content, problems = read_content(folder)
    problems += [*check_content(content), *check_words(content), *check_parameters(folder)]
    if not select_errors(problems):
        shown = select_window(content, at=at, audience=Audience.CITIZEN, normalize=normalize_words)
        problems += find_unshown_names(content, shown.content)
    problems = sort_problems(problems)
    overdue = [faq.id for faq in find_overdue(content.faqs, at=at) if faq.updated or faq.review_by]
    counts = count_problems(problems)
    if as_json:
        rows = [problem.to_dict() for problem in problems]
        report = {"faqs": len(content.faqs), **counts, "overdue": overdue, "problems": rows}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        tell_problems(problems)
        tell("checked", faqs=len(content.faqs), **counts)
        if overdue:
            ids = "、".join(overdue[:20]) + ("ほか" if len(overdue) > 20 else "")
            tell("overdue", count=len(overdue), ids=ids)
    return EXIT_ERRORS if select_errors(problems) else 0
