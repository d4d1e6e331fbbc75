"""Look-ups over a content: FAQs by category, department and popularity, and the trails to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from faq.addresses import FOLDERS, Address, locate_item
from faq.model.content import Category, Content
from faq.pages.page import FaqLink, Trail


class Catalogue:
    """FAQs by category, department and rank; made once per build, only read afterwards.

    Lists are in the order of views, then of ids; `home` is the trail of pages
    below the home page, `trails` leads to a category by (kind, id); `counts` gives the number of
    FAQs at or below it. The kinds are those of `FOLDERS`.
    """

    def __init__(self, content: Content, *, texts: Mapping[str, Any]) -> None:
        self.content = content
        self.by_id = {faq.id: faq for faq in content.faqs}
        self.links = {faq.id: FaqLink(faq.id, faq.question, faq.updated) for faq in content.faqs}
        self.departments = {item.id: item for item in content.departments}
        self.trails: dict[tuple[str, str], Trail] = {}
        self.counts: dict[tuple[str, str], int] = {}
        self._members: dict[tuple[str, str], list[FaqLink]] = {}
        self._below: dict[tuple[str, str], list[str]] = {}
        self._popular = sorted(self.links.values(), key=self._rank)
        for link in self._popular:
            faq = self.by_id[link.id]
            keys = [("topics", item) for item in faq.categories]
            keys += [("life_events", item) for item in faq.life_events]
            keys += [("departments", item) for item in faq.departments]
            for key in keys:
                self._members.setdefault(key, []).append(link)
        self.home: Trail = ((texts["home"], Address.HOME),)
        for kind, categories in (("topics", content.topics), ("life_events", content.life_events)):
            top = (*self.home, (texts[kind], str(FOLDERS[kind])))
            self.trails[kind, ""] = top
            self._walk(kind, categories, top)
        for item in content.departments:
            self.counts["departments", item.id] = len(self.list_department(item.id))

    def list_category(self, kind: str, category_id: str, *, deep: bool = False) -> list[FaqLink]:
        """FAQs of a category itself, or also of all below it."""
        if not deep:
            return self._members.get((kind, category_id), [])
        ids = self._below[kind, category_id]
        found = {faq.id: faq for item in ids for faq in self._members.get((kind, item), [])}
        return sorted(found.values(), key=self._rank)

    def list_department(self, department_id: str) -> list[FaqLink]:
        """FAQs the department answers for."""
        return self._members.get(("departments", department_id), [])

    def list_popular(self) -> list[FaqLink]:
        """All FAQs, the most viewed first."""
        return self._popular

    def list_viewed(self) -> list[FaqLink]:
        """FAQs that were viewed, the most viewed first."""
        views = self.content.ranking.views
        return [faq for faq in self._popular if views.get(faq.id)]

    def list_changes(self) -> list[FaqLink]:
        """All FAQs with a day of change, the latest first."""
        dated = [faq for faq in self._popular if faq.updated]
        return sorted(dated, key=lambda faq: faq.updated or date.min, reverse=True)

    def _rank(self, faq: FaqLink) -> tuple[int, int, str]:
        number = int(faq.id) if faq.id.isdigit() else 1_000_000
        return (-self.content.ranking.views.get(faq.id, 0), number, faq.id)

    def _walk(self, kind: str, categories: Sequence[Category], trail: Trail) -> None:
        for category in categories:
            own = (*trail, (category.name, locate_item(kind, category.id)))
            self.trails[kind, category.id] = own
            self._walk(kind, category.children, own)
            below = [item for child in category.children for item in self._below[kind, child.id]]
            self._below[kind, category.id] = [category.id, *below]
            self.counts[kind, category.id] = len(self.list_category(kind, category.id, deep=True))
