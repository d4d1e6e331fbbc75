"""FAQs → CSV; `faq.read.content` reads back exactly what was written here."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from faq.model.content import Category, Department, Faq, Source
from faq.model.dates import format_date, format_moment
from faq.model.fields import FAQ_FIELDS, FAQ_LABELS, TRANSLATED
from faq.model.links import Link
from faq.model.problem import Place, Problem, make_error
from faq.read.directory import index_names
from faq.read.tables import guard_formula

TRANSLATED_LABELS = [FAQ_LABELS[name] for name in TRANSLATED]


def write_csv(faqs: Sequence[Faq], *, names: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """One row a FAQ, in the order of the field table; translations as `質問[en]`, `回答[en]`.

    `names` gives, by what a field refers to, id → the name to write instead of the id.
    """
    languages = sorted({item.language for faq in faqs for item in faq.translations})
    header = [item.label for item in FAQ_FIELDS if item.name != "translations"]
    header += [f"{label}[{language}]" for language in languages for label in TRANSLATED_LABELS]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for faq in faqs:
        cells = format_cells(faq, languages=languages, names=names or {})
        writer.writerow([guard_formula(cell) for cell in cells])
    return out.getvalue()


def format_cells(
    faq: Faq, *, languages: Sequence[str], names: Mapping[str, Mapping[str, str]]
) -> list[str]:
    """The cells of one FAQ in the order of the header."""
    cells = []
    for item in FAQ_FIELDS:
        value: Any = getattr(faq, item.name)
        if item.refers_to:
            known = names.get(item.refers_to, {})
            value = tuple(known.get(word, word) for word in value)
        if item.name != "translations":
            cells.append(FORMATTERS[item.kind](value))
    for language in languages:
        found = [one for one in faq.translations if one.language == language]
        cells += [getattr(found[0], name) if found else "" for name in TRANSLATED]
    return cells


def choose_names(found: tuple[Category, ...] | tuple[Department, ...]) -> dict[str, str]:
    """Id → the name, else the names from the top, of each item that can be found again by it."""
    names = {}
    for word, item_id in index_names(found).items():
        if word != item_id and not set("、，,;；|｜") & set(word):
            # A name alone comes after its path.
            names[item_id] = word
    return names


def encode_csv(text: str, *, encoding: str, file: str) -> tuple[bytes, list[Problem]]:
    """The bytes, or a problem for each cell with a character the encoding does not hold."""
    if _can_hold(text, encoding):
        return text.encode(encoding), []
    problems = []
    header: list[str] = []
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline="")), start=1):
        header = header or cells
        for name, cell in zip(header, cells, strict=True):
            for letter in dict.fromkeys(cell):
                if not _can_hold(letter, encoding):
                    place = Place(file, number, name)
                    letter_name = f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip()
                    problems.append(
                        make_error(place, "export_unencodable", value=letter, name=letter_name)
                    )
    return b"", problems


def _can_hold(text: str, encoding: str) -> bool:
    """Whether the text comes back as it was: CP932 takes 〜 in, but gives ～ back."""
    try:
        return text.encode(encoding).decode(encoding) == text.removeprefix("\ufeff")
    except UnicodeError:
        return False


def _join(items: Sequence[str]) -> str:
    return "\n".join(items)


def _format_link(link: Link) -> str:
    return f"{link.label} | {link.url}"


def _format_source(source: Source) -> str:
    parts = [source.name, source.url, format_date(source.checked) if source.checked else ""]
    while not parts[-1]:
        parts.pop()
    return " | ".join(parts)


FORMATTERS: dict[str, Callable[[Any], str]] = {
    "id": str,
    "line": str,
    "markup": str,
    "lines": _join,
    "words": _join,
    "reference": str,
    "references": _join,
    "addresses": lambda addresses: _join([address.text for address in addresses]),
    "links": lambda links: _join([_format_link(link) for link in links]),
    "sources": lambda sources: _join([_format_source(source) for source in sources]),
    "audience": lambda audience: _join([str(item) for item in audience]),
    "status": str,
    "format": str,
    "text": str,
    "date": lambda day: format_date(day) if day else "",
    "deadline": lambda day: format_date(day) if day else "",
    "start": lambda moment: format_moment(moment) if moment else "",
    "end": lambda moment: format_moment(moment, is_end=True) if moment else "",
}
