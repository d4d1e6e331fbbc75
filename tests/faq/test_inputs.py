"""What a page's bytes depend on: its own value and the inputs of the renderer, nothing else."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from faq.markup.text import MarkupText
from faq.model.choices import Audience, NoticeLevel
from faq.model.content import Content, Notice, Translation
from faq.model.dates import JST
from faq.model.digest import digest_value
from faq.model.hours import Hours, parse_hours
from faq.model.languages import load_locales
from faq.model.tokens import TEMPLATES
from faq.pages.japanese import make_kana_pages, make_pages
from faq.pages.page import Kind, Page
from faq.pages.translated import make_translated_pages
from faq.read.content import read_content
from faq.render.inputs import (
    DepartmentHours,
    RenderInputs,
    RenderSettings,
    collect_inputs,
)
from faq.render.renderer import Renderer
from faq.window.select import Shown, select_window

GOLDEN = Path(__file__).parents[1] / "golden" / "content"
AT = datetime(2027, 4, 1, 8, 30, tzinfo=JST)
LOCALES = load_locales()


def select(content: Content, at: datetime = AT) -> Shown:
    return select_window(content, at=at, audience=Audience.CITIZEN, normalize=str)


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content(GOLDEN)[0]


@pytest.fixture(scope="module")
def shown(content: Content) -> Shown:
    return select(content)


def collect(shown: Shown) -> RenderInputs:
    settings = RenderSettings("https://a.example/sub/", "0", locales=LOCALES)
    return collect_inputs(shown, LOCALES[0], settings=settings)


@pytest.fixture(scope="module")
def inputs(shown: Shown) -> RenderInputs:
    return collect(shown)


@pytest.fixture(scope="module")
def pages(shown: Shown) -> list[Page]:
    """The first page of every kind."""
    texts = LOCALES[0].texts
    made = [
        *make_pages(shown, texts=texts, languages=["en"]),
        *make_kana_pages(shown, texts=texts, readings=_Readings()),
    ]
    first: dict[Kind, Page] = {}
    for page in made:
        first.setdefault(page.kind, page)
    return list(first.values())


class _Readings(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "あ"


def render(inputs: RenderInputs, pages: list[Page]) -> dict[str, bytes]:
    renderer = Renderer(inputs)
    return {page.address: renderer.render(page) for page in pages}


FLOOD = Notice("大雨", NoticeLevel.EMERGENCY)
# For each input another value, or None where no page shows the input as it is.
CHANGES: dict[str, Callable[[RenderInputs], object] | None] = {
    "locale": lambda i: replace(i.locale, texts={**i.locale.texts, "answer": "こたえ"}),
    "english": lambda i: {**i.english, "language_word": "Tongue"},
    "languages": lambda i: i.languages[:1],
    "base_url": lambda _: "https://b.example/",
    "asset_digest": lambda _: "1",
    "runs_wasm": lambda i: not i.runs_wasm,
    "has_fonts": lambda i: not i.has_fonts,
    "site": lambda i: replace(i.site, name="別の市"),
    "audience": lambda _: Audience.STAFF,
    "sections": lambda i: i.sections[1:],
    "notices": lambda _: (FLOOD,),
    "text_pages": lambda _: (),
    "general_department": lambda i: replace(i.general_department, phone="1"),  # type: ignore[type-var]
    "hours": lambda i: dict.fromkeys(i.hours, DepartmentHours((("毎日", "休み"),))),
    "months": lambda i: tuple(day - timedelta(days=31) for day in i.months),
    "translated": None,  # of links in other languages: a test of its own
    "folder": None,  # the place of errors
    "templates": lambda _: {
        "components/footer/footer.html": "{% macro footer() %}足{% endmacro %}"
    },
}


def test_every_input_has_a_change() -> None:
    assert CHANGES.keys() == {field.name for field in fields(RenderInputs)}


@pytest.mark.parametrize("name", [name for name, change in CHANGES.items() if change])
def test_where_an_input_changes_bytes_its_digest_is_another(
    name: str, inputs: RenderInputs, pages: list[Page]
) -> None:
    change = CHANGES[name]
    assert change
    values: dict[str, Any] = {name: change(inputs)}
    changed = replace(inputs, **values)
    assert render(changed, pages) != render(inputs, pages)
    assert digest_value(changed) != digest_value(inputs)


def test_a_link_leads_to_the_translation_where_there_is_one(shown: Shown) -> None:
    settings = RenderSettings("https://a.example/", "0", locales=LOCALES)
    english = collect_inputs(shown, LOCALES[1], settings=settings)
    assert english.translated
    faqs = shown.content.faqs
    linking = replace(
        faqs[0], links=(), translations=(replace(_find_translation(shown), answer=_link(shown)),)
    )
    page = next(
        page
        for page in make_translated_pages(
            replace(shown, content=replace(shown.content, faqs=(linking, *faqs[1:]))),
            locales=LOCALES,
        )
        if page.kind == Kind.TRANSLATED_FAQ
    )
    other = replace(english, translated=())
    assert render(other, [page]) != render(english, [page])
    assert digest_value(other) != digest_value(english)


def _find_translation(shown: Shown) -> Translation:
    return next(item for faq in shown.content.faqs for item in faq.translations)


def _link(shown: Shown) -> MarkupText:
    found = next(faq for faq in shown.content.faqs if faq.translations)
    return found.translations[0].answer.rewrite(f"[there](/faq/{found.id}/)")


def test_a_page_that_changes_has_another_digest(pages: list[Page]) -> None:
    (page,) = (page for page in pages if page.kind == Kind.FAQ)
    faq = replace(page.values["faq"], bring=("印鑑",))
    changed = replace(page, values={**page.values, "faq": faq})
    assert digest_value(changed) != digest_value(page)


def test_a_new_day_changes_no_input(content: Content) -> None:
    assert digest_value(collect(select(content))) == digest_value(
        collect(select(content, AT + timedelta(days=1)))
    )


def test_the_day_after_dated_hours_changes_the_input(content: Content) -> None:
    hours = Hours(
        (*parse_hours(["毎日 9:00-10:00"]).rules, *parse_hours(["2027-04-01 休み"]).rules)
    )
    departments = tuple(replace(item, hours=hours) for item in content.departments)
    dated = replace(content, departments=departments)
    before, after = (collect(select(dated, AT + timedelta(days=days))) for days in (0, 1))
    assert digest_value(before) != digest_value(after)


def test_one_more_faq_changes_no_input(content: Content) -> None:
    more = replace(content.faqs[0], id="9999", question="新しい質問", old_addresses=())
    grown = replace(content, faqs=(*content.faqs, more))
    assert digest_value(collect(select(grown))) == digest_value(collect(select(content)))


def test_equal_values_have_equal_digests_in_every_process() -> None:
    code = (
        "from tests.faq.test_inputs import *\n"
        "print(digest_value(collect(select(read_content(GOLDEN)[0]))).hex())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_a_pickled_renderer_is_made_again(inputs: RenderInputs, pages: list[Page]) -> None:
    again: Renderer = pickle.loads(pickle.dumps(Renderer(inputs)))  # noqa: S301 - our own
    assert {page.address: again.render(page) for page in pages} == render(inputs, pages)


def test_pages_are_the_same_whatever_was_rendered_before(
    inputs: RenderInputs, pages: list[Page]
) -> None:
    alone = {page.address: Renderer(inputs).render(page) for page in pages}
    assert render(inputs, pages) == render(inputs, pages[::-1]) == alone


def test_what_is_wrongly_rendered_once_is_found(inputs: RenderInputs, pages: list[Page]) -> None:
    source = (TEMPLATES / "components/page-title/page-title.html").read_text(encoding="utf-8")
    wrong = source.replace("<h1>{{ title | phrases }}</h1>", "{% once %}{{ title }}{% endonce %}")
    assert wrong != source
    faulty = replace(inputs, templates={"components/page-title/page-title.html": wrong})
    assert render(faulty, pages) != render(faulty, pages[::-1])


def test_compiled_templates_are_kept_where_a_folder_is_given(
    inputs: RenderInputs, pages: list[Page], tmp_path: Path
) -> None:
    renderers = [Renderer(inputs, code_cache=tmp_path) for _ in range(2)]
    texts = [[renderer.render(page) for page in pages] for renderer in renderers]
    assert texts[0] == texts[1] == list(render(inputs, pages).values())
    assert len(list(tmp_path.iterdir())) >= len(pages)


def test_a_city_s_own_template_is_not_taken_from_another_city(
    inputs: RenderInputs, pages: list[Page], tmp_path: Path
) -> None:
    own = {"components/footer/footer.html": "{% macro footer() %}{{ site.city }}一{% endmacro %}"}
    other = {"components/footer/footer.html": "{% macro footer() %}{{ site.city }}二{% endmacro %}"}
    open_in = partial(Renderer, code_cache=tmp_path)
    first = open_in(replace(inputs, templates=own)).render(pages[0]).decode()
    second = open_in(replace(inputs, templates=other)).render(pages[0]).decode()
    assert (f"{inputs.site.city}一" in first, f"{inputs.site.city}二" in second) == (True, True)
