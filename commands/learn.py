"""learn: a city's own questions → the search's weights for that city."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from faq.model.choices import Audience
from faq.model.problem import select_errors
from pipeline.load import OWN_PARAMETERS, load_content
from search.documents import make_documents
from search.thesaurus import collect_thesaurus
from terminal.interface import CLI_TEXTS, EXIT_ERRORS, print_problems, print_text

# Fewer questions teach nothing that holds for others.
LEAST_TESTS = 50


def learn_from_city(folder: Path, *, at: datetime) -> int:
    """Learns from search-tests.yml and writes search-parameters.json beside it."""
    loaded = load_content(folder)
    content = loaded.content
    if errors := select_errors(loaded.problems):
        print_problems(errors)
        return EXIT_ERRORS
    shown = loaded.show(at=at, audience=Audience.CITIZEN).content
    ids = {faq.id for faq in shown.faqs}
    tests = {
        str(place): test
        for place, test in enumerate(content.search_tests)
        if ids.issuperset(test.ids)
    }
    if len(tests) < LEAST_TESTS:
        raise click.ClickException(CLI_TEXTS["learn_too_few"].format(least=LEAST_TESTS))
    try:
        from search.lab.learn import RECIPE_FILE, Tuner, learn_parameters  # noqa: PLC0415
        from search.parameters import read_parameters, write_parameters  # noqa: PLC0415

        tuner = Tuner(
            make_documents(shown),
            queries={key: test.query for key, test in tests.items()},
            judgements={key: dict.fromkeys(test.ids, 2) for key, test in tests.items()},
            thesaurus=collect_thesaurus(shown),
            start=read_parameters(RECIPE_FILE),
            analyzer=loaded.analyzer,
        )
        learned, metrics = learn_parameters(tuner)
    except (ImportError, FileNotFoundError):
        raise click.ClickException(CLI_TEXTS["search_no_browser"]) from None
    out = folder / OWN_PARAMETERS
    write_parameters(learned, out)
    print_text("learned", out=out, hit3=metrics["hit3"], ndcg10=metrics["ndcg10"], tests=len(tests))
    return 0
