"""A loaded content → the search's files, and the readings that the index by reading needs."""

from __future__ import annotations

from faq.model.content import Content
from japanese.analyze import Analyzer
from pipeline.load import Loaded
from pipeline.parallel import map_shares
from search.documents import make_documents
from search.index import analyse_documents, build_index, join_analysed
from search.thesaurus import collect_thesaurus


def build_search(loaded: Loaded, content: Content, *, workers: int) -> dict[str, bytes]:
    """The search index's files of what is shown of a loaded content."""
    documents = make_documents(content)
    analyzer = loaded.analyzer
    shares = map_shares(
        lambda share: analyse_documents(share, analyzer=analyzer), documents, workers=workers
    )
    return build_index(
        documents,
        join_analysed(shares),
        analyzer=analyzer,
        thesaurus=collect_thesaurus(content),
        suggestions=sorted({word for faq in content.faqs for word in faq.keywords}),
        parameters=loaded.parameters,
        store=content.site.search_store,
    )


def read_titles(content: Content, *, analyzer: Analyzer) -> dict[str, str]:
    """Question or keyword → its reading in hiragana."""
    words = {word for faq in content.faqs for word in (faq.question, *faq.keywords)}
    return {word: analyzer.read(word) for word in sorted(words)}
