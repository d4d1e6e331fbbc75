"""The data definition document, the JSON Schemas and the template file, all from the tables.

`python -m faq.exchange.definition` writes docs/data-definition.md, docs/schema/*.json and
docs/examples/template.csv.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from faq.exchange.city_files import (
    CITY_FILES,
    CityFile,
    Form,
    find_file_text,
    find_key_text,
    find_kind_text,
)
from faq.exchange.schema import make_schemas
from faq.exchange.write import write_csv
from faq.model.fields import Field
from faq.model.problem import CommandError
from faq.read.settings import CLASSIFICATIONS
from faq.texts import EDITOR_TEXTS

DOCS = Path(__file__).parent.parent.parent / "docs"
TEXTS = EDITOR_TEXTS["definition"]


def make_definition(files: Sequence[CityFile] = CITY_FILES) -> str:
    """Every file of a city's folder, a chapter each: its keys, what they are, an example.

    Raises `CommandError` for a key that no text describes.
    """
    chapters = [_make_overview(files), *map(_make_chapter, files)]
    return "\n".join([TEXTS["head"], *chapters, TEXTS["tail"]])


def make_example(file: CityFile) -> str:
    """The file with all keys whose text has an example, as an editor would write it."""
    about = find_file_text(file)
    if "block" in about:
        return str(about["block"])
    pairs = [(item, find_key_text(file, item.name)["example"]) for item in file.fields]
    pairs = [(item, str(example)) for item, example in pairs if str(example)]
    if file.form is Form.CSV:
        out = io.StringIO()
        rows = [[item.label for item, _ in pairs], [example for _, example in pairs]]
        csv.writer(out, lineterminator="\n").writerows(rows)
        return out.getvalue()
    lines = [f"{item.label}: {example}" for item, example in pairs]
    if file.form is Form.FRONT_MATTER:
        return "\n".join(["---", *lines, "---", "", TEXTS["page_body"]]) + "\n"
    if file.form in (Form.LIST, Form.FAQS, Form.CLASSIFIED):
        lines = [f"{'  ' if number else '- '}{line}" for number, line in enumerate(lines)]
    if file.form is Form.CLASSIFIED:
        key = next(iter(CLASSIFICATIONS))
        lines = [f"{key}:", *(f"  {line}" for line in lines), *TEXTS["life_events"]]
    return "\n".join(lines) + "\n"


def make_template() -> str:
    """A CSV with nothing but the header."""
    return write_csv([])


def make_documents() -> dict[str, bytes]:
    """Path below docs/ → bytes, of all that is generated here."""
    schemas = {f"schema/{name}": text.encode() for name, text in make_schemas().items()}
    return schemas | {
        "data-definition.md": make_definition().encode(),
        "examples/template.csv": make_template().encode("utf-8-sig"),
    }


def _make_overview(files: Sequence[CityFile]) -> str:
    rows = []
    for file in files:
        title = find_file_text(file)["title"]
        link = f"[schema/{file.schema}.json](schema/{file.schema}.json)" if file.schema else ""
        rows.append(
            [f"`{'`、`'.join(file.path.split('、'))}`", f"[{title}](#{title.lower()})", link]
        )
    rows += [[f"`{name}`", note, ""] for name, note in EDITOR_TEXTS["other_files"].items()]
    return "\n".join([*_make_table(TEXTS["files"], rows), ""])


def _make_chapter(file: CityFile) -> str:
    about = find_file_text(file)
    language = {Form.CSV: "csv", Form.FRONT_MATTER: "markdown"}.get(file.form, "yaml")
    lines = [f"## {about['title']}", "", f"`{'`、`'.join(file.path.split('、'))}`", ""]
    lines += [about["note"], ""]
    if file.fields:
        lines += [*_describe_fields(file, file.fields), ""]
    for name, fields in file.inner.items():
        if fields != file.fields:
            title = about["inner"][name]["title"]
            lines += [f"### {title}", "", *_describe_fields(file, fields, inside=name), ""]
    example = make_example(file).rstrip("\n")
    return "\n".join([*lines, f"{TEXTS['example']}:", "", f"```{language}", example, "```", ""])


def _describe_fields(file: CityFile, fields: Iterable[Field], *, inside: str = "") -> Iterable[str]:
    rows = []
    for item in fields:
        about = find_key_text(file, item.name, inside=inside)
        must = TEXTS["must"] if item.required else ""
        kind = find_kind_text(item.kind)
        example = f"`{about['example']}`" if about["example"] else ""
        rows.append([item.label, item.name, kind, must, about["note"], example])
    return _make_table(TEXTS["columns"], rows)


def _make_table(columns: str, rows: Iterable[Iterable[object]]) -> list[str]:
    """A Markdown table under columns whose names are parted by `|`."""
    head = [column.strip() for column in columns.split("|")]
    return [_join(head), "|---" * len(head) + "|", *map(_join, rows)]


def _join(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def main() -> None:
    """Writes all documents, or ends with a sentence on what a new key still lacks."""
    try:
        documents = make_documents()
    except CommandError as error:
        sys.exit(EDITOR_TEXTS["cli"][error.code].format(**error.values))
    for name, data in documents.items():
        path = DOCS / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
