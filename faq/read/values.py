"""One cell → one value, by the kind that the field table names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import partial

from faq.markup.text import MarkupText
from faq.model.choices import (
    AUDIENCE_SYNONYMS,
    AUDIENCE_WORDS,
    EVERYONE,
    FORMAT_WORDS,
    STATUS_SYNONYMS,
    STATUS_WORDS,
    Audience,
    Status,
)
from faq.model.content import Source, Translation
from faq.model.dates import parse_date, parse_deadline, parse_end, parse_moment
from faq.model.fields import FAQ_LABELS, TRANSLATED
from faq.model.languages import LANGUAGE_PATTERN, tidy_tag
from faq.model.links import Link
from faq.model.near import hint_name
from faq.model.problem import CellError
from faq.model.redirects import WINDOWS_NAMES, OldAddress, parse_old_address
from faq.model.urls import check_url
from faq.read.cells import (
    choose,
    parse_line,
    parse_lines,
    parse_text,
    parse_url,
    parse_words,
    split_bars,
)
from faq.read.raw import Raw
from faq.read.setting_values import SETTING_PARSERS

ID_PATTERN = re.compile(r"[1-9][0-9]{0,5}|[a-z][a-z0-9-]{1,31}")


def parse_value(raw: Raw, kind: str, *, is_plain: bool = False) -> object:
    """The value of a cell of that kind, texts read as Markdown or plain; raises `CellError`."""
    if is_plain and kind in PLAIN_PARSERS:
        return PLAIN_PARSERS[kind](raw)
    return PARSERS[kind](raw)


def _parse_id(raw: Raw) -> str:
    text = unicodedata.normalize("NFKC", raw.get_text()).strip()
    if not ID_PATTERN.fullmatch(text) or WINDOWS_NAMES.fullmatch(text):
        raise CellError("id_bad", value=raw.get_text())
    return text


def _parse_markup(raw: Raw, *, is_plain: bool = False) -> MarkupText:
    return MarkupText(parse_text(raw), is_plain=is_plain)


def _parse_old_addresses(raw: Raw) -> tuple[OldAddress, ...]:
    return tuple(map(parse_old_address, parse_lines(raw)))


def _parse_old_address(raw: Raw) -> OldAddress:
    return parse_old_address(parse_line(raw))


def _parse_target(raw: Raw) -> str:
    url = parse_url(raw)
    if not re.match("/|https?:", url):
        raise CellError("redirect_unknown", value=url)
    return url


def _parse_links(raw: Raw) -> tuple[Link, ...]:
    links = []
    for line in parse_lines(raw):
        parts = split_bars(line)
        if len(parts) != 2 or not parts[0]:
            raise CellError("link_bad", value=line)
        links.append(Link(parts[0], check_url(parts[1])))
    return tuple(links)


def _parse_sources(raw: Raw) -> tuple[Source, ...]:
    sources = []
    for line in parse_lines(raw):
        name, *rest = split_bars(line)
        if not name or len(rest) > 2:
            raise CellError("source_bad", value=line)
        url = rest[0] if rest else ""
        checked = parse_date(rest[1]) if len(rest) == 2 and rest[1] else None
        sources.append(Source(name, check_url(url) if url else "", checked))
    return tuple(sources)


def _parse_translations(raw: Raw, *, is_plain: bool = False) -> tuple[Translation, ...]:
    translations = []
    words = {word: name for name in TRANSLATED for word in (name, FAQ_LABELS[name])}
    if not isinstance(raw.value, dict):
        raise CellError("translations_bad")
    for language, inner in raw.get_record().items():
        record = inner.get_record()
        if not LANGUAGE_PATTERN.fullmatch(language):
            raise CellError("language_bad", value=language)
        if unknown := set(record) - set(words):
            raise CellError("translation_bad", language=language, value="、".join(sorted(unknown)))
        cells = {words[word]: cell for word, cell in record.items()}
        question, answer = (cells.get(name, Raw("", raw.row)) for name in TRANSLATED)
        texts = (parse_line(question), _parse_markup(answer, is_plain=is_plain))
        if not all(texts):
            raise CellError("translation_incomplete", language=language)
        translations.append(Translation(tidy_tag(language), *texts))
    if len({item.language for item in translations}) < len(translations):
        raise CellError("language_twice")
    return tuple(sorted(translations, key=lambda item: item.language))


def _parse_audience(raw: Raw) -> tuple[Audience, ...]:
    words = parse_words(raw)
    for word in words:
        if word not in AUDIENCE_WORDS:
            hint = hint_name(word, AUDIENCE_WORDS, synonyms=AUDIENCE_SYNONYMS)
            raise CellError("audience_bad", value=word, hint=hint)
    return tuple(a for a in Audience if a in {AUDIENCE_WORDS[w] for w in words}) or EVERYONE


def _parse_status(raw: Raw) -> Status:
    word = parse_line(raw)
    if word and word not in STATUS_WORDS:
        hint = hint_name(word, STATUS_WORDS, synonyms=STATUS_SYNONYMS)
        raise CellError("status_bad", value=word, hint=hint)
    return STATUS_WORDS[word] if word else Status.DRAFT


PARSERS: dict[str, Callable[[Raw], object]] = {
    "id": _parse_id,
    "line": parse_line,
    "markup": _parse_markup,
    "lines": parse_lines,
    "words": parse_words,
    "reference": parse_line,
    "references": parse_words,
    "url": parse_url,
    "old_address": _parse_old_address,
    "addresses": _parse_old_addresses,
    "target": _parse_target,
    "links": _parse_links,
    "sources": _parse_sources,
    "translations": _parse_translations,
    "audience": _parse_audience,
    "status": _parse_status,
    "format": lambda raw: choose(raw, FORMAT_WORDS, "format_bad"),
    "text": parse_text,
    "date": lambda raw: parse_date(text) if (text := parse_line(raw)) else None,
    "deadline": lambda raw: parse_deadline(text) if (text := parse_line(raw)) else None,
    "start": lambda raw: parse_moment(text) if (text := parse_line(raw)) else None,
    "end": lambda raw: parse_end(text) if (text := parse_line(raw)) else None,
    **SETTING_PARSERS,
}
# Those of texts that are no Markdown.
PLAIN_PARSERS: dict[str, Callable[[Raw], object]] = {
    "markup": partial(_parse_markup, is_plain=True),
    "translations": partial(_parse_translations, is_plain=True),
}
