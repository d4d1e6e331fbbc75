"""Pages → HTML, through the templates; one `Renderer` serves a whole build."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from faq.assets import TEMPLATES
from faq.choices import Audience
from faq.dates import JST
from faq.hours_text import describe_date, describe_end, describe_hours, describe_moment
from faq.languages import (
    FALLBACK,
    JAPANESE,
    Interface,
    Named,
    find_language,
    make_home,
    make_service_address,
    select_tags,
    translate_name,
)
from faq.markup_html import MarkupContext, protect_names, render_markup
from faq.model import Department, Faq, Notice, Site
from faq.page import Page
from faq.phrases import mark_phrases
from faq.policy import make_policy
from faq.schedule import encode_schedule, make_schedule, select_overrides, span_horizon
from faq.structured import encode_structured_data
from faq.texts import load_texts
from faq.translated import Choice, find_original, list_choices
from faq.window import Shown, is_emergency

# Pages that every page's header leads to; the names are texts.
MAIN_MENU = ("fields", "life", "departments", "kana", "ranking", "new")
# Parts that are the same on every page, but for the mark in the menu.
SHARED_PARTS = ("header", "notice", "search-bar", "footer")


@dataclass(frozen=True)
class Renderer:
    """Renders pages of one build.

    `asset_digest` names the folder of the assets; `runs_wasm`: the search needs WebAssembly.
    `texts` and names are in `language`; `interfaces` are all the languages there are pages in.
    """

    shown: Shown
    texts: Mapping[str, Any]
    base_url: str
    asset_digest: str
    runs_wasm: bool = False
    language: str = JAPANESE
    interfaces: tuple[Interface, ...] = ()

    @property
    def base(self) -> str:
        """The path the site lives under; begins and ends with a slash."""
        return split_base(self.base_url)

    @property
    def today(self) -> date:
        """The day of the build in Japan."""
        return self.shown.at.astimezone(JST).date()

    @cached_property
    def ids(self) -> frozenset[str]:
        """Ids that can be linked to."""
        return frozenset(faq.id for faq in self.shown.content.faqs)

    @cached_property
    def translated(self) -> frozenset[str]:
        """Ids of the FAQs that are there in the page's language, where it is not Japanese."""
        return frozenset(
            faq.id
            for faq in self.shown.content.faqs
            for item in faq.translations
            if item.language == self.language
        )

    @cached_property
    def environment(self) -> Environment:
        """Jinja with everything a template may use; a name misspelt in a template is an error."""
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        content = self.shown.content
        general = [d for d in content.departments if d.id == content.site.phone_department]
        is_japanese = self.language == JAPANESE
        site = content.site if is_japanese else localise_site(content.site, self.language)
        environment.globals.update(
            t=self.texts,
            lang=self.language,
            # What exists in Japanese only, on a page in another language.
            in_japanese="" if is_japanese else Markup(' lang="ja"'),
            home=make_home(self.language),
            reviewed=select_tags(self.interfaces),
            site=site,
            base=self.base,
            assets=f"{self.base}assets/{self.asset_digest}/",
            csp=make_policy(
                runs_wasm=self.runs_wasm, services=site.services, receiver=site.opinion_url
            ),
            notices=content.notices,
            is_emergency=is_emergency(content),
            text_pages=content.pages,
            general_department=general[0] if general else None,
            staff_audience="" if self.shown.audience is Audience.CITIZEN else self.shown.audience,
            main_menu=[(f"{name}/", self.texts[name]) for name in MAIN_MENU if is_japanese],
            language_choices=self.list_choices,
            more_languages=self.make_list_address,
            language_name=name_language,
            service_address=self.make_service_address,
            english=load_texts(FALLBACK),
            name_of=self.tell_name,
            part=self.render_part,
            department_card=self.render_department,
            markup=self.render_text,
            hours_of=self._list_hours,
            special_hours_of=self._list_special_hours,
            schedule_of=self._make_schedule,
            contact_address=self.make_contact_address,
            structured_data=self.make_structured_data,
            absolute=self.make_absolute,
        )
        # The one macro that every part uses; imports inside parts would cost on every page.
        environment.globals["icon"] = environment.get_template(
            "components/icon/icon.html"
        ).module.icon  # type: ignore[attr-defined]
        environment.policies["json.dumps_kwargs"] = {
            "ensure_ascii": False,
            "separators": (",", ":"),
        }
        environment.filters["date"] = lambda day: describe_date(day, self.texts)
        environment.filters["time"] = lambda moment: describe_moment(moment, self.texts)
        environment.filters["end"] = lambda moment: describe_end(moment, self.texts)
        environment.filters["keep_names"] = self.keep_names
        environment.filters["phrases"] = lambda text: mark_phrases(text, site.untranslated)
        environment.filters["tel"] = lambda phone: re.sub(r"[^0-9+#*]", "", phone)
        return environment

    def render(self, page: Page) -> bytes:
        """The page as UTF-8 HTML."""
        template = self.environment.get_template(f"pages/{page.template}.html")
        html = template.render(page=page, **page.values)
        return html.encode()

    def render_part(self, name: str, address: str = "") -> Markup:
        """A part that every page shows; rendered anew only for pages of the main menu."""
        current = address if address.removesuffix("/") in MAIN_MENU else ""
        return self._remember(
            (name, current),
            lambda: self.environment.get_template(f"components/{name}/{name}.html").render(
                current=current
            ),
        )

    def render_department(
        self, department: Department, *, heading: str = "h3", linked: bool = True
    ) -> Markup:
        """The card of a department."""

        def render() -> str:
            path = "components/department-card/department-card.html"
            return self.environment.get_template(path).render(
                department=department, heading=heading, linked=linked
            )

        return self._remember((department.id, heading, linked), render)

    def _remember(self, key: tuple[object, ...], render: Callable[[], str]) -> Markup:
        if key not in self._parts:
            self._parts[key] = Markup(render())  # noqa: S704 - a template's output, escaped there
        return self._parts[key]

    @cached_property
    def _parts(self) -> dict[tuple[object, ...], Markup]:
        return {}

    def render_text(self, text: str, *, top_heading: int = 3, anchors: bool = False) -> Markup:
        """Markdown as safe HTML; with `anchors` its outermost headings can be linked to."""
        context = MarkupContext(
            base=self.base,
            ids=self.ids,
            table_label=self.texts["table"],
            top_heading=top_heading,
            anchors=anchors,
            kept_names=self.shown.content.site.untranslated,
            home=make_home(self.language),
            translated=self.translated,
        )
        return Markup(render_markup(text, context=context))  # noqa: S704 - escaped by the renderer

    def keep_names(self, text: str) -> Markup:
        """Plain text as HTML in which no translation changes the city's names."""
        names = self.shown.content.site.untranslated
        return Markup(protect_names(text, names))  # noqa: S704 - escaped there

    def tell_name(self, item: Named) -> Markup:
        """The name in the page's language, else in Japanese and marked as such."""
        name = translate_name(item, self.language)
        template = Markup("{}") if name else Markup('<span lang="ja">{}</span>')
        return template.format(self.keep_names(name or item.name))

    def list_choices(self, page: Page) -> list[Choice]:
        """The languages a page's menu offers."""
        site = self.shown.content.site
        return list_choices(
            page, self.interfaces, site, base=self.base, absolute=self.make_absolute
        )

    def make_list_address(self, page: Page) -> str:
        """Where the languages of the translation service are listed, for a page of this site."""
        service = self.shown.content.site.translate_address
        return f"{self.base}languages/#{find_original(page)}" if service else ""

    def make_service_address(self, code: str) -> str:
        """Where the translation service shows the home page in that language."""
        language = find_language(code)
        template = self.shown.content.site.translate_address
        code = language.code if language else code
        return make_service_address(template, code=code, address=self.make_absolute(""))

    def make_absolute(self, address: str) -> str:
        """The whole address of a path below the base."""
        return self.base_url.rstrip("/") + "/" + address

    def make_contact_address(self, faq: Faq | None) -> str:
        """The contact form's address, with number and question of the FAQ it is reached from."""
        address = self.shown.content.site.contact_url
        if faq:
            question = quote(faq.question, safe="")
            return address.replace("{id}", faq.id).replace("{question}", question)
        path, _, query = address.partition("?")
        kept = [pair for pair in query.split("&") if pair and "{" not in pair]
        return re.sub(r"\{(id|question)\}", "", path) + ("?" + "&".join(kept) if kept else "")

    def make_structured_data(self, page: Page) -> Markup:
        """JSON-LD of an FAQ page."""
        text = encode_structured_data(page, language=self.language, absolute=self.make_absolute)
        return Markup(text)  # noqa: S704 - every character that HTML could take up is escaped

    def _list_hours(self, department: Department) -> list[tuple[str, str]]:
        return describe_hours(department.hours, on=self.today, texts=self.texts)

    def _list_special_hours(
        self, department: Department
    ) -> list[tuple[Notice, list[tuple[str, str]]]]:
        overrides = select_overrides(department, self.shown.content)
        return [
            (notice, describe_hours(notice.hours, on=self.today, texts=self.texts))
            for notice in reversed(overrides)
        ]

    def _make_schedule(self, department: Department) -> dict[str, object] | None:
        """None without ordinary hours: past a notice's window nothing would be known."""
        if not department.hours.rules:
            return None
        first, last = span_horizon(self.today)
        overrides = select_overrides(department, self.shown.content)
        schedule = make_schedule(department.hours, first=first, last=last, overrides=overrides)
        return encode_schedule(schedule)


def split_base(base_url: str) -> str:
    """The path of an address, with a slash at both ends."""
    path = urlsplit(base_url).path.strip("/")
    return f"/{path}/" if path else "/"


def localise_site(site: Site, language: str) -> Site:
    """The site as its pages in another language tell it; an empty label gives way to a text."""
    return replace(site, name=translate_name(site, language) or site.name, contact_label="")


def name_language(tag: str) -> str:
    """A language by its own name, or the tag itself."""
    language = find_language(tag)
    return language.name if language else tag
