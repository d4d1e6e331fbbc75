"""A content → the addresses of its pages, and the old addresses that lead to them."""

from __future__ import annotations

from collections.abc import Iterable

from faq.addresses import (
    FOLDERS,
    Address,
    locate_faq,
    locate_home,
    locate_item,
    locate_text_page,
)
from faq.model.content import Content, list_named
from faq.model.redirects import Redirect


def list_addresses(content: Content, *, sections: Iterable[Address]) -> frozenset[str]:
    """The addresses that a redirect may lead to: pages, the API and the feed."""
    addresses = {str(address) for address in sections if address is not Address.FACTS}
    for faq in content.faqs:
        addresses.add(locate_faq(faq.id))
        for translation in faq.translations:
            addresses.add(locate_home(translation.language))
            addresses.add(locate_faq(faq.id, translation.language))
    for kind in FOLDERS:
        addresses.update(locate_item(kind, item.id) for item in list_named(getattr(content, kind)))
    addresses.update(locate_text_page(page.name) for page in content.pages)
    return frozenset(addresses)


def list_redirects(content: Content) -> tuple[Redirect, ...]:
    """Every old address of a content: those of FAQs, of pages, and of `redirects.csv`."""
    own = [(faq.old_addresses, locate_faq(faq.id)) for faq in content.faqs]
    own += [(page.old_addresses, locate_text_page(page.name)) for page in content.pages]
    found = (Redirect(old, f"/{address}") for addresses, address in own for old in addresses)
    return (*found, *content.redirects)
