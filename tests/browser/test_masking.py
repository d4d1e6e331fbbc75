"""What may be personal in a free text is masked, by rules that JavaScript and Python share."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from faq.model.tokens import TEMPLATES

CASES = json.loads((Path(__file__).parent / "masking.json").read_text(encoding="utf-8"))
RULES = json.loads((TEMPLATES / "foundation" / "personal.json").read_text(encoding="utf-8"))

Mask = Callable[[str], str]


@pytest.fixture(scope="module")
def mask(browser: Browser, city: str) -> Iterator[Mask]:
    """The function that pages mask texts with, in a real browser."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(city)
    source = page.locator("script[src$='start.js']").get_attribute("src") or ""
    address = source.replace("start.js", "facts.js")
    ask = "async ([address, text]) => (await import(address)).maskText(text)"
    yield lambda text: str(page.evaluate(ask, [address, text]))
    context.close()


@pytest.mark.parametrize(("text", "masked"), CASES["personal"].items())
def test_what_may_be_personal_is_masked(mask: Mask, text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize("text", CASES["harmless"])
def test_ordinary_words_stay(mask: Mask, text: str) -> None:
    assert mask(text) == unicodedata.normalize("NFKC", text)


def test_line_breaks_become_blanks(mask: Mask) -> None:
    assert mask("リンクが 開けない\n困る ") == "リンクが 開けない 困る"


def test_a_text_is_cut_at_200_characters(mask: Mask) -> None:
    assert mask("あ" * 300) == "あ" * 200


def mask_with(rules: list[dict[str, str]], text: str) -> str:
    """The rules as a reader in Python would use them."""

    def fill(pattern: str) -> str:
        return re.sub(r"\{([a-z]+)\}", lambda found: f"(?:{fill(read_word(found[1]))})", pattern)

    def read_word(name: str) -> str:
        word: Any = RULES["words"][name]
        return word if isinstance(word, str) else "|".join(word)

    text = " ".join(unicodedata.normalize("NFKC", text).split())
    for rule in rules:
        before, after = fill(rule.get("before", "")), fill(rule.get("after", ""))
        pattern = f"({before})(?:{fill(rule['hide'])})(?={after})"
        text = re.sub(pattern, rf"\1{RULES['mark']}", text)
    return text


def list_failures(mask: Mask) -> set[str]:
    ordinary = {text: unicodedata.normalize("NFKC", text) for text in CASES["harmless"]}
    return {text for text, masked in (CASES["personal"] | ordinary).items() if mask(text) != masked}


def test_python_reads_the_same_rules() -> None:
    assert list_failures(partial(mask_with, RULES["rules"])) == set()


@pytest.mark.parametrize("rule", RULES["rules"], ids=lambda rule: rule["why"])
def test_without_a_rule_a_case_fails(rule: dict[str, str]) -> None:
    others = [other for other in RULES["rules"] if other is not rule]
    assert list_failures(partial(mask_with, others))


def test_every_word_of_the_rules_is_used() -> None:
    text = json.dumps(RULES, ensure_ascii=False)
    assert [name for name in RULES["words"] if f"{{{name}}}" not in text] == []
