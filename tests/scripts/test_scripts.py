"""Unit tests of the scripts: every exported function of the `*.test.js` beside this file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from faq.model.tokens import TEMPLATES
from faq.render.assets import CLIENT, collect_assets, strip_comments
from tests.conftest import ROOT, Serve

FOLDER = Path(__file__).parent
PLANTED = "planted.test.js"
FACTS = [
    (path.name, fact)
    for path in sorted(FOLDER.glob("*.test.js"))
    for fact in re.findall(r"^export (?:async )?function (\w+)", path.read_text("utf-8"), re.M)
]


@pytest.fixture(scope="module")
def scripts(browser: Browser, serve: Serve) -> Iterator[Page]:
    """A page that can import the scripts where they lie in the program's folder."""
    page = browser.new_page(locale="ja-JP")
    page.goto(serve(ROOT, "/") + "tests/scripts/page.html")
    yield page
    page.close()


def run_fact(page: Page, file: str, fact: str) -> None:
    page.evaluate(f'import("/tests/scripts/{file}").then((tests) => tests.{fact}())')


@pytest.mark.parametrize(
    ("file", "fact"), [one for one in FACTS if one[0] != PLANTED], ids=lambda one: one
)
def test_scripts(scripts: Page, file: str, fact: str) -> None:
    run_fact(scripts, file, fact)


def test_a_planted_fault_fails(scripts: Page) -> None:
    with pytest.raises(Error, match=r'{"a":1} is not {"a":2}'):
        run_fact(scripts, PLANTED, "a_wrong_value_fails")


def test_comments_are_not_sent_to_the_browser() -> None:
    script = "// one\nconst a = 'https://x'; // two\n  /** three\n   * @type {x} */\n  f(a);\n"
    assert strip_comments(script) == "const a = 'https://x'; // two\n  f(a);\n"


def test_no_text_of_a_script_goes_over_several_lines() -> None:
    """A line of such a text could look like a comment, and be taken off as one."""
    for path in [*TEMPLATES.rglob("*.js"), *CLIENT.glob("*.js")]:
        code = strip_comments(path.read_text(encoding="utf-8"))
        assert [line for line in code.split("\n") if line.count("`") % 2] == [], path


def test_every_module_that_is_loaded_at_once_is_there_and_imported() -> None:
    loaded = (TEMPLATES / "foundation" / "search.js").read_text(encoding="utf-8")
    names = set(re.findall(r'^  "(\w+)",$', loaded, re.M))
    own = {path.stem for path in CLIENT.glob("*.js")} - {"chunked"}
    assert names == own
    assert not [name for name in collect_assets() if "/types/" in name]
