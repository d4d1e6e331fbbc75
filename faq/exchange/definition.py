"""The data definition document and the template file, both from the one table of fields.

`python -m faq.exchange.definition` writes docs/data-definition.md and docs/examples/template.csv.
"""

from __future__ import annotations

from pathlib import Path

from faq.exchange.write import write_csv
from faq.model import FAQ_FIELDS
from faq.texts import EDITOR_TEXTS

DOCS = Path(__file__).parent.parent.parent / "docs"


def make_definition() -> str:
    """Every field: its words, its form, whether it must be there, what it is, an example."""
    texts = EDITOR_TEXTS["definition"]
    columns = [column.strip() for column in texts["columns"].split("|")]
    lines = [texts["head"], _join(columns), "|---" * len(columns) + "|"]
    for item in FAQ_FIELDS:
        about = EDITOR_TEXTS["fields"][item.name]
        kind = EDITOR_TEXTS["kinds"][item.kind]
        must = "○" if item.required else ""
        lines.append(_join([item.label, item.name, kind, must, about["note"], about["example"]]))
    return "\n".join([*lines, "", texts["tail"]])


def make_template() -> str:
    """A CSV with nothing but the header."""
    return write_csv([])


def _join(cells: list[str]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    (DOCS / "data-definition.md").write_text(make_definition(), encoding="utf-8")
    (DOCS / "examples" / "template.csv").write_bytes(make_template().encode("utf-8-sig"))
