"""What is shown → a whole site: its pages, what renders them, and its other files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from faq.addresses import Address, locate_assets, locate_furigana
from faq.model.digest import digest_value
from faq.model.languages import adapt_locales, load_locales, select_tags
from faq.model.problem import CellError, ContentError, Place, make_error
from faq.model.sections import select_locales
from faq.pages.japanese import make_kana_pages, make_pages
from faq.pages.labels import make_label_page
from faq.pages.page import Page
from faq.pages.translated import link_languages, make_translated_pages
from faq.read.files import read_file
from faq.render.assets import collect_assets, digest_assets
from faq.render.feeds import make_feeds
from faq.render.inputs import RenderInputs, RenderSettings, collect_inputs
from faq.render.look import complete_look, make_look
from faq.render.renderer import Renderer
from faq.texts import JAPANESE
from faq.window.select import Shown
from furigana.annotate import Annotator, join_items
from pipeline.cache import Cache
from pipeline.load import Loaded
from search.index import PAGEFIND, choose_store
from search.licenses import make_licenses


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes the files of pages; it goes to other processes.

    `shared` are the texts whose furigana is in a file for all pages.
    """

    renderers: Mapping[str, Renderer]
    annotator: Annotator
    shared: Mapping[str, str]

    def make_files(self, page: Page) -> Iterator[tuple[str, bytes]]:
        """The page, and beside a Japanese one its furigana."""
        html = self.renderers[page.language].render(page)
        yield page.file, html
        if page.language == JAPANESE:
            yield (
                locate_furigana(page.file),
                self.annotator.make_file(html.decode(), known=self.shared),
            )


class Site:
    """The parts of a site before it is written; `folder` has the images of the content."""

    def __init__(
        self, loaded: Loaded, shown: Shown, *, folder: Path, base_url: str, cache: Cache
    ) -> None:
        self._folder = folder
        self._base_url = base_url
        content = complete_look(shown.content)
        self._shown = replace(shown, content=content)
        self._locales = adapt_locales(load_locales(), content.overrides.texts)
        self._assets = collect_assets(make_look(content))
        store = content.site.search_store or choose_store(len(content.faqs))
        self._is_chunked = store == PAGEFIND
        inputs = self._collect_inputs()
        readings = loaded.describe_readings()
        self._inputs = {
            tag: digest_value((cache.version, found, readings)) for tag, found in inputs.items()
        }
        self.maker = cache.remember(
            "maker", self._inputs, lambda: _open_maker(inputs, loaded, cache.open_templates())
        )
        self.pages = self._make_pages()

    @property
    def stamp(self) -> str:
        """The moment it is built for, as files for machines have it."""
        return self._shown.at.isoformat()

    def digest_page(self, page: Page) -> str:
        """A digest of all that the page's files are made from."""
        return digest_value((self._inputs[page.language], page)).hex()

    def make_kana_pages(self, readings: Mapping[str, str]) -> list[Page]:
        """The index by reading, which needs the readings of all questions and keywords."""
        return list(make_kana_pages(self._shown, texts=self._locales[0].texts, readings=readings))

    def make_other_files(self, pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
        """All files but those of the `pages`, which are all there are, and of the search."""
        yield from make_feeds(
            self._shown,
            pages=pages,
            base_url=self._base_url,
            texts=self._locales[0].texts,
            licenses=make_licenses(chunked=self._is_chunked),
        ).items()
        folder = locate_assets(digest_assets(self._assets))
        yield from ((f"{folder}{name}", data) for name, data in self._assets.items())
        yield from _read_images(self._folder, self._shown.content.images)
        yield Address.FURIGANA, join_items(self.maker.shared.values())

    def _collect_inputs(self) -> dict[str, RenderInputs]:
        """What the pages of each language depend on."""
        spoken = select_locales(self._locales, self._shown.content)
        digest = digest_assets(self._assets)
        settings = RenderSettings(self._base_url, digest, self._is_chunked, spoken)
        return {item.tag: collect_inputs(self._shown, item, settings=settings) for item in spoken}

    def _make_pages(self) -> list[Page]:
        texts = self._locales[0].texts
        japanese = make_pages(self._shown, texts=texts, languages=select_tags(self._locales))
        translated = make_translated_pages(self._shown, locales=self._locales)
        return link_languages([*japanese, *translated], locales=self._locales)


def _open_maker(
    inputs: Mapping[str, RenderInputs], loaded: Loaded, code_cache: Path | None
) -> Maker:
    renderers = {tag: Renderer(found, code_cache=code_cache) for tag, found in inputs.items()}
    annotator = Annotator(loaded.make_reader())
    return Maker(renderers, annotator, annotator.annotate(_list_shared(renderers[JAPANESE])))


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
