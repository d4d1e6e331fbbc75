"""What is missing of a site → made, in shares over several processes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from faq.addresses import locate_faq, locate_furigana
from faq.pages.page import Page
from faq.publish.manifest import FileRow
from faq.publish.staging import write_files
from faq.texts import JAPANESE
from japanese.analyze import Analyzer
from pipeline.site import Maker
from search.documents import Document
from search.index import Analysed, analyse_documents

PAGES_PER_SHARE = 32
# A page with the digest of all that its files are made from.
KeyedPage = tuple[Page, str]


@dataclass(frozen=True, slots=True)
class Tools:
    """What every process has: it goes to each of them once."""

    analyzer: Analyzer
    maker: Maker
    staging: Path


@dataclass(frozen=True, slots=True)
class Share:
    """Work for one process: documents to be analysed, and pages to be written with their keys.

    The pages of an FAQ are made where its document is analysed: Sudachi reads its texts once.
    """

    documents: Sequence[Document] = ()
    pages: Sequence[KeyedPage] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a share."""

    analysed: Analysed | None
    rows: Mapping[str, FileRow]


def make_share(tools: Tools, share: Share) -> Made:
    """Analyses and writes; the results are in the order of the share."""
    analysed = None
    if share.documents:
        analysed = analyse_documents(share.documents, analyzer=tools.analyzer)
    files = (
        (name, key, data)
        for page, key in share.pages
        for name, data in tools.maker.make_files(page)
    )
    return Made(analysed, write_files(tools.staging, files))


def list_files(page: Page) -> Iterator[str]:
    """The files of a page."""
    yield page.file
    if page.language == JAPANESE:
        yield locate_furigana(page.file)


def cut_work(
    shares: Sequence[Sequence[Document]],
    *,
    known: Sequence[Analysed | None],
    pages: Sequence[KeyedPage],
) -> list[Share]:
    """First a share for each of the documents', then for the pages that are no FAQ's.

    Documents that are `known` need no analysis.
    """
    left = {page.address: (page, key) for page, key in pages}
    work = []
    for documents, analysed in zip(shares, known, strict=True):
        addresses = [locate_faq(document.id) for document in documents]
        own = [left.pop(address) for address in addresses if address in left]
        work.append(Share(documents if analysed is None else (), own))
    others = list(left.values())
    starts = range(0, len(others), PAGES_PER_SHARE)
    return [*work, *(Share((), others[start : start + PAGES_PER_SHARE]) for start in starts)]
