"""Files for machines: sitemap, Atom, robots.txt, JSON, licences, the build's own record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from faq.addresses import Address, locate_faq, locate_sitemap, resolve_link
from faq.markup.text import truncate_text
from faq.model.choices import Audience
from faq.model.content import Faq
from faq.model.dates import JST
from faq.model.redirects import Redirect
from faq.pages.page import Page
from faq.render.api import make_api, make_api_schema
from faq.window.select import Shown

FEED_SIZE = 30
SITEMAP_LIMIT = 50_000


# Empty files; a request for one, with a fact in its query, stays in the server's log.
FACTS = ("reason", "survey", "vote")


def make_feeds(
    shown: Shown, *, pages: Sequence[Page], base_url: str, texts: Mapping[str, Any], licenses: str
) -> dict[str, bytes]:
    """Path → bytes of every file that is not a page, an asset or search data."""
    site = shown.content.site
    open_to_crawlers = not site.sample and shown.audience is Audience.CITIZEN
    base = base_url.rstrip("/") + "/"
    build = {
        "format": 1,
        "at": shown.at.isoformat(),
        "audience": str(shown.audience),
        "base_url": base,
        "faqs": len(shown.content.faqs),
        "pages": len(pages),
    }
    listed = [page for page in pages if page.is_listed]
    sections = shown.sections
    files: dict[str, bytes] = {
        Address.ROBOTS: make_robots(base=base, is_open=open_to_crawlers).encode(),
        Address.API: encode_json(make_api(shown, base=base)),
        Address.API_SCHEMA: encode_json(make_api_schema()),
        Address.REDIRECTS: make_redirect_map(shown.redirects, base=base).encode(),
        Address.LICENSES: licenses.encode(),
        Address.BUILD: encode_json(build),
        # GitHub Pages, serving a branch, would leave out what begins with _ without this file.
        Address.NO_JEKYLL: b"",
    }
    if Address.FEED in sections:
        files[Address.FEED] = make_atom(shown, base=base, texts=texts).encode()
    if Address.FACTS in sections:
        files |= {f"{Address.FACTS}{name}": b"" for name in FACTS}
    return _make_sitemaps(listed, base) | files


def _make_sitemaps(pages: Sequence[Page], base: str) -> dict[str, bytes]:
    """One sitemap, or an index of several where the protocol's limit asks for it."""
    if len(pages) <= SITEMAP_LIMIT:
        return {Address.SITEMAP: make_sitemap(pages, base=base).encode()}
    files = {}
    for start in range(0, len(pages), SITEMAP_LIMIT):
        name = locate_sitemap(start // SITEMAP_LIMIT + 1)
        files[name] = make_sitemap(pages[start : start + SITEMAP_LIMIT], base=base).encode()
    rows = "".join(f"<sitemap><loc>{escape(base + name)}</loc></sitemap>\n" for name in files)
    index = f"{_XML}<sitemapindex {_SITEMAP_NAMESPACE}>\n{rows}</sitemapindex>\n"
    return files | {Address.SITEMAP: index.encode()}


_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XHTML_NAMESPACE = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def make_sitemap(pages: Iterable[Page], *, base: str) -> str:
    """The addresses of the pages, with the day of change and the other languages."""
    rows = []
    for page in pages:
        day = f"<lastmod>{page.updated.isoformat()}</lastmod>" if page.updated else ""
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(base + address)}"/>'
            for language, address in page.alternates.items()
        )
        rows.append(f"<url><loc>{escape(base + page.address)}</loc>{day}{others}</url>\n")
    return f"{_XML}<urlset {_SITEMAP_NAMESPACE} {_XHTML_NAMESPACE}>\n{''.join(rows)}</urlset>\n"


def make_atom(shown: Shown, *, base: str, texts: Mapping[str, Any]) -> str:
    """The FAQs changed last, as Atom 1.0 (RFC 4287)."""
    dated = [faq for faq in shown.content.faqs if faq.updated]
    latest = sorted(dated, key=lambda faq: (faq.updated or date.min, faq.id), reverse=True)
    entries = "".join(_make_entry(faq, base) for faq in latest[:FEED_SIZE])
    site = shown.content.site
    home = Address.NEW if Address.NEW in shown.sections else Address.HOME
    updated = _stamp(latest[0].updated) if latest else shown.at.isoformat()
    return (
        f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja">\n'
        f"<title>{escape(site.name)} {escape(texts['new'])}</title>\n"
        f"<id>{escape(base)}</id>\n<updated>{updated}</updated>\n"
        f"<author><name>{escape(site.city)}</name></author>\n"
        f'<link rel="self" href="{escape(base)}{Address.FEED}"/>\n'
        f'<link href="{escape(base)}{home}"/>\n'
        f"{entries}</feed>\n"
    )


def _make_entry(faq: Faq, base: str) -> str:
    address = escape(base + locate_faq(faq.id))
    summary = escape(truncate_text(faq.answer.words, length=200))
    return (
        f"<entry><title>{escape(faq.question)}</title><id>{address}</id>"
        f'<link href="{address}"/><updated>{_stamp(faq.updated)}</updated>'
        f"<summary>{summary}</summary></entry>\n"
    )


def _stamp(day: date | None) -> str:
    return datetime.combine(day or date.min, time(), JST).isoformat()


def make_redirect_map(redirects: Iterable[Redirect], *, base: str) -> str:
    """Old address → new one, as rows of nginx's `map $request_uri`."""
    rows: dict[str, str] = {}
    for redirect in redirects:
        path, query = redirect.old.path, redirect.old.query
        target = resolve_link(redirect.target, base=urlsplit(base).path)
        for address in (f"/{path}", f"/{path}/") if path else ("/",):
            # A dollar sign would begin a variable of the server's.
            rows[f"{address}?{query}" if query else address] = target.replace("$", "%24")
    return "".join(f'"{old}" "{new}";\n' for old, new in sorted(rows.items()))


def make_robots(*, base: str, is_open: bool) -> str:
    """Every page may be fetched: a crawler that may not fetch a page cannot read its `noindex`.

    A sample or an internal site (`is_open` false) only keeps its sitemap to itself.
    """
    sitemap = f"Sitemap: {base}{Address.SITEMAP}\n" if is_open else ""
    return f"User-agent: *\nAllow: /\nDisallow: {urlsplit(base).path}{Address.FACTS}\n{sitemap}"


def encode_json(data: object) -> bytes:
    """Compact JSON with a line break at its end."""
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
