"""build: read → check → window → analyse → pages → staging → publish, each stage once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from commands.load import Loaded, load_content
from commands.parallel import map_shares
from faq.assets import ROOT, collect_assets, digest_assets
from faq.choices import Audience
from faq.feeds import make_feeds
from faq.files import read_file, resolve_path
from faq.languages import JAPANESE, load_interfaces
from faq.markup import cut_text
from faq.model import Content, Faq, flatten
from faq.page import Page
from faq.pages import make_pages
from faq.problem import CellError, ContentError, Place, Problem, make_error
from faq.publish import (
    check_loss,
    check_output,
    discard_staging,
    open_staging,
    switch_release,
    write_files,
)
from faq.releases import Record, check_hold, list_shown
from faq.render import SHARED_PARTS, Renderer
from faq.translated import link_languages, make_translated_pages
from furigana.annotate import SHARED_FILE, Annotator, dump_runs, name_ruby_file
from japanese.analyze import Analyzer
from search.carry import carry_excerpts
from search.documents import Document, split_answer
from search.index import analyse_documents, build_index, join_analysed
from search.licenses import make_licenses

# Folders of the program: a site is never written into one, nor over them all.
OWN_FOLDERS = frozenset({
    "a11y", "bench", "browsers", "commands", "docs", "faq", "furigana", "japanese", "search",
    "templates", "tests", "texts",
})  # fmt: skip
EXCERPT_LENGTH = 90

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build is asked for; `base_url` empty means the one in site.yml.

    `now` is the clock's moment for the release's record, `at` where there is none.
    `release_hold` publishes over a rollback, `allow_shrink` with far fewer FAQs than before.
    """

    content: Path
    out: Path
    at: datetime
    audience: Audience = Audience.CITIZEN
    base_url: str = ""
    workers: int = 1
    now: datetime | None = None
    release_hold: bool = False
    allow_shrink: bool = False


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build wrote (`templates`: page file → its template), and the warnings on the way."""

    faqs: int
    hidden: int
    pages: int
    next_change: datetime | None
    warnings: tuple[Problem, ...]
    templates: Mapping[str, str]


def build_site(options: BuildOptions, *, tell: Tell = lambda _: None) -> BuildResult:
    """Builds and publishes a site.

    Raises `ContentError` on any error in the content, `PublishError` where it may not be
    published; the site that is public stays as it is.
    """
    tell("read")
    own = [path for path in ROOT.iterdir() if path.is_dir() and path.name in OWN_FOLDERS]
    forbidden = [resolve_path(options.content), *own]
    check_output(options.out, audience=options.audience, forbidden=forbidden)
    if not options.release_hold:
        check_hold(options.out)
    loaded = load_content(options.content).require()
    content, analyzer = loaded.content, loaded.analyzer
    shown = loaded.show(at=options.at, audience=options.audience)
    if not options.allow_shrink:
        check_loss(options.out, faqs=len(shown.content.faqs), at=options.at)
    tell("search")
    search_files = build_search(loaded, shown.content, workers=options.workers)
    carried = carry_excerpts(options.out / "search", search_files)
    readings = _read_words(shown.content, analyzer)
    tell("pages")
    interfaces = load_interfaces()
    texts = interfaces[0].texts
    assets = collect_assets()
    base_url = options.base_url or content.site.base_url
    digest = digest_assets(assets)
    chunked = any(name.startswith("pagefind-") for name in search_files)
    renderers = {
        item.tag: Renderer(shown, item.texts, base_url, digest, chunked, item.tag, interfaces)
        for item in interfaces
    }
    japanese = make_pages(shown, texts=texts, readings=readings)
    translated = make_translated_pages(shown, interfaces=interfaces)
    pages = link_languages([*japanese, *translated], interfaces=interfaces)
    licenses = make_licenses(chunked=chunked)
    annotator = Annotator(loaded.make_reader())
    parts = (renderers[JAPANESE].render_part(name) for name in SHARED_PARTS)
    # What scripts write on every page is not in its HTML.
    states = (f"<p>{texts['hours_now'][state]}</p>" for state in ("open", "closed", "always"))
    shared = annotator.annotate("".join((*parts, *states)))
    feeds = make_feeds(shown, pages=pages, base_url=base_url, texts=texts, licenses=licenses)
    staging = open_staging(options.out)
    try:
        others = chain(
            feeds.items(),
            ((f"search/{name}", data) for name, data in search_files.items()),
            ((f"search/{name}", data) for name, data in carried.items()),
            ((f"assets/{digest}/{name}", data) for name, data in assets.items()),
            _read_images(options.content, shown.content.images),
            [(SHARED_FILE, dump_runs(shared.values()))],
        )
        write_files(staging, others)
        for renderer in renderers.values():
            _ = renderer.environment  # compiled here, so that forked workers need not
        map_shares(
            lambda share: write_files(staging, _render(renderers, annotator, shared, share)),
            pages,
            workers=options.workers,
        )
        tell("publish")
        record = Record(options.at, options.now or options.at, list_shown(shown.content))
        switch_release(options.out, staging, record=record, ends_hold=options.release_hold)
    except BaseException:
        discard_staging(staging)
        raise
    return BuildResult(
        faqs=len(shown.content.faqs),
        hidden=len(content.faqs) - len(shown.content.faqs),
        pages=len(pages),
        next_change=shown.next_change,
        warnings=loaded.problems,
        templates={page.path: page.template for page in pages},
    )


def _read_words(content: Content, analyzer: Analyzer) -> dict[str, str]:
    """The readings of questions and keywords."""
    words = {word for faq in content.faqs for word in (faq.question, *faq.keywords)}
    return {word: analyzer.read(word) for word in sorted(words)}


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
        thesaurus=[group.words for group in content.thesaurus],
        suggestions=sorted({word for faq in content.faqs for word in faq.keywords}),
        parameters=loaded.parameters,
        store=content.site.search_store,
    )


def make_documents(content: Content) -> list[Document]:
    """What is searched of each FAQ, and what a result shows of it."""
    fields = {item.id: item.name for item in flatten(content.fields)}
    events = {item.id: item.name for item in flatten(content.life_events)}
    departments = {item.id: item.name for item in content.departments}
    return [_make_document(faq, fields, events, departments) for faq in content.faqs]


def _make_document(
    faq: Faq, fields: dict[str, str], events: dict[str, str], departments: dict[str, str]
) -> Document:
    answer = faq.answer.words
    owners = tuple(departments[item] for item in faq.departments)
    lead, rest = split_answer(answer)
    return Document(
        id=faq.id,
        texts={
            "question": "\n".join((faq.question, *faq.also_asked)),
            "keywords": "\n".join(faq.keywords),
            "lead": lead,
            "rest": "\n".join((rest, *faq.bring, *(link.label for link in faq.links))),
            "department": "\n".join(owners),
        },
        title=faq.question,
        excerpt=cut_text(faq.short_answer or answer, length=EXCERPT_LENGTH),
        facets={
            "field": tuple(fields[item] for item in faq.categories),
            "life": tuple(events[item] for item in faq.life_events),
            "department": owners,
        },
        updated=faq.updated.isoformat() if faq.updated else "",
        until=int(faq.publish_until.timestamp()) if faq.publish_until else 0,
    )


def _render(
    renderers: Mapping[str, Renderer],
    annotator: Annotator,
    shared: Collection[str],
    pages: Sequence[Page],
) -> Iterator[tuple[str, bytes]]:
    """Each page, and beside a Japanese one its furigana."""
    for page in pages:
        html = renderers[page.language].render(page)
        yield page.path, html
        if page.language == JAPANESE:
            yield name_ruby_file(page.path), annotator.make_file(html.decode(), known=shared)


def _read_images(content: Path, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        try:
            yield f"images/{name}", read_file(content / "images" / name)
        except CellError as error:  # it was there when the folder was read
            place = Place(f"{content.name}/images/{name}")
            raise ContentError([make_error(place, error.code, **error.values)]) from None
