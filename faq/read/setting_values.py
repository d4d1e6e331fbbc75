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
    PRESENCE_WORDS,
    STORE_WORDS,
    TYPEFACE_WORDS,
)
from faq.model.colours import format_colour, parse_colour
from faq.model.hours import Hours, HoursError, parse_hours
from faq.model.languages import LANGUAGE_PATTERN, find_language, tidy_tag
from faq.model.links import Link
from faq.model.near import hint_name
from faq.model.problem import CellError
from faq.model.site import Formats
from faq.model.tokens import find_misfits, find_passing
from faq.model.urls import HOST, check_site_address, check_url
from faq.read.cells import choose, parse_line, parse_lines, parse_text, parse_words, split_bars
from faq.read.raw import Raw
from japanese.letters import KATAKANA, to_katakana

# The analysis crashes while it takes in a word of some ten thousand characters.
LONGEST_WORD = 100
PICTURE_KEYS = {"画像": "file", "file": "file", "代替文": "text", "text": "text"}


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


def _parse_colour(raw: Raw) -> str:
    """`#rrggbb`, with which all that stands on the pages can be read."""
    text = unicodedata.normalize("NFKC", parse_line(raw)).lower()
    try:
        colour = parse_colour(text)
    except ValueError:
        raise CellError("colour_bad", value=text) from None
    if misfits := sorted(find_misfits(colour), key=lambda item: item.ratio / item.needed):
        worst = misfits[0]
        raise CellError(
            "colour_unread",
            value=text,
            ratio=worst.ratio,
            needed=worst.needed,
            passing=format_colour(find_passing(colour)),
        )
    return text


def _parse_picture(raw: Raw) -> tuple[str, str, int]:
    """The name of an image, what it says in words, its row: a name alone, or both by key."""
    if not isinstance(raw.value, dict):
        return parse_line(raw), "", raw.row
    values = {PICTURE_KEYS.get(key): parse_line(value) for key, value in raw.value.items()}
    if None in values or not values.get("file"):
        raise CellError("picture_keys")
    return values["file"], values.get("text", ""), raw.row


def _parse_footer(raw: Raw) -> tuple[Link, ...]:
    """Lines of text; one with an address after a bar is a link."""
    lines = []
    for line in parse_lines(raw):
        label, *rest = split_bars(line)
        if len(rest) > 1 or not label or rest == [""]:
            raise CellError("link_bad", value=line)
        lines.append(Link(label, check_url(rest[0]) if rest else ""))
    return tuple(lines)


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
    "presence": lambda raw: choose(raw, PRESENCE_WORDS, "presence_bad"),
    "number": _parse_number,
    "word": _parse_word,
    "store": lambda raw: choose(raw, STORE_WORDS, "store_bad"),
    "kana": _parse_kana,
    "colour": _parse_colour,
    "picture": _parse_picture,
    "footer": _parse_footer,
    "typeface": lambda raw: choose(raw, TYPEFACE_WORDS, "typeface_bad"),
    "raw": lambda raw: raw,
}
