"""The data definition and the schemas: as the tables say, and true of what the readers take."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from faq.exchange.city_files import CITY_FILES, CityFile, Form
from faq.exchange.definition import DOCS, make_definition, make_documents, make_example
from faq.exchange.maps import read_map
from faq.exchange.schema import make_schema
from faq.exchange.schema_kinds import KINDS
from faq.model.fields import Field
from faq.model.problem import CommandError
from faq.read.content import read_content
from faq.read.documents import read_yaml
from faq.read.records import Loader
from faq.read.values import PARSERS
from tests.conftest import GOLDEN
from tests.pictures import put_pictures

BY_NAME = {file.name: file for file in CITY_FILES}
WITH_SCHEMA = [file for file in CITY_FILES if file.schema]
# Where files of a kind lie in the folder, and the one name that an example gets.
PLACES = {"faq": ("faq/*.yml", "faq/a.yml"), "pages": ("pages/*.md", "pages/about.md")}


class EditorLoader(yaml.CSafeLoader):
    """Reads as the YAML support of editors does (YAML 1.2): no days, はい is a word."""


EditorLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if tag.endswith((":int", ":float", ":null"))]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])

TYPES: dict[str, Any] = {
    "string": str, "number": (int, float), "integer": int, "boolean": bool, "array": list,
    "object": dict, "null": type(None),
}  # fmt: skip


def is_of(value: Any, kind: str) -> bool:
    return isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def find_faults(value: Any, schema: Any, root: Any = None) -> list[str]:
    """The faults of a value, by those words of JSON Schema that the schemas use."""
    root = root or schema
    if "$ref" in schema:
        return find_faults(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root)
    faults = []
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(is_of(value, kind) for kind in kinds):
        faults.append(f"{value!r} is none of {kinds}")
    if "enum" in schema and not any(value is x or value == x for x in schema["enum"]):
        faults.append(f"{value!r} is no choice")
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        faults.append(f"{value!r} does not match")
    if is_of(value, "number") and not (
        schema.get("minimum", value) <= value <= schema.get("maximum", value)
    ):
        faults.append(f"{value!r} is out of bounds")
    if isinstance(value, list):
        faults += [
            fault for item in value for fault in find_faults(item, schema.get("items", {}), root)
        ]
    if isinstance(value, dict):
        faults += [f"{name} is missing" for name in schema.get("required", []) if name not in value]
        for name, inner in value.items():
            faults += find_faults(str(name), schema.get("propertyNames", {}), root)
            known = schema.get("properties", {}).get(name, schema.get("additionalProperties", {}))
            faults += [f"{name} is unknown"] if known is False else find_faults(inner, known, root)
    for part in schema.get("allOf", []):
        faults += find_faults(value, part, root)
    choices = [find_faults(value, part, root) for part in schema.get("anyOf", [])]
    found = [fault for choice in choices for fault in choice]
    return faults + (found if all(choices) else [])


def read_as_editor(file: CityFile, text: str) -> Any:
    if file.form is Form.FRONT_MATTER:
        text = text.split("---\n")[1]
    return yaml.load(text, Loader=EditorLoader)  # noqa: S506 - a safe loader


def test_all_documents_are_what_the_tables_say() -> None:
    for name, data in make_documents().items():
        assert (DOCS / name).read_bytes() == data, name
    made = {f"schema/{path.name}" for path in (DOCS / "schema").iterdir()}
    assert made <= set(make_documents())


@pytest.mark.parametrize("file", CITY_FILES, ids=lambda file: file.name)
def test_every_file_has_a_chapter_with_all_its_keys_and_an_example(file: CityFile) -> None:
    chapter = make_definition((file,))
    for fields in (file.fields, *file.inner.values()):
        for item in fields:
            assert f"| {item.label} | {item.name} |" in chapter
    assert make_example(file).rstrip("\n") in chapter


@pytest.mark.parametrize("file", CITY_FILES, ids=lambda file: file.name)
def test_a_key_that_no_text_describes_is_named(file: CityFile) -> None:
    planted = replace(file, fields=(*file.fields, Field("fee", "手数料", "line")))
    with pytest.raises(CommandError) as error:
        make_definition((planted,))
    assert error.value.values["name"] == "fee"


def test_every_kind_of_key_is_read_and_has_a_schema() -> None:
    fields = [item for file in CITY_FILES for item in file.fields]
    kinds = {item.kind for item in fields}
    assert kinds <= set(PARSERS)
    assert kinds <= set(KINDS)


def test_the_examples_of_the_document_are_a_folder_that_is_read_without_a_problem(
    tmp_path: Path,
) -> None:
    for file in CITY_FILES:
        if file.name != "map.yml":
            path = tmp_path / "content" / PLACES.get(file.name, ("", file.name))[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(make_example(file), encoding="utf-8")
    put_pictures(tmp_path / "content")
    content, problems = read_content(tmp_path / "content")
    assert [str(problem) for problem in problems] == []
    (faq,) = content.faqs
    unread = [item.name for item in BY_NAME["faq"].fields if not getattr(faq, item.name)]
    assert unread == []


@pytest.mark.parametrize("file", WITH_SCHEMA, ids=lambda file: file.name)
def test_a_schema_takes_the_example_of_the_document(file: CityFile) -> None:
    assert find_faults(read_as_editor(file, make_example(file)), make_schema(file)) == []


@pytest.mark.parametrize("file", WITH_SCHEMA, ids=lambda file: file.name)
def test_a_schema_takes_what_a_city_writes(file: CityFile) -> None:
    for path in (GOLDEN / "content").glob(PLACES.get(file.name, (file.name, ""))[0]):
        document = read_as_editor(file, path.read_text(encoding="utf-8"))
        assert find_faults(document, make_schema(file)) == [], path


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        (
            "site.yml",
            "名前: い\n市の名前: い\nアドレス: https://a.example/\n名まえ: い\n",
            "名まえ is unknown",
        ),
        ("site.yml", "名前: い\nアドレス: https://a.example/\n", "市の名前 is missing"),
        ("site.yml", "名前: い\n市の名前: い\nアドレス: a.example\n", "'a.example' does not match"),
        (
            "site.yml",
            "name: い\ncity: い\nbase_url: https://a.example/\n見本: たぶん\n",
            "'たぶん' is no choice",
        ),
        ("categories.yml", "分野: []\n", "分野 is unknown"),
        (
            "categories.yml",
            "行政分野:\n- {id: aa, 名前: い, 下位: [{id: bb}]}\n",
            "名前 is missing",
        ),
        ("departments.yml", "- {id: A, 名前: い}\n", "'A' does not match"),
        ("departments.yml", "- {id: aa, 名前: い, 受付時間: [月-金]}\n", "'月-金' does not match"),
        ("faq", "- {番号: 1, 質問: い, 回答: ろ, 状態: 公開}\n", "'公開' is no choice"),
        ("faq", "- {番号: 1, 質問: い, 回答: ろ, 更新日: 来月}\n", "'来月' does not match"),
        ("faq", "{番号: 0, 質問: い, 回答: ろ}\n", "0 is out of bounds"),
        ("faq", "- {番号: 1, 質問: い, 回答: ろ, 見せる相手: [議員]}\n", "'議員' is no choice"),
        ("notices.yml", "- {題名: い, 重さ: 大}\n", "'大' is no choice"),
        ("notices.yml", "- {題名: い, リンク: [名前だけ]}\n", "'名前だけ' does not match"),
        ("rankings/views.yml", "閲覧数: {1: 多い}\n", "'多い' does not match"),
        ("search-tests.yml", "- {質問: い}\n", "番号 is missing"),
        ("map.yml", "番号の先頭: い\n", "列 is missing"),
        ("thesaurus.yml", "- {組: い}\n", "is none of"),
    ],
)
def test_a_schema_finds_a_planted_fault(name: str, text: str, fault: str) -> None:
    file = BY_NAME[name]
    faults = find_faults(read_as_editor(file, text), make_schema(file))
    assert any(fault in one for one in faults), faults


@pytest.mark.parametrize("file", WITH_SCHEMA, ids=lambda file: file.name)
def test_a_schema_is_of_the_draft_that_editors_know(file: CityFile) -> None:
    schema = json.loads((DOCS / "schema" / f"{file.schema}.json").read_text(encoding="utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"]


def test_the_example_of_a_map_is_read_without_a_problem(tmp_path: Path) -> None:
    loader = Loader(tmp_path)
    (document,) = read_yaml(make_example(BY_NAME["map.yml"]), file="map.yml")
    table_map = read_map(loader, document, file="map.yml")
    assert [str(problem) for problem in loader.problems] == []
    assert table_map.columns["回答"] == ("回答", "補足")
