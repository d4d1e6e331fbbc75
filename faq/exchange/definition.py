"""The data definition document and the template file, both from the one table of fields.

`python -m faq.exchange.definition` writes docs/data-definition.md and docs/examples/template.csv.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from faq.exchange.write import write_csv
from faq.model.fields import FAQ_FIELDS
from faq.model.problem import CommandError
from faq.texts import EDITOR_TEXTS

DOCS = Path(__file__).parent.parent.parent / "docs"


def make_definition() -> str:
    """Every field: its words, its form, whether it must be there, what it is, an example.

    Raises `CommandError` for a field that no text describes.
    """
    texts = EDITOR_TEXTS["definition"]
    columns = [column.strip() for column in texts["columns"].split("|")]
    lines = [texts["head"], _join(columns), "|---" * len(columns) + "|"]
    for item in FAQ_FIELDS:
        about = _find_text("fields", item.name)
        kind = _find_text("kinds", item.kind)
        must = "○" if item.required else ""
        lines.append(_join([item.label, item.name, kind, must, about["note"], about["example"]]))
    return "\n".join([*lines, "", texts["tail"]])


def _find_text(section: str, name: str) -> Any:
    if name not in EDITOR_TEXTS[section]:
        raise CommandError("definition_missing", section=section, name=name)
    return EDITOR_TEXTS[section][name]


def make_template() -> str:
    """A CSV with nothing but the header."""
    return write_csv([])


def _join(cells: list[str]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def main() -> None:
    """Writes both documents, or ends with a sentence on what a new field still lacks."""
    try:
        definition = make_definition()
    except CommandError as error:
        sys.exit(EDITOR_TEXTS["cli"][error.code].format(**error.values))
    (DOCS / "data-definition.md").write_text(definition, encoding="utf-8")
    (DOCS / "examples" / "template.csv").write_bytes(make_template().encode("utf-8-sig"))


if __name__ == "__main__":
    main()
