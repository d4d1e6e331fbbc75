"""FAQs → CSV; `faq.read` reads back exactly what was written here."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from faq.dates import format_date, format_moment
from faq.model import FAQ_FIELDS, Faq, Link, Source
from faq.problem import Place, Problem, make_error
from faq.tables import guard_formula

REFERENCE_FIELDS = ("categories", "life_events", "departments")


def write_csv(faqs: Sequence[Faq], *, names: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """One row a FAQ, in the order of the field table; translations as `質問[en]`, `回答[en]`.

    `names` gives, for a reference field, id → the name to write; the id stands without one.
    """
    languages = sorted({item.language for faq in faqs for item in faq.translations})
    header = [item.label for item in FAQ_FIELDS if item.name != "translations"]
    header += [f"{label}[{language}]" for language in languages for label in ("質問", "回答")]
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
        if item.name in REFERENCE_FIELDS:
            known = names.get(item.name, {})
            value = tuple(known.get(word, word) for word in value)
        if item.name != "translations":
            cells.append(FORMATTERS[item.kind](value))
    for language in languages:
        found = [one for one in faq.translations if one.language == language]
        cells += [found[0].question, found[0].answer] if found else ["", ""]
    return cells


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
                    told = f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip()
                    problems.append(
                        make_error(place, "export_unencodable", value=letter, name=told)
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
    "links": lambda links: _join([_format_link(link) for link in links]),
    "sources": lambda sources: _join([_format_source(source) for source in sources]),
    "audience": lambda audience: _join([str(item) for item in audience]),
    "status": str,
    "date": lambda day: format_date(day) if day else "",
    "deadline": lambda day: format_date(day) if day else "",
    "start": lambda moment: format_moment(moment) if moment else "",
    "end": lambda moment: format_moment(moment, is_end=True) if moment else "",
}
