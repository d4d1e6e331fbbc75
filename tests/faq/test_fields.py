"""What a field is: one row of the table, and one attribute, are all that a new field needs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from faq.exchange.write import FORMATTERS
from faq.model.choices import Audience, Status
from faq.model.content import Content, Faq, Source
from faq.model.fields import FAQ_FIELDS, Field
from faq.model.links import Link
from faq.model.site import Site
from faq.read.values import PARSERS
from faq.texts import EDITOR_TEXTS
from faq.window.select import select_window
from tests.conftest import AT, ROOT

# Added to a copy of the program: the table's row, the attribute, the words that describe it.
ROW = """\
    Field("planted", "植えた項目", "markup", index="rest", in_api=True),
    Field("source","""
ATTRIBUTE = """\
    planted: MarkupText = NO_TEXT
    source:"""
TEXT = "fields:\n  planted: {note: 植えた項目, example: 300円}\n"
FAQS = """\
番号,質問,回答,状態,植えた項目,公開開始
1,いち,答え,承認済み,[350円](/faq/2/)と![図](/images/x.png),
2,に,答え,承認済み,マイナポイント,2099-01-01
"""
# Run in the copy: what each stage made of the field.
SCRIPT = """\
import json, sys
from datetime import datetime
from pathlib import Path
from faq.check.content import check_content
from faq.exchange.definition import make_definition, make_template
from faq.exchange.write import write_csv
from faq.model.choices import Audience
from faq.model.dates import JST
from faq.read.content import read_content
from faq.render.api import make_api, make_api_schema
from faq.window.select import select_window
from search.documents import make_documents

content, problems = read_content(Path(sys.argv[1]))
at = datetime(2027, 4, 1, tzinfo=JST)
shown = select_window(content, at=at, audience=Audience.CITIZEN, normalize=str)
document = make_documents(shown.content)[0]
(row,) = make_api(shown, base="/")["faqs"]
print(json.dumps({
    "read": [str(problem) for problem in problems],
    "checked": [problem.code for problem in check_content(content) if problem.place.column == "植えた項目"],
    "shown": shown.content.faqs[0].planted,
    "searched": document.texts["rest"],
    "api": row["planted"],
    "schema": make_api_schema()["properties"]["faqs"]["items"]["properties"]["planted"],
    "exported": write_csv(content.faqs),
    "template": make_template(),
    "definition": make_definition(),
    "hot_words": shown.content.hot_words,
}))
"""


@pytest.fixture
def found(folder: Path, tmp_path: Path) -> dict[str, object]:
    """What the stages of a program with one field more make of a content that has it."""
    house = tmp_path / "house"
    for name in ("faq", "japanese", "search", "texts"):
        shutil.copytree(ROOT / name, house / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file, before, after in (
        ("faq/model/fields.py", '    Field("source",', ROW),
        ("faq/model/content.py", "    source:", ATTRIBUTE),
        ("texts/editor.yml", "fields:\n", TEXT),
    ):
        text = (house / file).read_text(encoding="utf-8")
        assert text.count(before) == 1
        (house / file).write_text(text.replace(before, after), encoding="utf-8")
    (folder / "faq" / "a.csv").write_text(FAQS, encoding="utf-8")
    (folder / "featured.yml").write_text("注目のキーワード: [マイナポイント]\n", encoding="utf-8")
    command = [sys.executable, "-c", SCRIPT, str(folder)]
    done = subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result: dict[str, object] = json.loads(done.stdout)
    return result


def test_a_field_added_to_the_table_is_everywhere(found: dict[str, object]) -> None:
    assert found["read"] == []
    assert found["checked"] == ["image_missing", "link_starts_later"]
    assert found["shown"] == "350円と![図](/images/x.png)"
    assert found["searched"] == "\n350円と図"
    assert found["api"] == found["shown"]
    assert found["schema"] == {
        "title": "植えた項目",
        "description": "植えた項目",
        "type": "string",
    }
    for name in ("exported", "template", "definition"):
        assert "植えた項目" in str(found[name])
    assert "マイナポイント" in str(found["exported"])


def test_a_word_that_only_the_added_field_of_a_hidden_faq_has_is_not_shown(
    found: dict[str, object],
) -> None:
    assert found["hot_words"] == []


def test_a_searched_field_cannot_miss_the_leak_filter() -> None:
    with pytest.raises(ValueError, match="planted: a searched field must hold words"):
        Field("planted", "植えた項目", "id", index="rest")


def make_value(item: Field, word: str) -> object:
    """A value of the field with the word in it."""
    values = {
        "line": word, "markup": type(Faq("1", "い").answer)(word), "lines": (word,),
        "words": (word,), "links": (Link(word, "/"),), "sources": (Source(word),),
    }  # fmt: skip
    return values[item.kind]


@pytest.mark.parametrize(
    "item", [one for one in FAQ_FIELDS if one.index and not one.refers_to], ids=lambda one: one.name
)
def test_no_word_of_a_searched_field_of_a_hidden_faq_is_shown(item: Field) -> None:
    values = {"question": "に", item.name: make_value(item, "秘密の制度")}
    hidden = Faq("2", status=Status.PENDING, **values)  # type: ignore[arg-type]
    faqs = (Faq("1", "い", status=Status.APPROVED), hidden)
    content = Content(Site("名", "市", "https://a.example/"), faqs=faqs, hot_words=("秘密の制度",))
    shown = select_window(content, at=AT, audience=Audience.CITIZEN, normalize=str)
    assert shown.content.hot_words == ()


def test_the_table_has_every_attribute_of_an_faq_and_no_other() -> None:
    assert {item.name for item in FAQ_FIELDS} == {item.name for item in fields(Faq)} - {"origin"}


def test_every_kind_of_cell_is_read_written_and_described() -> None:
    kinds = {item.kind for item in FAQ_FIELDS}
    assert kinds <= set(PARSERS)
    assert kinds - {"translations"} <= set(FORMATTERS)
    assert kinds <= set(EDITOR_TEXTS["kinds"])
