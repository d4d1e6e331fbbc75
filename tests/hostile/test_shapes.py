"""A site is built in time that grows as its texts, whatever is written again and again in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from faq.check.content import check_content
from faq.model.problem import select_errors
from faq.read.content import read_content
from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import AT
from tests.hostile.conftest import Limit, TookTooLong
from tests.hostile.corpus import SHAPES, make_shape
from tests.hostile.sites import write_yaml

# Long enough to show what grows much faster than the text, in every stage of a build;
# tests/faq/test_markup.py reads cells of 32,000 characters.
CELL, LINE = 32_000, 2_000
# A shape takes some tenths of a second where all is linear, and minutes where something is not.
SECONDS = 8
TOGETHER = 5
NAMES = list(SHAPES)
BATCHES = [NAMES[start : start + TOGETHER] for start in range(0, len(NAMES), TOGETHER)]


@pytest.mark.parametrize("names", BATCHES, ids=", ".join)
def test_a_site_with_a_shape_in_every_answer_and_question_is_built_in_time(
    folder: Path, tmp_path: Path, limit: Limit, names: list[str]
) -> None:
    for number, name in enumerate(names, 1):
        line = make_shape(name, LINE)
        faq = {"番号": number, "質問": f"{name} {line}", "回答": make_shape(name, CELL),
               "キーワード": [line], "短い回答": line, "状態": "承認済み"}  # fmt: skip
        write_yaml(folder, {f"faq/{number}.yml": faq})
    with limit(SECONDS * TOGETHER, ", ".join(names)):
        content, problems = read_content(folder)
        for problem in select_errors([*problems, *check_content(content)]):
            (folder.parent / problem.place.file).unlink(missing_ok=True)  # refused in time as well
        build_site(BuildOptions(folder, tmp_path / "public", AT))


def run_forever() -> None:
    while True:  # in Python: a loop in C would never look at the clock
        pass


def test_a_shape_that_is_not_read_in_time_fails(limit: Limit) -> None:
    with pytest.raises(TookTooLong, match="a loop: more than"), limit(0.05, "a loop"):
        run_forever()
