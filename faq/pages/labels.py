"""A page without words of its own, for what all pages of FAQs have in common."""

from __future__ import annotations

from dataclasses import replace

from faq.addresses import Address
from faq.markup.text import MarkupText
from faq.model.content import Department, Faq, Source
from faq.model.links import Link
from faq.pages.page import Kind, Page


def make_label_page(general: Department | None) -> Page:
    """The page of an FAQ that has every part but no words: only labels are left.

    The hours are those of the general department, which the foot of every page has too.
    """
    faq = Faq("", "", also_asked=("",), bring=("",), links=(Link("", "/"),), source=(Source(""),))
    department = replace(
        general or Department("", ""), name="", names=(), phone="0", place=" ", note=""
    )
    values = {
        "faq": replace(faq, easy=MarkupText("-")),
        "departments": [department],
        "related": [faq],
        "categories": [("", "")],
        "life_events": [("", "")],
    }
    return Page(Kind.FAQ, Address.HOME, "", values=values)
