"""Pages → HTML, through the templates; one `Renderer` serves a build in one language."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
)
from jinja2.ext import Extension
from markupsafe import Markup

from faq.addresses import (
    FOLDERS,
    Address,
    locate_assets,
    locate_faq,
    locate_furigana,
    locate_home,
    locate_item,
    locate_letter,
    locate_part,
    locate_text_page,
)
from faq.markup.phrases import mark_phrases
from faq.model.choices import Audience
from faq.model.languages import (
    find_language,
    select_tags,
    translate_name,
)
from faq.model.problem import ContentError, Place, make_error
from faq.model.site import Site
from faq.model.template_tags import Once
from faq.model.tokens import TEMPLATES
from faq.pages.page import Page
from faq.render.helpers import Helpers
from faq.render.hours_text import describe_date, describe_end, describe_moment
from faq.render.inputs import RenderInputs
from faq.render.policy import make_policy
from faq.texts import JAPANESE
from faq.window.select import is_emergency

# Sections that a menu may lead to, by the name of their text.
SECTION_TEXTS = {
    Address.HOME: "home",
    Address.TOPICS: "topics",
    Address.LIFE_EVENTS: "life_events",
    Address.DEPARTMENTS: "departments",
    Address.KANA: "kana",
    Address.RANKING: "ranking",
    Address.NEW: "new",
    Address.SEARCH: "search",
    Address.CONTACT: "contact",
    Address.SURVEY: "survey",
}
# Those that every page's header leads to.
MAIN_MENU = (
    Address.TOPICS, Address.LIFE_EVENTS, Address.DEPARTMENTS, Address.KANA, Address.RANKING,
    Address.NEW,
)  # fmt: skip
# What makes addresses, for templates.
_LOCATORS = (
    locate_faq, locate_furigana, locate_item, locate_letter, locate_part, locate_text_page,
)  # fmt: skip


class Unindent(Extension):
    """Takes the indentation off the lines of templates: it is for those who read them."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return re.sub(r"(?m)^[ \t]+", "", source)


class Renderer:
    """Renders the pages of one build that are in one language.

    `code_cache` is an existing folder that keeps compiled templates; only builds by the same
    version of the program share it.
    """

    def __init__(self, inputs: RenderInputs, *, code_cache: Path | None = None) -> None:
        self.inputs = inputs
        self.texts = inputs.locale.texts
        self._code_cache = code_cache
        self._folder = f"{inputs.folder}/templates/"
        self._helpers = Helpers(inputs)
        self.environment = self._open_environment()
        self._add_globals()
        with self._blame_overrides():
            self._add_components()

    def __reduce__(self) -> tuple[Callable[..., Renderer], tuple[RenderInputs]]:
        return partial(Renderer, code_cache=self._code_cache), (self.inputs,)

    def _open_environment(self) -> Environment:
        """Jinja; a name misspelt in a template is an error."""
        environment = Environment(
            loader=ChoiceLoader([FunctionLoader(self._find_override), FileSystemLoader(TEMPLATES)]),
            extensions=[Unindent, Once],
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        if self._code_cache:
            environment.bytecode_cache = FileSystemBytecodeCache(str(self._code_cache))
        environment.policies["json.dumps_kwargs"] = {
            "ensure_ascii": False,
            "separators": (",", ":"),
        }
        environment.filters["date"] = lambda day: describe_date(day, self.texts)
        environment.filters["time"] = lambda moment: describe_moment(moment, self.texts)
        environment.filters["end"] = lambda moment: describe_end(moment, self.texts)
        environment.filters["keep_names"] = self._helpers.keep_names
        environment.filters["tel"] = lambda phone: re.sub(r"[^0-9+#*]", "", phone)
        environment.globals.update(
            {function.__name__: function for function in _LOCATORS},
            address=Address,
            folders=FOLDERS,
            english=self.inputs.english,
            language_name=name_language,
            base=self._helpers.base,
            resolve=self._helpers.resolve,
            name_of=self._helpers.show_name,
            markup=self._helpers.render_text,
            absolute=self._helpers.make_absolute,
            language_choices=self._helpers.list_choices,
            more_languages=self._helpers.make_list_address,
            service_address=self._helpers.make_service_address,
            hours_of=self._helpers.list_hours,
            special_hours_of=self._helpers.list_special_hours,
            schedule_of=self._helpers.make_schedule,
            contact_address=self._helpers.make_contact_address,
            structured_data=self._helpers.make_structured_data,
        )
        return environment

    def _add_globals(self) -> None:
        """What is the same on every page of the language."""
        inputs, locale = self.inputs, self.inputs.locale
        is_japanese = locale.tag == JAPANESE
        site = inputs.site if is_japanese else localise_site(inputs.site, locale.tag)
        menu = [place for place in MAIN_MENU if place in inputs.sections]
        self.environment.filters["phrases"] = lambda text: mark_phrases(text, site.untranslated)
        self.environment.globals.update(
            t=self.texts,
            lang=locale.tag,
            # What exists in Japanese only, on a page in another language.
            in_japanese="" if is_japanese else Markup(' lang="ja"'),
            home=locate_home(locale.tag),
            reviewed=select_tags(inputs.languages),
            site=site,
            assets=f"{self._helpers.base}{locate_assets(inputs.asset_digest)}",
            csp=make_policy(site, runs_wasm=inputs.runs_wasm, has_fonts=inputs.has_fonts),
            notices=inputs.notices,
            is_emergency=is_emergency(inputs.notices),
            text_pages=inputs.text_pages,
            general_department=inputs.general_department,
            staff_audience="" if inputs.audience is Audience.CITIZEN else inputs.audience,
            sections=frozenset(inputs.sections),
            section_names={place: self.texts[name] for place, name in SECTION_TEXTS.items()},
            main_menu=menu if is_japanese else [],
        )

    def render(self, page: Page) -> bytes:
        """The page as UTF-8 HTML; raises `ContentError` where a template of the city fails.

        Raises `ValueError` where one of the page's values hides what every page has.
        """
        if hidden := page.values.keys() & self.environment.globals.keys():
            raise ValueError(f"{page.address}: {min(hidden)} is what every page has")
        template = self.environment.get_template(f"pages/{page.kind}.html")
        with self._blame_overrides():
            html = template.render(page=page, **page.values)
        return html.encode()

    def _find_override(self, name: str) -> tuple[str, str, None] | None:
        """The city's own template, and the name that its errors have."""
        source = self.inputs.templates.get(name)
        return None if source is None else (source, self._folder + name, None)

    @contextmanager
    def _blame_overrides(self) -> Iterator[None]:
        """Raises `ContentError` with file and line where a template of the city has failed."""
        try:
            yield
        except Exception as error:
            with suppress(type(error)):
                self.environment.handle_exception()  # its frames get the lines of the templates
            frames = traceback.extract_tb(error.__traceback__)
            lines = [(f.filename, f.lineno) for f in frames if f.filename.startswith(self._folder)]
            if not lines:
                raise
            place = Place(lines[-1][0], lines[-1][1] or 0)
            problem = make_error(place, "template_fails", detail=str(error))
            raise ContentError([problem]) from None

    def _add_components(self) -> None:
        """Every macro of `templates/components/`, to be called by its name in any template."""
        components: dict[str, Any] = self.environment.globals
        for path in sorted(TEMPLATES.glob("components/*/*.html")):
            template = self.environment.get_template(path.relative_to(TEMPLATES).as_posix())
            # Shared, so that macros find each other, in whatever order they are read.
            module = template.make_module(components, shared=True)
            macros = {name: getattr(module, name) for name in vars(module) if name[0] != "_"}
            if twice := macros.keys() & components.keys():
                raise ValueError(f"{path}: there is a {min(twice)} already")
            components.update(macros)


def localise_site(site: Site, language: str) -> Site:
    """The site as named on its pages in another language; an empty label gives way to a text."""
    return replace(site, name=translate_name(site, language) or site.name, contact_label="")


def name_language(tag: str) -> str:
    """A language by its own name, or the tag itself."""
    language = find_language(tag)
    return language.name if language else tag
