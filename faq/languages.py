"""The languages there are: of the interface, from `texts/`, and of translation services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol
from urllib.parse import quote

import yaml

from faq.texts import TEXTS_FOLDER, load_texts

JAPANESE = "ja"
# What an interface lacks is said in this language.
FALLBACK = "en"


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
class Interface:
    """A language whose texts stand in `texts/<tag>.yml`."""

    tag: str
    name: str
    texts: Mapping[str, Any]

    @property
    def home(self) -> str:
        """The address of its home page below the base."""
        return make_home(self.tag)


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


def load_interfaces(*, with_drafts: bool = False) -> tuple[Interface, ...]:
    """Japanese, then every language whose texts are marked as reviewed, by tag."""
    fallback = load_texts(FALLBACK)
    interfaces = []
    for language in list_languages():
        if (TEXTS_FOLDER / f"{language.tag}.yml").exists():
            texts = load_texts(language.tag)
            if texts.pop("reviewed") or with_drafts:
                interfaces.append(Interface(language.tag, language.name, fallback | texts))
    return tuple(sorted(interfaces, key=lambda item: (item.tag != JAPANESE, item.tag)))


def make_home(tag: str) -> str:
    """The address of a language's pages below the base, which Japanese has for itself."""
    return "" if tag == JAPANESE else f"{tag}/"


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


def select_tags(interfaces: Iterable[Interface]) -> frozenset[str]:
    """The tags of the interfaces other than Japanese."""
    return frozenset(item.tag for item in interfaces) - {JAPANESE}
