"""The texts of a content → the search's files, analysed in shares that a cache can keep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from zlib import crc32

from faq.model.content import Content
from faq.model.digest import digest_value
from japanese.analyze import Analyzer
from pipeline.cache import Shelf
from pipeline.load import Loaded
from pipeline.parallel import Workers
from search.documents import Document, make_documents
from search.index import Analysed, analyse_documents, build_index, join_analysed
from search.thesaurus import GroupWord, analyse_words, collect_thesaurus

# The shelf of what Sudachi said of shares of documents.
ANALYSED = "analysed"
SHARE_SIZE = 64
LARGEST_SHARE = 4 * SHARE_SIZE
Share = tuple[Document, ...]


class Analysis:
    """The documents of a content in shares, and what is known of each from builds before.

    It is complete once `complete` was given what was unknown; then there is an index of it.
    """

    def __init__(self, content: Content, loaded: Loaded, shelf: Shelf) -> None:
        self._thesaurus = collect_thesaurus(content)
        self.analyzer = loaded.analyzer
        self.documents = make_documents(content)
        self.shares = cut_shares(self.documents)
        self.keys = [digest_value((share, loaded.analyzer.version)) for share in self.shares]
        self.known: list[Analysed | None] = [shelf.get(key) for key in self.keys]
        self._words_key = digest_value((self._thesaurus, loaded.analyzer.version))
        self._content = content
        self._loaded = loaded
        self._shelf = shelf

    def list_keys(self) -> list[bytes]:
        """What the shelf is to keep."""
        return [*self.keys, self._words_key]

    def count_unknown(self) -> int:
        """The documents that have to be analysed."""
        pairs = zip(self.shares, self.known, strict=True)
        return sum(len(share) for share, known in pairs if known is None)

    def complete(self, analysed: Iterable[Analysed | None]) -> None:
        """Takes the analysis of the shares that were unknown, in the order of all shares."""
        for number, (key, found) in enumerate(zip(self.keys, analysed, strict=False)):
            if found is not None:
                self.known[number] = found
                self._shelf.put(key, found)

    @cached_property
    def whole(self) -> Analysed:
        """The analysis of all documents; it must be complete."""
        return join_analysed(known for known in self.known if known is not None)

    def digest_index(self) -> bytes:
        """A digest of all that the index depends on."""
        content = self._content
        return digest_value((
            self.keys, self._thesaurus, self._loaded.parameters,
            content.site.search_store,
        ))  # fmt: skip

    def _read_words(self) -> dict[str, GroupWord]:
        """What Sudachi says of the thesaurus, which changes more seldom than the documents."""
        words: dict[str, GroupWord] | None = self._shelf.get(self._words_key)
        if words is None:
            words = analyse_words(self._thesaurus, analyzer=self.analyzer)
            self._shelf.put(self._words_key, words)
        return words

    def make_index(self) -> dict[str, bytes]:
        """The search index's files."""
        content = self._content
        return build_index(
            self.documents,
            self.whole,
            analyzer=self.analyzer,
            thesaurus=self._thesaurus,
            words=self._read_words(),
            suggestions=sorted({word for faq in content.faqs for word in faq.keywords}),
            parameters=self._loaded.parameters,
            store=content.site.search_store,
        )


def build_search(loaded: Loaded, content: Content, *, workers: int = 1) -> dict[str, bytes]:
    """The search index's files of what is shown of a loaded content."""
    analysis = Analysis(content, loaded, Shelf(()))
    with Workers(loaded.analyzer, count=workers, items=len(analysis.documents)) as running:
        analysis.complete(running.start(_analyse_share, analysis.shares))
    return analysis.make_index()


def cut_shares(documents: Sequence[Document]) -> list[Share]:
    """The documents in consecutive shares of about `SHARE_SIZE`.

    Ids decide where a share ends, so that a new document changes its own share only.
    """
    shares: list[Share] = []
    share: list[Document] = []
    for document in documents:
        share.append(document)
        if crc32(document.id.encode()) % SHARE_SIZE == 0 or len(share) == LARGEST_SHARE:
            shares.append(tuple(share))
            share = []
    return [*shares, tuple(share)] if share else shares


def _analyse_share(analyzer: Analyzer, share: Share) -> Analysed:
    return analyse_documents(share, analyzer=analyzer)
