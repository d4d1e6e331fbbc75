"""The languages there are: those with texts of their own, and those of translation services."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Protocol
from urllib.parse import quote

import yaml

from faq.addresses import locate_home
from faq.texts import JAPANESE, TEXTS_FOLDER, load_texts, merge_texts

# Texts that a language lacks are in this one.
FALLBACK = "en"
LANGUAGE_PATTERN = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?")


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its own name and in Japanese.

    `code` is what translation services call it, `tag` what HTML does (BCP 47).
    """

    code: str
    tag: str
    name: str
    japanese: str


@dataclass(frozen=True, slots=True)
class Locale:
    """A language whose texts are in `texts/<tag>.yml`."""

    tag: str
    name: str
    texts: Mapping[str, Any]

    @property
    def home(self) -> str:
        """The address of its home page below the base."""
        return locate_home(self.tag)


class Named(Protocol):
    """What has a Japanese name and may have others, as pairs of tag and name."""

    @property
    def name(self) -> str: ...
    @property
    def names(self) -> tuple[tuple[str, str], ...]: ...


@cache
def list_languages() -> tuple[Language, ...]:
    """The languages of `texts/languages.yml`, by their own names."""
    text = (TEXTS_FOLDER / "languages.yml").read_text(encoding="utf-8")
    rows = yaml.load(text, Loader=yaml.CSafeLoader)
    languages = (Language(r["code"], r.get("tag", r["code"]), r["name"], r["ja"]) for r in rows)
    return tuple(sorted(languages, key=lambda item: item.name.casefold()))


@cache
def find_language(code: str) -> Language | None:
    """The language of a service's code or a tag."""
    return next((item for item in list_languages() if code in (item.code, item.tag)), None)


def load_locales(*, with_drafts: bool = False) -> tuple[Locale, ...]:
    """Japanese, then every language whose texts are marked as reviewed, by tag."""
    fallback = load_texts(FALLBACK)
    locales = []
    for language in list_languages():
        if (TEXTS_FOLDER / f"{language.tag}.yml").exists():
            texts = load_texts(language.tag)
            if texts.pop("reviewed") or with_drafts:
                locales.append(Locale(language.tag, language.name, fallback | texts))
    return tuple(sorted(locales, key=lambda item: (item.tag != JAPANESE, item.tag)))


def adapt_locales(
    locales: Iterable[Locale], own: Mapping[str, Mapping[str, Any]]
) -> tuple[Locale, ...]:
    """The locales with the city's own sentences, by language, in the place of the program's."""
    return tuple(
        replace(item, texts=merge_texts(item.texts, own.get(item.tag, {}))) for item in locales
    )


def translate_name(item: Named, language: str) -> str:
    """The name in that language, empty where nobody has written one."""
    return item.name if language == JAPANESE else dict(item.names).get(language, "")


def make_service_address(template: str, *, code: str, address: str) -> str:
    """Where a translation service shows that address; the template holds `{lang}` and `{url}`."""
    return template.replace("{lang}", code).replace("{url}", quote(address, safe=""))


def tidy_tag(tag: str) -> str:
    """A language tag in its usual letters: `EN` → `en`, `zh-hant` → `zh-Hant`."""
    language, *rest = tag.split("-")
    tidied = (part.title() if len(part) == 4 else part.upper() for part in rest)
    return "-".join((language.lower(), *tidied))


def select_tags(locales: Iterable[Locale]) -> frozenset[str]:
    """The tags of the locales other than Japanese."""
    return frozenset(item.tag for item in locales) - {JAPANESE}
