"""Traces of what is hidden, removed from what is shown: links to it, words only it uses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from faq.addresses import match_faq
from faq.markup.text import MarkupText
from faq.model.content import Category, Source, Translation
from faq.model.fields import FAQ_FIELDS
from faq.model.links import Link
from japanese.letters import to_hiragana

# A text as the search compares it, so that no other spelling of a hidden word passes.
Normalize = Callable[[str], str]
# Attributes that hold no words: where a record was read, and what only names an item.
_WORDLESS = frozenset({"origin", "id"} | {item.name for item in FAQ_FIELDS if not item.has_words})


def list_texts(item: object) -> Iterator[str]:
    """Every text in a value of the model, however deep; ids and fixed choices are no texts."""
    if isinstance(item, str):
        if not isinstance(item, Enum):
            yield item
    elif isinstance(item, tuple):
        for inner in item:
            yield from list_texts(inner)
    elif is_dataclass(item):
        for field in fields(item):
            if field.name not in _WORDLESS:
                yield from list_texts(getattr(item, field.name))


def make_word_filter(
    hidden: Iterable[object], shown: Iterable[object], *, normalize: Normalize
) -> Callable[[str], bool]:
    """False for words that only hidden items use: the word itself may be what is not yet public.

    A word counts as used in any spelling that `normalize` or folding (width, case, kana, blanks,
    marks) makes equal; what is shown may also use it as written or in its normal form.
    """
    hidden_text = "\n".join(filter(None, list_texts(tuple(hidden))))
    if not hidden_text:
        return lambda _: True
    hidden_folded, hidden_normal = _fold(hidden_text), normalize(hidden_text)
    shown_text = "\n".join(list_texts(tuple(shown)))
    shown_folded = _fold(shown_text)

    def is_free(word: str) -> bool:
        folded, normal = _fold(word), normalize(word)
        is_hidden = folded in hidden_folded or (normal != "" and normal in hidden_normal)
        return (
            not is_hidden
            or word in shown_text
            or any(form and form in shown_folded for form in (folded, _fold(normal)))
        )

    return is_free


def _fold(text: str) -> str:
    plain = to_hiragana(unicodedata.normalize("NFKC", text).lower())
    return re.sub(r"[\W_]+", "", plain)


def select_categories(
    categories: Iterable[Category], used: Collection[str]
) -> tuple[Category, ...]:
    """The categories that are used, have a used one below, or are always shown."""
    pruned = (replace(item, children=select_categories(item.children, used)) for item in categories)
    return tuple(item for item in pruned if item.id in used or item.children or item.always_shown)


class LinkFilter:
    """Takes links to FAQs that are not among `ids` off texts and lists, in any form of address."""

    def __init__(self, ids: Collection[str], *, base_url: str) -> None:
        self._ids = ids
        address = match_faq(base_url)
        self._address = re.compile(address)
        self._link = re.compile(rf"\[(?P<words>[^\[\]]*)\]\(\s*<?{address}>?\s*\)")
        self._target = re.compile(rf"(?P<opening>\]\(\s*|\]:\s*)?<?{address}>?")

    def find_id(self, url: str) -> str:
        """The number of the FAQ that an address of this site leads to, else empty."""
        found = self._address.fullmatch(url)
        return found["id"] if found else ""

    def is_hidden(self, url: str) -> bool:
        """Whether the address is that of an FAQ that is not shown."""
        found = self.find_id(url)
        return found != "" and found not in self._ids

    def unlink(self, text: MarkupText) -> MarkupText:
        """The text with the words of such links left in their place."""
        if "/faq/" not in text:
            return text
        left = self._link.sub(lambda found: self._choose(found, found["words"]), text)
        # What a link by reference or with a title leads to is left empty, which links to nothing.
        left = self._target.sub(
            lambda found: self._choose(found, f"{found['opening']}<>" if found["opening"] else ""),
            left,
        )
        return text if left == text else text.rewrite(left)

    def select(self, links: Iterable[Link]) -> tuple[Link, ...]:
        """The links without those to FAQs that are not shown."""
        return tuple(link for link in links if not self.is_hidden(link.url))

    def clean(self, value: Any) -> Any:
        """A field's value without such links: Markdown, links, sources or translations."""
        if isinstance(value, MarkupText):
            return self.unlink(value)
        kept = (self._clean_item(item) for item in value)
        return tuple(item for item in kept if item is not None)

    def _clean_item(self, item: Link | Source | Translation) -> Link | Source | Translation | None:
        if isinstance(item, Translation):
            return replace(item, answer=self.unlink(item.answer))
        if not self.is_hidden(item.url):
            return item
        return replace(item, url="") if isinstance(item, Source) else None

    def _choose(self, found: re.Match[str], replacement: str) -> str:
        return found[0] if found["id"] in self._ids else replacement
