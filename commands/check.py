"""check: read and check, write nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from commands.interface import EXIT_ERRORS, count_problems, tell, tell_problems
from commands.words import check_words
from faq.check import check_content, find_overdue
from faq.problem import select_errors, sort_problems
from faq.read import read_content


def check_folder(folder: Path, *, as_json: bool, today: date) -> int:
    """Tells every problem of a content folder, and what is overdue; 1 where there is an error."""
    content, problems = read_content(folder)
    problems = sort_problems([*problems, *check_content(content), *check_words(content)])
    overdue = [
        faq.id for faq in find_overdue(content.faqs, on=today) if faq.updated or faq.review_by
    ]
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
