"""FAQs → what the search knows of them: the texts searched, and what a result shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from faq.markup.text import truncate_text
from faq.model.content import Content, Faq, list_named
from faq.model.fields import FAQ_FIELDS, REFERENCES, Field

LEAD_LENGTH = 120
EXCERPT_LENGTH = 90
# The index's fields in their order. `answer` of the field table becomes `lead` and the start of
# `rest`: what an answer begins with says what it is about.
INDEX_FIELDS = ("question", "keywords", "lead", "rest", "department")
# Facet → the FAQ's field that holds its names.
FACETS = {"topic": "categories", "life": "life_events", "department": "departments"}
_REFERENCES = {item.name: item.refers_to for item in REFERENCES}
# Kind → the texts of a field's value that are searched.
_TEXTS: Mapping[str, Callable[[Any], tuple[str, ...]]] = {
    "line": lambda line: (line,),
    "lines": tuple,
    "words": tuple,
    "markup": lambda markup: (markup.words,),
    "links": lambda links: tuple(link.label for link in links),
    "sources": lambda sources: tuple(source.name for source in sources),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One FAQ as the search sees it.

    - `texts`: index field → the text searched in it
    - `keywords`: offered while typing, and listed by reading as the title is
    - `title`, `excerpt`, `updated` (ISO date, or empty): shown in a result
    - `facets`: facet → the names the FAQ belongs to; a result shows the first of each
    - `until`: end of publication in seconds since 1970, 0 for none. The browser drops a document
      after it, so that a page left open shows nothing that has ended.
    """

    id: str
    texts: dict[str, str]
    title: str
    excerpt: str = ""
    facets: dict[str, tuple[str, ...]] | None = None
    updated: str = ""
    until: int = 0
    keywords: tuple[str, ...] = ()


def split_answer(answer: str) -> tuple[str, str]:
    """The lead of an answer, which says what it is about, and the rest; either may be empty."""
    return answer[:LEAD_LENGTH], answer[LEAD_LENGTH:]


def make_documents(content: Content) -> list[Document]:
    """What is searched of each FAQ, and what a result shows of it."""
    names = {
        kind: {item.id: item.name for item in list_named(getattr(content, kind))}
        for kind in set(_REFERENCES.values())
    }
    return [_make_document(faq, names) for faq in content.faqs]


def _make_document(faq: Faq, names: Mapping[str, Mapping[str, str]]) -> Document:
    found: dict[str, list[str]] = {}
    for item in FAQ_FIELDS:
        if item.index:
            found.setdefault(item.index, []).extend(_list_texts(faq, item, names))
    answer = "\n".join(found.pop("answer"))
    lead, rest = split_answer(answer)
    found["lead"] = [lead]
    found["rest"] = [rest, *found.get("rest", ())]
    return Document(
        id=faq.id,
        texts={name: "\n".join(found.get(name, ())) for name in INDEX_FIELDS},
        title=faq.question,
        excerpt=truncate_text(faq.short_answer or faq.answer.words, length=EXCERPT_LENGTH),
        facets={
            facet: tuple(names[_REFERENCES[field]][item] for item in getattr(faq, field))
            for facet, field in FACETS.items()
        },
        updated=faq.updated.isoformat() if faq.updated else "",
        until=int(faq.publish_until.timestamp()) if faq.publish_until else 0,
        keywords=faq.keywords,
    )


def _list_texts(faq: Faq, item: Field, names: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    value = getattr(faq, item.name)
    if item.refers_to:
        yield from (names[item.refers_to][one] for one in value)
    elif value:
        yield from _TEXTS[item.kind](value)
