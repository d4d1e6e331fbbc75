"""Every address of the site, and the file that answers there; no other module spells one.

Addresses are below the site's base, without a leading slash: `faq/101/`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from urllib.parse import urlsplit

from faq.texts import JAPANESE


class Address(StrEnum):
    """What lies at the top of the site: folders end with a slash."""

    HOME = ""
    FAQS = "faq/"
    TOPICS = "fields/"
    LIFE_EVENTS = "life/"
    DEPARTMENTS = "departments/"
    KANA = "kana/"
    RANKING = "ranking/"
    NEW = "new/"
    SEARCH = "search/"
    TEXT_PAGES = "pages/"
    CONTACT = "contact/"
    SURVEY = "survey/"
    LANGUAGES = "languages/"
    NOT_FOUND = "404.html"
    # For machines and scripts.
    API = "api/faq.json"
    API_SCHEMA = "api/schema.json"
    ASSETS = "assets/"
    BUILD = "build.json"
    FACTS = "_log/"
    FEED = "feed.xml"
    FURIGANA = "ruby.json"
    IMAGES = "images/"
    LICENSES = "licenses.txt"
    NO_JEKYLL = ".nojekyll"
    PREVIEW = "_preview/"
    REDIRECTS = "redirects.map"
    ROBOTS = "robots.txt"
    SITEMAP = "sitemap.xml"


# Where the items of these lists of a content are.
FOLDERS = {
    "topics": Address.TOPICS,
    "life_events": Address.LIFE_EVENTS,
    "departments": Address.DEPARTMENTS,
}
_INDEX = "index.html"


def locate_home(language: str) -> str:
    """The address of the pages in a language; Japanese has the top for itself."""
    return "" if language == JAPANESE else f"{language}/"


def locate_faq(faq_id: str, language: str = JAPANESE) -> str:
    """The address of an FAQ's page."""
    return f"{locate_home(language)}{Address.FAQS}{faq_id}/"


def locate_item(kind: str, item_id: str) -> str:
    """The address of a category's or department's page; `kind` is a key of `FOLDERS`."""
    return f"{FOLDERS[kind]}{item_id}/"


def locate_text_page(name: str) -> str:
    """The address of a page of `content/pages/`."""
    return f"{Address.TEXT_PAGES}{name}/"


def locate_letter(slug: str) -> str:
    """The address of a page of the index by reading."""
    return f"{Address.KANA}{slug}/"


def locate_part(address: str, number: int) -> str:
    """The address of a part of a list; the first, number 1, is at the list's own."""
    return f"{address}{number}/" if number > 1 else address


def locate_assets(digest: str) -> str:
    """The folder of style sheets and scripts."""
    return f"{Address.ASSETS}{digest}/"


def locate_sitemap(number: int) -> str:
    """A part of a sitemap that is too large for one file."""
    return f"sitemap-{number}.xml"


def locate_file(address: str) -> str:
    """The file that answers at an address."""
    return address + _INDEX if address == "" or address.endswith("/") else address


def locate_furigana(file: str) -> str:
    """The furigana beside a page's file: faq/101/index.html → faq/101/index.ruby.json."""
    return file.removesuffix("html") + Address.FURIGANA


def find_page(file: str) -> str:
    """The address of a page's file."""
    return file.removesuffix(_INDEX)


def resolve_link(url: str, *, base: str) -> str:
    """A link as editors write it, for a page: `/…` is below the base, the rest stays."""
    return base + url[1:] if url.startswith("/") else url


def is_reserved(path: str, *, languages: Collection[str], ids: Collection[str]) -> bool:
    """Whether the site writes something of its own there, or may in another release.

    Below `faq/` only what belongs to the FAQs of these ids is reserved, elsewhere all that begins
    with a name the site uses.
    """
    names = path.lower().strip("/").split("/")
    if names == [""] or names[-1].endswith(Address.FURIGANA):
        return True
    if f"{names[0]}/" == Address.FAQS:
        return names[1:] in ([], [_INDEX]) or names[1] in ids
    top = {address.split("/")[0] for address in Address} | {_INDEX, "index"}
    is_sitemap = re.fullmatch(re.escape(locate_sitemap(0)).replace("0", r"\d+"), names[0])
    return names[0] in top | {tag.lower() for tag in languages} or is_sitemap is not None


def match_faq(base_url: str) -> str:
    """A pattern of the addresses of FAQs in texts, in every form; the group `id` is the number.

    That is below the site's root, its base path or its whole address, in any language.
    """
    root, path = base_url.rstrip("/"), urlsplit(base_url).path.strip("/")
    starts = [re.escape(root)] + ([re.escape(f"/{path}")] if path else [])
    return (
        rf"(?<![A-Za-z0-9_./-])(?:{'|'.join(starts)})?(?:/[A-Za-z]{{2,3}}(?:-[A-Za-z]{{2,4}})?)?"
        rf"/{Address.FAQS}(?P<id>[a-z0-9-]+)/?(?![A-Za-z0-9_./-])(?:[#?][^\s()<>\"']*)?"
    )


_LINKED_FAQ = re.compile(rf"/{Address.FAQS}([^/#?]+)")


def find_linked_faq(link: str) -> str | None:
    """The id that a link below the site's root names; None where it leads elsewhere."""
    found = _LINKED_FAQ.match(link)
    return found[1] if found else None
