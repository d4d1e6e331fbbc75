"""What templates may call: texts as HTML, names, addresses, hours, in the language of a page."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from faq.addresses import Address, locate_home, resolve_link
from faq.markup.html import MarkupContext, protect_names, render_markup
from faq.model.content import Department, Faq, Notice, Translation
from faq.model.languages import (
    Named,
    find_language,
    make_service_address,
    translate_name,
)
from faq.pages.page import Page
from faq.pages.translated import Choice, find_original, list_choices
from faq.render.inputs import DepartmentHours, HoursText, RenderInputs
from faq.render.schedule import encode_schedule, make_schedule, select_overrides
from faq.render.structured import encode_structured_data


class Helpers:
    """Functions for the templates of one language."""

    def __init__(self, inputs: RenderInputs) -> None:
        self.base = split_base(inputs.base_url)
        self._inputs = inputs
        self._base_url = inputs.base_url
        self._site = inputs.site
        self._locale = inputs.locale
        self._translated = frozenset(inputs.translated)

    def render_text(self, text: str, *, top_heading: int = 3, anchors: bool = False) -> Markup:
        """Markdown as safe HTML; with `anchors` its outermost headings can be linked to."""
        context = MarkupContext(
            base=self.base,
            table_label=self._locale.texts["table"],
            top_heading=top_heading,
            anchors=anchors,
            kept_names=self._site.untranslated,
            home=locate_home(self._locale.tag),
            translated=self._translated,
        )
        return Markup(render_markup(text, context=context))  # noqa: S704 - escaped by the renderer

    def keep_names(self, text: str) -> Markup:
        """Plain text as HTML in which no translation changes the city's names."""
        names = self._site.untranslated
        return Markup(protect_names(text, names))  # noqa: S704 - escaped there

    def show_name(self, item: Named) -> Markup:
        """The name in the page's language, else in Japanese and marked as such."""
        name = translate_name(item, self._locale.tag)
        template = Markup("{}") if name else Markup('<span lang="ja">{}</span>')
        return template.format(self.keep_names(name or item.name))

    def list_choices(self, page: Page) -> list[Choice]:
        """The languages a page's menu offers."""
        site = self._site
        return list_choices(
            page, self._inputs.languages, site, base=self.base, absolute=self.make_absolute
        )

    def make_list_address(self, page: Page) -> str:
        """Where the languages of the translation service are listed, for a page of this site."""
        service = self._site.translate_address
        return f"{self.base}{Address.LANGUAGES}#{find_original(page)}" if service else ""

    def make_service_address(self, code: str) -> str:
        """Where the translation service shows the home page in that language."""
        language = find_language(code)
        template = self._site.translate_address
        code = language.code if language else code
        return make_service_address(template, code=code, address=self.make_absolute(Address.HOME))

    def resolve(self, url: str) -> str:
        """A link as editors write it, for this site's pages."""
        return resolve_link(url, base=self.base)

    def make_absolute(self, address: str) -> str:
        """The whole address of a path below the base."""
        return self._base_url.rstrip("/") + "/" + address

    def make_contact_address(self, faq: Faq | None) -> str:
        """The contact form's address, with number and question of the FAQ it is reached from."""
        address = self._site.contact_url
        if faq:
            question = quote(faq.question, safe="")
            return address.replace("{id}", faq.id).replace("{question}", question)
        path, _, query = address.partition("?")
        kept = [pair for pair in query.split("&") if pair and "{" not in pair]
        return re.sub(r"\{(id|question)\}", "", path) + ("?" + "&".join(kept) if kept else "")

    def make_structured_data(self, page: Page, asked: Faq | Translation) -> Markup:
        """JSON-LD of an FAQ page."""
        text = encode_structured_data(
            page, asked, language=self._locale.tag, absolute=self.make_absolute
        )
        return Markup(text)  # noqa: S704 - every character that HTML could take up is escaped

    def list_hours(self, department: Department) -> HoursText:
        """When the department is open, as days and times."""
        return self._find_hours(department).usual

    def list_special_hours(self, department: Department) -> tuple[tuple[Notice, HoursText], ...]:
        """Notices that replace its hours, with the hours in their time."""
        return self._find_hours(department).special

    def _find_hours(self, department: Department) -> DepartmentHours:
        return self._inputs.hours.get(department.id, DepartmentHours())

    def make_schedule(self, department: Department) -> dict[str, object] | None:
        """Its hours by day, for the browser; None where it has none but a notice's."""
        if not department.hours.rules:
            return None
        first, last = self._inputs.months
        overrides = select_overrides(department, self._inputs.notices, self._site)
        schedule = make_schedule(department.hours, first=first, last=last, overrides=overrides)
        return encode_schedule(schedule)


def split_base(base_url: str) -> str:
    """The path of an address, with a slash at both ends."""
    path = urlsplit(base_url).path.strip("/")
    return f"/{path}/" if path else "/"
