"""One cell → one value, by the kind that the field table names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import TypeVar

from faq.choices import (
    AUDIENCE_WORDS,
    ENTRANCE_WORDS,
    EVERYONE,
    LEVEL_WORDS,
    STATUS_WORDS,
    STORES,
    Audience,
    Status,
)
from faq.dates import parse_date, parse_deadline, parse_end, parse_moment
from faq.hours import Hours, HoursError, parse_hours
from faq.languages import find_language, tidy_tag
from faq.markup import MarkupText
from faq.model import Link, Source, Translation
from faq.problem import CellError
from faq.tables import FORBIDDEN, Raw, tidy_text
from faq.urls import HOST, check_site_address, check_url
from japanese.letters import KATAKANA, to_katakana

ChoiceT = TypeVar("ChoiceT")

ID_PATTERN = re.compile(r"[1-9][0-9]{0,5}|[a-z][a-z0-9-]{1,31}")
LANGUAGE_PATTERN = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{2,4})?")
# Names that Windows keeps for devices: a folder of that name cannot be checked out there.
_WINDOWS_NAMES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")

# The analysis crashes while it takes in a word of some ten thousand characters.
LONGEST_WORD = 100


def parse_value(raw: Raw, kind: str) -> object:
    """The value of a cell of that kind; raises `CellError`."""
    return PARSERS[kind](raw)


def clean_text(text: str) -> str:
    """Text without blank ends; raises `CellError` for characters that no page may hold."""
    text = tidy_text(text)
    if found := FORBIDDEN.search(text):
        raise CellError("character_forbidden", name=f"U+{ord(found[0]):04X}")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _parse_id(raw: Raw) -> str:
    text = unicodedata.normalize("NFKC", raw.get_text()).strip()
    if not ID_PATTERN.fullmatch(text) or _WINDOWS_NAMES.fullmatch(text):
        raise CellError("id_bad", value=raw.get_text())
    return text


def _parse_line(raw: Raw) -> str:
    if not isinstance(raw.value, str):
        raise CellError("not_text")
    return " ".join(clean_text(raw.value).split())


def _parse_text(raw: Raw) -> str:
    if not isinstance(raw.value, str):
        raise CellError("not_text")
    return clean_text(raw.value)


def _parse_markup(raw: Raw) -> MarkupText:
    return MarkupText(_parse_text(raw))


def _parse_lines(raw: Raw) -> tuple[str, ...]:
    texts = (_parse_text(item).split("\n") for item in raw.get_items())
    return _drop_repeats(" ".join(line.split()) for lines in texts for line in lines)


def _parse_words(raw: Raw) -> tuple[str, ...]:
    return _drop_repeats(
        " ".join(word.split())
        for line in _parse_lines(raw)
        for word in re.split(r"[、，,;；|｜]", line)
    )


def _drop_repeats(items: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in items if item))  # type: ignore[attr-defined]


def _parse_url(raw: Raw) -> str:
    text = _parse_line(raw)
    return check_url(text) if text else ""


def _parse_site_address(raw: Raw) -> str:
    text = _parse_line(raw)
    return check_site_address(text) if text else ""


def _parse_contact(raw: Raw) -> str:
    """An address that may hold `{id}` and `{question}`."""
    text = _parse_line(raw)
    if text:
        check_url(re.sub(r"\{(id|question)\}", "", text))
    return text


def _split_bars(line: str) -> list[str]:
    return [part.strip() for part in re.split(r"[|｜]", line)]


def _parse_links(raw: Raw) -> tuple[Link, ...]:
    links = []
    for line in _parse_lines(raw):
        parts = _split_bars(line)
        if len(parts) != 2 or not parts[0]:
            raise CellError("link_bad", value=line)
        links.append(Link(parts[0], check_url(parts[1])))
    return tuple(links)


def _parse_sources(raw: Raw) -> tuple[Source, ...]:
    sources = []
    for line in _parse_lines(raw):
        name, *rest = _split_bars(line)
        if not name or len(rest) > 2:
            raise CellError("source_bad", value=line)
        url = rest[0] if rest else ""
        checked = parse_date(rest[1]) if len(rest) == 2 and rest[1] else None
        sources.append(Source(name, check_url(url) if url else "", checked))
    return tuple(sources)


def _parse_translations(raw: Raw) -> tuple[Translation, ...]:
    translations = []
    if not isinstance(raw.value, dict):
        raise CellError("translations_bad")
    for language, inner in raw.get_record().items():
        record = inner.get_record()
        if not LANGUAGE_PATTERN.fullmatch(language):
            raise CellError("language_bad", value=language)
        if unknown := set(record) - {"質問", "回答", "question", "answer"}:
            raise CellError("translation_bad", language=language, value="、".join(sorted(unknown)))
        question = record.get("質問") or record.get("question") or Raw("", raw.row)
        answer = record.get("回答") or record.get("answer") or Raw("", raw.row)
        texts = (_parse_line(question), _parse_markup(answer))
        if not all(texts):
            raise CellError("translation_incomplete", language=language)
        translations.append(Translation(tidy_tag(language), *texts))
    if len({item.language for item in translations}) < len(translations):
        raise CellError("language_twice")
    return tuple(sorted(translations, key=lambda item: item.language))


def _parse_names(raw: Raw) -> tuple[tuple[str, str], ...]:
    if not isinstance(raw.value, dict):
        raise CellError("names_bad")
    for language in raw.value:
        if not LANGUAGE_PATTERN.fullmatch(language):
            raise CellError("language_bad", value=language)
    names = ((tidy_tag(language), _parse_line(name)) for language, name in raw.value.items())
    return tuple(sorted((language, name) for language, name in names if name))


def _parse_service_template(raw: Raw) -> str:
    text = _parse_line(raw)
    if not text.startswith("https://") or "{lang}" not in text or "{url}" not in text:
        raise CellError("service_template_bad", value=text)
    check_url(text.replace("{lang}", "").replace("{url}", ""))
    return text


def _parse_target_languages(raw: Raw) -> tuple[str, ...]:
    codes = _parse_words(raw)
    for code in codes:
        if not find_language(code):
            raise CellError("target_language_bad", value=code)
    return codes


def _parse_script(raw: Raw) -> str:
    text = check_url(_parse_line(raw))
    if not re.match(f"{HOST.pattern}/", text):
        raise CellError("script_bad", value=text)
    return text


def _parse_receiver(raw: Raw) -> str:
    text = _parse_line(raw)
    if text and ("*" in text or not re.match(f"{HOST.pattern}(?:/|$)", check_url(text))):
        raise CellError("receiver_bad", value=text)
    return text


def _parse_hosts(raw: Raw) -> tuple[str, ...]:
    hosts = _parse_lines(raw)
    for host in hosts:
        if not HOST.fullmatch(host):
            raise CellError("host_bad", value=host)
    return hosts


def _parse_audience(raw: Raw) -> tuple[Audience, ...]:
    words = _parse_words(raw)
    for word in words:
        if word not in AUDIENCE_WORDS:
            raise CellError("audience_bad", value=word)
    return tuple(a for a in Audience if a in {AUDIENCE_WORDS[w] for w in words}) or EVERYONE


def _parse_status(raw: Raw) -> Status:
    word = _parse_line(raw)
    if word and word not in STATUS_WORDS:
        raise CellError("status_bad", value=word)
    return STATUS_WORDS[word] if word else Status.DRAFT


def _choose(raw: Raw, words: Mapping[str, ChoiceT], code: str) -> ChoiceT:
    """What the cell's word means; raises `CellError` of that code for any other word."""
    word = _parse_line(raw)
    if word not in words:
        raise CellError(code, value=word)
    return words[word]


def _parse_hours(raw: Raw) -> Hours:
    try:
        return parse_hours(_parse_text(item) for item in raw.get_items() if item.value)
    except HoursError as error:
        raise CellError("hours_bad", value=str(error)) from None


def _parse_flag(raw: Raw) -> bool:
    word = _parse_line(raw).lower()
    if word not in ("はい", "いいえ", "true", "false", ""):
        raise CellError("flag_bad", value=word)
    return word in ("はい", "true")


def _parse_kana(raw: Raw) -> str:
    """Katakana, from either kana."""
    text = unicodedata.normalize("NFKC", _parse_line(raw))
    kana = to_katakana(text)
    if not re.fullmatch(f"[{KATAKANA}]+", kana):
        raise CellError("kana_bad", value=text)
    return kana


def _parse_word(raw: Raw) -> str:
    text = _parse_line(raw)
    if len(text) > LONGEST_WORD:
        raise CellError("word_long", limit=LONGEST_WORD)
    return text


def _parse_number(raw: Raw) -> int:
    text = unicodedata.normalize("NFKC", _parse_line(raw)).replace(",", "")
    if not re.fullmatch(r"\d{1,9}", text):
        raise CellError("number_bad", value=raw.get_text())
    return int(text)


PARSERS: dict[str, Callable[[Raw], object]] = {
    "id": _parse_id,
    "line": _parse_line,
    "markup": _parse_markup,
    "lines": _parse_lines,
    "words": _parse_words,
    "url": _parse_url,
    "site_address": _parse_site_address,
    "contact": _parse_contact,
    "links": _parse_links,
    "sources": _parse_sources,
    "translations": _parse_translations,
    "names": _parse_names,
    "service_template": _parse_service_template,
    "target_languages": _parse_target_languages,
    "script": _parse_script,
    "receiver": _parse_receiver,
    "hosts": _parse_hosts,
    "audience": _parse_audience,
    "status": _parse_status,
    "date": lambda raw: parse_date(text) if (text := _parse_line(raw)) else None,
    "deadline": lambda raw: parse_deadline(text) if (text := _parse_line(raw)) else None,
    "start": lambda raw: parse_moment(text) if (text := _parse_line(raw)) else None,
    "end": lambda raw: parse_end(text) if (text := _parse_line(raw)) else None,
    "level": lambda raw: _choose(raw, LEVEL_WORDS, "level_bad"),
    "entrance": lambda raw: _choose(raw, ENTRANCE_WORDS, "entrance_bad"),
    "hours": _parse_hours,
    "flag": _parse_flag,
    "number": _parse_number,
    "word": _parse_word,
    "store": lambda raw: _choose(raw, STORES, "store_bad"),
    "kana": _parse_kana,
    "raw": lambda raw: raw,
}
