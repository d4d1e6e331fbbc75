"""One cell → one value, for the kinds that only the settings files have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from faq.model.choices import (
    FLAG_SYNONYMS,
    FLAG_WORDS,
    FORMAT_WORDS,
    NOTICE_LEVEL_WORDS,
    PLACEMENT_WORDS,
    STORE_WORDS,
)
from faq.model.content import Formats
from faq.model.hours import Hours, HoursError, parse_hours
from faq.model.languages import LANGUAGE_PATTERN, find_language, tidy_tag
from faq.model.near import hint_name
from faq.model.problem import CellError
from faq.model.urls import HOST, check_site_address, check_url
from faq.read.cells import choose, parse_line, parse_lines, parse_text, parse_words
from faq.read.raw import Raw
from japanese.letters import KATAKANA, to_katakana

# The analysis crashes while it takes in a word of some ten thousand characters.
LONGEST_WORD = 100


def _parse_site_address(raw: Raw) -> str:
    text = parse_line(raw)
    return check_site_address(text) if text else ""


def _parse_contact(raw: Raw) -> str:
    """An address that may hold `{id}` and `{question}`."""
    text = parse_line(raw)
    if text:
        check_url(re.sub(r"\{(id|question)\}", "", text))
    return text


def _parse_names(raw: Raw) -> tuple[tuple[str, str], ...]:
    if not isinstance(raw.value, dict):
        raise CellError("names_bad")
    for language in raw.value:
        if not LANGUAGE_PATTERN.fullmatch(language):
            raise CellError("language_bad", value=language)
    names = ((tidy_tag(language), parse_line(name)) for language, name in raw.value.items())
    return tuple(sorted((language, name) for language, name in names if name))


def _parse_service_template(raw: Raw) -> str:
    text = parse_line(raw)
    if not text.startswith("https://") or "{lang}" not in text or "{url}" not in text:
        raise CellError("service_template_bad", value=text)
    check_url(text.replace("{lang}", "").replace("{url}", ""))
    return text


def _parse_target_languages(raw: Raw) -> tuple[str, ...]:
    codes = parse_words(raw)
    for code in codes:
        if not find_language(code):
            raise CellError("target_language_bad", value=code)
    return codes


def _parse_script(raw: Raw) -> str:
    text = check_url(parse_line(raw))
    if not re.match(f"{HOST.pattern}/", text):
        raise CellError("script_bad", value=text)
    return text


def _parse_receiver(raw: Raw) -> str:
    text = parse_line(raw)
    if text and ("*" in text or not re.match(f"{HOST.pattern}(?:/|$)", check_url(text))):
        raise CellError("receiver_bad", value=text)
    return text


def _parse_formats(raw: Raw) -> Formats:
    """A word for all files, or a record of words by file."""
    words = raw.get_record() or {"": raw}
    return tuple((name, choose(word, FORMAT_WORDS, "format_bad")) for name, word in words.items())


def _parse_hosts(raw: Raw) -> tuple[str, ...]:
    hosts = parse_lines(raw)
    for host in hosts:
        if not HOST.fullmatch(host):
            raise CellError("host_bad", value=host)
    return hosts


def _parse_hours(raw: Raw) -> Hours:
    try:
        return parse_hours(parse_text(item) for item in raw.get_items() if item.value)
    except HoursError as error:
        raise CellError("hours_bad", value=str(error)) from None


def _parse_flag(raw: Raw) -> bool:
    word = parse_line(raw).lower()
    if word not in FLAG_WORDS:
        hint = hint_name(word, (), synonyms=FLAG_SYNONYMS)
        raise CellError("flag_bad", value=word, hint=hint)
    return FLAG_WORDS[word]


def _parse_kana(raw: Raw) -> str:
    """Katakana, from either kana."""
    text = unicodedata.normalize("NFKC", parse_line(raw))
    kana = to_katakana(text)
    if not re.fullmatch(f"[{KATAKANA}]+", kana):
        raise CellError("kana_bad", value=text)
    return kana


def _parse_word(raw: Raw) -> str:
    text = parse_line(raw)
    if len(text) > LONGEST_WORD:
        raise CellError("word_long", limit=LONGEST_WORD)
    return text


def _parse_number(raw: Raw) -> int:
    text = unicodedata.normalize("NFKC", parse_line(raw)).replace(",", "")
    if not re.fullmatch(r"\d{1,9}", text):
        raise CellError("number_bad", value=raw.get_text())
    return int(text)


SETTING_PARSERS: dict[str, Callable[[Raw], object]] = {
    "site_address": _parse_site_address,
    "contact": _parse_contact,
    "names": _parse_names,
    "service_template": _parse_service_template,
    "target_languages": _parse_target_languages,
    "script": _parse_script,
    "receiver": _parse_receiver,
    "hosts": _parse_hosts,
    "level": lambda raw: choose(raw, NOTICE_LEVEL_WORDS, "level_bad"),
    "entrance": lambda raw: choose(raw, PLACEMENT_WORDS, "entrance_bad"),
    "formats": _parse_formats,
    "hours": _parse_hours,
    "flag": _parse_flag,
    "number": _parse_number,
    "word": _parse_word,
    "store": lambda raw: choose(raw, STORE_WORDS, "store_bad"),
    "kana": _parse_kana,
    "raw": lambda raw: raw,
}
