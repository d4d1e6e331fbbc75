"""build: read → check → window → analyse → pages → staging → publish, each stage once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from commands.parallel import map_shares
from commands.words import check_words, make_reader, read_own_parameters
from faq.assets import ROOT, collect_assets, digest_assets
from faq.check import check_content
from faq.choices import Audience
from faq.feeds import make_feeds
from faq.files import read_file, resolve_path
from faq.languages import JAPANESE, load_interfaces
from faq.markup import cut_text, strip_markup
from faq.model import Content, Faq, flatten
from faq.page import Page
from faq.pages import make_pages
from faq.problem import CellError, ContentError, Place, Problem, make_error, select_errors
from faq.publish import (
    check_output,
    discard_staging,
    open_staging,
    switch_release,
    write_files,
)
from faq.read import read_content
from faq.render import SHARED_PARTS, Renderer
from faq.translated import link_languages, make_translated_pages
from faq.window import Shown, select_window
from search.analyze import normalize_words, read_text
from search.index import analyse_documents, build_index, join_analysed, split_answer
from search.licenses import make_licenses
from search.parameters import Parameters
from search.ruby import SHARED_FILE, Annotator, dump_runs, name_ruby_file
from search.stores import Document

# Folders of the program: a site is never written into one, nor over them all.
OWN_FOLDERS = ("a11y", "bench", "commands", "docs", "faq", "search", "templates", "tests", "texts")
EXCERPT_LENGTH = 90

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build is asked for; `base_url` empty means the one in site.yml."""

    content: Path
    out: Path
    at: datetime
    audience: Audience = Audience.CITIZEN
    base_url: str = ""
    workers: int = 1


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
    """Builds and publishes a site; on any error in the content raises `ContentError`, unwritten."""
    tell("read")
    own = [path for path in ROOT.iterdir() if path.is_dir() and path.name in OWN_FOLDERS]
    forbidden = [resolve_path(options.content), *own]
    check_output(options.out, audience=options.audience, forbidden=forbidden)
    content, problems = read_content(options.content)
    problems += [*check_content(content), *check_words(content)]
    if select_errors(problems):
        raise ContentError(problems)
    shown = select_window(
        content, at=options.at, audience=options.audience, normalize=normalize_words
    )
    tell("search")
    parameters = read_own_parameters(options.content)
    search_files, readings = _analyse(shown, parameters=parameters, workers=options.workers)
    tell("pages")
    interfaces = load_interfaces()
    texts = interfaces[0].texts
    assets = collect_assets()
    base_url = options.base_url or content.site.base_url
    digest = digest_assets(assets)
    chunked = any(name.startswith("pagefind/") for name in search_files)
    renderers = {
        item.tag: Renderer(shown, item.texts, base_url, digest, chunked, item.tag, interfaces)
        for item in interfaces
    }
    japanese = make_pages(shown, texts=texts, readings=readings)
    translated = make_translated_pages(shown, interfaces=interfaces)
    pages = link_languages([*japanese, *translated], interfaces=interfaces)
    licenses = make_licenses(chunked=chunked)
    annotator = Annotator(make_reader(content))
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
        switch_release(options.out, staging, at=options.at)
    except BaseException:
        discard_staging(staging)
        raise
    return BuildResult(
        faqs=len(shown.content.faqs),
        hidden=len(content.faqs) - len(shown.content.faqs),
        pages=len(pages),
        next_change=shown.next_change,
        warnings=tuple(problems),
        templates={page.path: page.template for page in pages},
    )


def _analyse(
    shown: Shown, *, parameters: Parameters, workers: int
) -> tuple[dict[str, bytes], dict[str, str]]:
    """The search index's files, and the readings of questions and keywords."""
    content = shown.content
    index = build_search(content, parameters=parameters, workers=workers)
    read = {word for faq in content.faqs for word in (faq.question, *faq.keywords)}
    return index, {word: read_text(word) for word in sorted(read)}


def build_search(content: Content, *, parameters: Parameters, workers: int) -> dict[str, bytes]:
    """The search index's files of what is shown."""
    documents = make_documents(content)
    shares = map_shares(analyse_documents, documents, workers=workers)
    return build_index(
        documents,
        join_analysed(shares),
        thesaurus=[group.words for group in content.thesaurus],
        words=sorted({word for faq in content.faqs for word in faq.keywords}),
        parameters=parameters,
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
    answer = strip_markup(faq.answer)
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
