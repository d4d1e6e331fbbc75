"""What is shown → a whole site: its pages, ready to be rendered in shares, and its other files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from faq.addresses import Address, locate_assets, locate_furigana
from faq.model.languages import adapt_locales, load_locales, select_tags
from faq.model.problem import CellError, ContentError, Place, make_error
from faq.model.sections import select_locales
from faq.pages.japanese import make_pages
from faq.pages.labels import make_label_page
from faq.pages.page import Page
from faq.pages.translated import link_languages, make_translated_pages
from faq.read.files import read_file
from faq.render.assets import collect_assets, digest_assets
from faq.render.feeds import make_feeds
from faq.render.inputs import RenderSettings, collect_inputs
from faq.render.look import complete_look, make_look
from faq.render.renderer import Renderer
from faq.texts import JAPANESE
from faq.window.select import Shown
from furigana.annotate import Annotator, join_items
from pipeline.load import Loaded
from pipeline.search import read_titles
from search.index import PAGEFIND, choose_store
from search.licenses import make_licenses


@dataclass(frozen=True, slots=True)
class SiteParts:
    """A site before it is written: `files` are all but the pages and the furigana beside them.

    `shared` are the texts whose furigana is in a file for all pages.
    """

    pages: Sequence[Page]
    files: Iterator[tuple[str, bytes]]
    renderers: Mapping[str, Renderer]
    annotator: Annotator
    shared: Collection[str]

    def render(self, pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
        """Each page, and beside a Japanese one its furigana."""
        for page in pages:
            html = self.renderers[page.language].render(page)
            yield page.file, html
            if page.language == JAPANESE:
                furigana = self.annotator.make_file(html.decode(), known=self.shared)
                yield locate_furigana(page.file), furigana


def compose_site(
    loaded: Loaded, shown: Shown, *, folder: Path, base_url: str, search: Mapping[str, bytes]
) -> SiteParts:
    """The parts of the site; `search` are the files of its search, `folder` has its images."""
    content = complete_look(shown.content)
    shown = replace(shown, content=content)
    locales = adapt_locales(load_locales(), content.overrides.texts)
    spoken = select_locales(locales, content)
    texts = locales[0].texts
    assets = collect_assets(make_look(content))
    digest = digest_assets(assets)
    store = content.site.search_store or choose_store(len(content.faqs))
    chunked = store == PAGEFIND
    settings = RenderSettings(base_url, digest, chunked, spoken)
    renderers = {
        item.tag: Renderer(collect_inputs(shown, item, settings=settings)) for item in spoken
    }
    japanese = make_pages(
        shown,
        texts=texts,
        readings=read_titles(shown.content, analyzer=loaded.analyzer),
        languages=select_tags(locales),
    )
    translated = make_translated_pages(shown, locales=locales)
    pages = link_languages([*japanese, *translated], locales=locales)
    annotator = Annotator(loaded.make_reader())
    shared = annotator.annotate(_list_shared(renderers[JAPANESE]))
    feeds = make_feeds(
        shown, pages=pages, base_url=base_url, texts=texts, licenses=make_licenses(chunked=chunked)
    )
    files = chain(
        feeds.items(),
        ((f"{Address.SEARCH}{name}", data) for name, data in search.items()),
        ((f"{locate_assets(digest)}{name}", data) for name, data in assets.items()),
        _read_images(folder, shown.content.images),
        [(str(Address.FURIGANA), join_items(shared.values()))],
    )
    return SiteParts(pages, files, renderers, annotator, shared)


def _list_shared(renderer: Renderer) -> str:
    """The HTML that pages of FAQs have in common, and what scripts write on any of them."""
    states = renderer.texts["hours_now"]
    written = "".join(f"<p>{states[name]}</p>" for name in ("open", "closed", "always"))
    return renderer.render(make_label_page(renderer.inputs.general_department)).decode() + written


def _read_images(content: Path, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        path = f"{Address.IMAGES}{name}"
        try:
            yield path, read_file(content / path)
        except CellError as error:  # it was there when the folder was read
            place = Place(f"{content.name}/{path}")
            raise ContentError([make_error(place, error.code, **error.values)]) from None
