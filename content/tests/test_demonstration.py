"""しるべ市: enough of it, each answer its own, and nothing that could be taken for real.

These tests are the demonstration city's, not the program's: they go where its content goes.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest

from faq.check.content import check_content
from faq.exchange.write import encode_csv, write_csv
from faq.model.choices import Audience, Status
from faq.model.content import Content
from faq.model.problem import select_errors
from faq.read.content import read_content
from faq.window.select import is_shown
from tests.a11y.test_jis import find_claims
from tests.conftest import AT, ROOT

CITY = Path(__file__).parent.parent
MOST_SHARED = 0.4


@pytest.fixture(scope="module")
def content() -> Content:
    read, problems = read_content(CITY)
    assert select_errors([*problems, *check_content(read)]) == []
    return read


def test_there_are_enough_faqs_fields_life_events_and_departments(content: Content) -> None:
    approved = [faq for faq in content.faqs if faq.status is Status.APPROVED]
    shown = [faq for faq in approved if Audience.CITIZEN in faq.audience]
    assert len(shown) >= 300
    assert len({item.split("-")[0] for faq in shown for item in faq.categories}) >= 12
    assert len({item.split("-")[0] for faq in shown for item in faq.life_events}) >= 10
    assert len({item for faq in shown for item in faq.departments}) >= 20
    assert len({department.hours for department in content.departments}) >= 8


def test_some_come_from_csv_and_some_from_yaml_and_use_every_field(content: Content) -> None:
    assert {faq.origin.file.rpartition(".")[2] for faq in content.faqs} >= {"csv", "yml"}
    for name in ("also_asked", "short_answer", "bring", "links", "related", "source", "easy",
                 "translations", "publish_from", "publish_until", "replaced_by", "keywords"):  # fmt: skip
        assert any(getattr(faq, name) for faq in content.faqs), name


def test_no_two_answers_share_more_than_two_fifths_of_their_character_5_grams(
    content: Content,
) -> None:
    assert find_overlaps({faq.id: faq.answer for faq in content.faqs}) == []


def test_the_overlap_check_sees_a_copied_answer(content: Content) -> None:
    faq = content.faqs[0]
    assert find_overlaps({"a": faq.answer, "b": faq.answer + "ただし、例外があります。"})


def find_overlaps(answers: Mapping[str, str]) -> list[tuple[str, str, float]]:
    """Pairs of ids whose answers share too much, as a share of the shorter one's 5-grams."""
    grams = {name: list_grams(text) for name, text in answers.items()}
    shares = (
        (
            one,
            other,
            len(grams[one] & grams[other]) / max(1, min(len(grams[one]), len(grams[other]))),
        )
        for one, other in combinations(grams, 2)
    )
    return [found for found in shares if found[2] > MOST_SHARED]


def list_grams(text: str) -> set[str]:
    plain = re.sub(r"\s", "", text)
    return {plain[start : start + 5] for start in range(len(plain) - 4)}


def test_no_telephone_number_could_be_called() -> None:
    texts = [path.read_text(encoding="utf-8") for path in CITY.rglob("*.*")
             if path.suffix in (".yml", ".csv", ".md")]  # fmt: skip
    numbers = {n for text in texts for n in re.findall(r"(?<![\d-])0\d{1,4}-\d{1,4}-\d{3,4}", text)}
    assert numbers == {"000-0000-0000"}


def test_the_citys_own_addresses_are_examples(content: Content) -> None:
    urls = {link.url for faq in content.faqs for link in faq.links}
    hosts = {url.split("/")[2] for url in urls if url.startswith("http")}
    foreign = [h for h in hosts if not h.endswith((".example.lg.jp", ".go.jp"))]
    assert [host for host in foreign if host.endswith(".lg.jp")] == []


def test_the_demonstration_date_shows_every_kind_of_window(content: Content) -> None:
    assert any(faq.publish_from and faq.publish_from > AT for faq in content.faqs)
    assert any(faq.publish_until and faq.publish_until < AT for faq in content.faqs)


def test_the_whole_city_can_be_handed_to_an_old_excel(content: Content) -> None:
    _, problems = encode_csv(write_csv(content.faqs), encoding="cp932", file="faq.csv")
    assert problems == []


def test_the_golden_questions_are_many_of_five_styles_and_copy_no_title(content: Content) -> None:
    tests = content.search_tests
    titles = {faq.id: faq.question for faq in content.faqs}
    assert len(tests) >= 200
    assert len({test.style for test in tests}) == 5
    copied = [
        test.query
        for test in tests
        if any(
            test.query[at : at + 10] in titles[one]
            for one in test.ids
            for at in range(len(test.query) - 9)
        )
    ]
    assert copied == []


def test_addresses_fit_a_short_message(content: Content) -> None:
    addresses = [f"{content.site.base_url}faq/{faq.id}/" for faq in content.faqs]
    assert max(map(len, addresses)) < 60


def test_at_least_twelve_answers_are_in_english_too(content: Content) -> None:
    shown = [faq for faq in content.faqs if is_shown(faq, at=AT, audience=Audience.CITIZEN)]
    translated = [one.language for faq in shown for one in faq.translations]
    assert translated.count("en") >= 12
    assert all("en" in dict(department.names) for department in content.departments)


def test_the_policy_for_accessibility_claims_nothing() -> None:
    policy = (CITY / "pages" / "accessibility.md").read_text(encoding="utf-8")
    assert find_claims(policy) == []
    assert "見本" in policy
    for heading in (
        "対象とする範囲",
        "目標とするレベルと期限",
        "例外",
        "担当",
        "試験の予定と結果",
        "ご連絡",
    ):
        assert re.search(f"^## .*{heading}", policy, re.MULTILINE), heading


def test_the_questions_of_search_tests_find_their_answers() -> None:
    command = [sys.executable, "build.py", "check", "--search", "--content", str(CITY)]
    command += ["--at", AT.isoformat()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "新しく外れたもの 0 件" in done.stdout


def test_the_city_keeps_to_its_own_words(content: Content) -> None:
    assert 0 < len(content.thesaurus) < 10
