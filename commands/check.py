"""check: read and check, write nothing."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from faq.check.addresses import find_unshown_redirects
from faq.check.content import find_overdue, find_unshown_names
from faq.model.choices import Audience
from faq.model.problem import select_errors, sort_problems
from pipeline.load import load_content
from terminal.interface import EXIT_ERRORS, count_problems, print_problems, print_text

# The longest overdue come first; of more, a person works off these before the next.
MOST_OVERDUE = 20


def check_folder(folder: Path, *, as_json: bool, whole: bool, at: datetime) -> int:
    """Prints what is wrong in a content folder, and what is overdue; 1 where there is an error.

    Each cause once; every place where `whole`, and always as JSON.
    """
    loaded = load_content(folder)
    content, problems = loaded.content, [*loaded.problems]
    if not select_errors(problems):
        shown = loaded.show(at=at, audience=Audience.CITIZEN)
        problems += find_unshown_names(content, shown.content)
        problems += find_unshown_redirects(content, shown.redirects)
    problems = sort_problems(problems)
    overdue = [faq.id for faq in find_overdue(content.faqs, at=at) if faq.updated or faq.review_by]
    counts = count_problems(problems)
    if as_json:
        rows = [problem.to_dict() for problem in problems]
        report = {"faqs": len(content.faqs), **counts, "overdue": overdue, "problems": rows}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2, default=str))
    else:
        print_problems(problems, whole=whole)
        print_text("checked", faqs=len(content.faqs), **counts)
        if overdue:
            listed = overdue if whole else overdue[:MOST_OVERDUE]
            print_text("overdue", count=len(overdue), ids="、".join(listed))
            if len(listed) < len(overdue):
                print_text("overdue_rest", count=len(overdue) - len(listed))
    return EXIT_ERRORS if select_errors(problems) else 0
