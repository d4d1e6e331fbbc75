"""serve --components: every example of every component on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml
from markupsafe import Markup

from faq.addresses import Address, locate_assets
from faq.model.choices import Audience, NoticeLevel
from faq.model.content import Content, Notice
from faq.model.languages import adapt_locales, load_locales
from faq.model.tokens import TEMPLATES
from faq.pages.catalogue import Catalogue
from faq.pages.page import Kind, Page
from faq.publish.manifest import digest_data
from faq.publish.releases import Record
from faq.publish.remove import remove_old
from faq.publish.staging import open_staging, write_files
from faq.publish.switch import switch_release
from faq.render.assets import collect_assets, digest_assets
from faq.render.inputs import RenderSettings, collect_inputs
from faq.render.look import complete_look, make_look
from faq.render.renderer import Renderer
from pipeline.load import load_content


@dataclass(frozen=True, slots=True)
class Example:
    """One use of a component: a Jinja snippet, and whether it is beside `main` or in it."""

    component: str
    number: int
    name: str
    use: str
    beside_main: bool = False

    @property
    def address(self) -> str:
        """The page's address below the preview's base."""
        return f"components/{self.component}/{self.number}/"


def read_examples(folder: Path = TEMPLATES / "components") -> Iterator[Example]:
    """The examples of `<folder>/<component>/examples.yml`, in the order of names."""
    for path in sorted(folder.glob("*/examples.yml")):
        for number, item in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
            yield Example(
                path.parent.name, number, item["name"], item["use"],
                beside_main=item.get("beside_main", False),
            )  # fmt: skip


def build_components(content_folder: Path, out: Path, *, at: datetime) -> tuple[int, str]:
    """Writes the preview as a site into `out`; returns how many examples, and the site's address.

    The values of the examples come from the content; errors in it raise `ContentError`.
    """
    loaded = load_content(content_folder).require()
    shown = loaded.show(at=at, audience=Audience.CITIZEN)
    content = complete_look(shown.content)
    shown = replace(shown, content=content)
    japanese = adapt_locales(load_locales(), content.overrides.texts)[0]
    texts = japanese.texts
    assets = collect_assets(make_look(content))
    digest = digest_assets(assets)
    settings = RenderSettings(content.site.base_url, digest)
    renderer = Renderer(collect_inputs(shown, japanese, settings=settings))
    examples = list(read_examples())
    files: dict[str, bytes] = {
        f"{locate_assets(digest)}{name}": data for name, data in assets.items()
    }
    sample = make_sample(content, texts=texts)
    for example in examples:
        html = renderer.environment.from_string(example.use).render(
            sample=sample, page=Page(Kind.COMPONENT, Address.HOME, example.name)
        )
        # A template's output, escaped there.
        values = {"example": example, "html": Markup(html)}  # noqa: S704
        page = Page(Kind.COMPONENT, example.address, example.name, values=values)
        files[page.file] = renderer.render(page)
    values = {"examples": examples}
    index = Page(Kind.COMPONENTS, Address.HOME, texts["components"], values=values)
    files[index.file] = renderer.render(index)
    staging = open_staging(out)
    rows = write_files(staging, ((name, digest_data(data), data) for name, data in files.items()))
    switch_release(out, staging, record=Record(at, at, {}), rows=rows)
    remove_old(out)
    return len(examples), content.site.base_url


def make_sample(content: Content, *, texts: Mapping[str, Any]) -> SimpleNamespace:
    """What examples may show: real values of the content, as a page would have them."""
    return SimpleNamespace(
        faqs=content.faqs[:5],
        departments=content.departments[:3],
        topics=content.topics[:4],
        counts=Catalogue(content, texts=texts).counts,
        notices=[
            Notice(faq.question, level, phone="000-0000-0000")
            for faq, level in zip(content.faqs, NoticeLevel, strict=False)
        ],
    )
