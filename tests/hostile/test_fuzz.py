"""300 mutated files: each is read or refused by name, and a site is published whole or not at all.

A failing case is named by its number, its file and what was done to it; the folder it was tried in
lies below pytest's `--basetemp` as it was. `-k 100` repeats the cases from number 100 on.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from commands.exchange import export_faqs, import_faqs
from faq.check.content import check_content
from faq.model.problem import CommandError, ContentError, select_errors
from faq.read.content import read_content
from pipeline.build import build_site
from pipeline.load import load_content
from pipeline.options import BuildOptions
from tests.conftest import GOLDEN_AT
from tests.hostile.conftest import Limit
from tests.hostile.mutations import USER_WORDS, Case, make_case, write_content

CASES, CHUNK = 300, 50
# Of what is read one in so many is built; what is refused always, as it is refused at once.
BUILT_SHARE = 2
# Taking a city's words in costs seconds: so often as the files take turns, it is done.
WORD_ROUNDS = 2


def digest_site(out: Path) -> dict[str, str]:
    """Every file that a reader can get, and which release it is of."""
    real = out.resolve()
    files = [path for path in real.rglob("*") if path.is_file()]
    return {"": real.name} | {
        path.relative_to(real).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def check_case(folder: Path, *, with_words: bool) -> bool:
    """Whether the folder has no error; each of its messages can be shown."""
    if with_words:
        problems = [*load_content(folder).problems]
    else:
        content, problems = read_content(folder)
        problems += check_content(content)
    assert all(str(problem) and json.dumps(problem.to_dict()) for problem in problems)
    return not select_errors(problems)


def exchange_case(folder: Path, aside: Path) -> None:
    """What can be exported is imported as the same table."""
    first, second = aside / "first.csv", aside / "second.csv"
    if export_faqs(folder, out=first, encoding="utf-8-sig") == 0:
        assert import_faqs(first, map_file=None, to=second, content=folder) == 0
        assert second.read_bytes() == first.read_bytes()
    first.unlink(missing_ok=True)
    second.unlink(missing_ok=True)


def build_case(folder: Path, out: Path) -> bool:
    """Whether a site was published, and whole; where not, the one before is untouched."""
    before = digest_site(out)
    try:
        result = build_site(BuildOptions(folder, out, GOLDEN_AT, allow_shrink=True))
    except (ContentError, CommandError):
        after, is_built = digest_site(out), False
        assert after == before
    else:
        after, is_built = digest_site(out), True
        assert after[""] != before[""]
        assert set(result.kinds) < set(after)
    assert list(out.parent.glob("*.releases/staging-*")) == []
    return is_built


def run_case(case: Case, folder: Path, *, with_words: bool, is_built: bool) -> None:
    path = folder / case.path
    path.write_bytes(case.data)
    is_sound = check_case(folder, with_words=with_words)
    exchange_case(folder, folder.parent)
    if is_built or not is_sound:
        assert build_case(folder, folder.parent / "public") == is_sound


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_mutated_files_are_read_or_refused_and_sites_published_whole(
    tmp_path: Path, limit: Limit, first: int
) -> None:
    folder = tmp_path / "content"
    files = write_content(folder)
    (folder / USER_WORDS).unlink()
    build_site(BuildOptions(folder, tmp_path / "public", GOLDEN_AT))
    for number in range(first, first + CHUNK):
        case = make_case(number, files)
        is_plain = case.path != USER_WORDS
        try:
            with limit(30, case.title):
                run_case(
                    case,
                    folder,
                    with_words=is_plain or number // len(files) < WORD_ROUNDS,
                    is_built=is_plain and number % BUILT_SHARE == 0,
                )
        except Exception as error:
            raise AssertionError(case.title) from error
        (folder / case.path).write_bytes(files[case.path])
        (folder / USER_WORDS).unlink(missing_ok=True)
