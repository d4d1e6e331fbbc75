"""All that a page's HTML depends on beside the page, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from faq.addresses import Address
from faq.markup.text import NO_TEXT
from faq.model.choices import Audience
from faq.model.content import Content, Department, Notice, TextPage
from faq.model.dates import JST
from faq.model.languages import FALLBACK, Locale
from faq.model.site import Site
from faq.render.hours_text import describe_hours
from faq.render.schedule import find_schedule_range, select_overrides
from faq.texts import load_texts, merge_texts
from faq.window.select import Shown

# Days and times, as people read them.
HoursText = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RenderSettings:
    """What the pages of a build share, in whatever language.

    `asset_digest` names the folder of the assets; `runs_wasm`: the search needs WebAssembly;
    `locales` are all the languages there are pages in.
    """

    base_url: str
    asset_digest: str
    runs_wasm: bool = False
    locales: tuple[Locale, ...] = ()


@dataclass(frozen=True, slots=True)
class DepartmentHours:
    """When a department is open, as of a day: its own hours, and those of notices in their time."""

    usual: HoursText = ()
    special: tuple[tuple[Notice, HoursText], ...] = ()


@dataclass(frozen=True, slots=True)
class RenderInputs:
    """What the pages of one language depend on beside the page itself.

    Together with a page and the program's code it determines the bytes of the HTML. It holds no
    moment: `hours`, by department, are as they read on the day, and change on few days;
    `months` begin and end the days of their schedules. `sections` and `translated`, the FAQs in
    the language, are sorted; `text_pages` have no text; `templates` are the city's own.
    """

    locale: Locale
    english: Mapping[str, Any]
    languages: tuple[Locale, ...]
    base_url: str
    asset_digest: str
    runs_wasm: bool
    has_fonts: bool
    site: Site
    audience: Audience
    sections: tuple[Address, ...]
    notices: tuple[Notice, ...]
    text_pages: tuple[TextPage, ...]
    general_department: Department | None
    hours: Mapping[str, DepartmentHours]
    months: tuple[date, date]
    translated: tuple[str, ...]
    folder: str
    templates: Mapping[str, str]


def collect_inputs(shown: Shown, locale: Locale, *, settings: RenderSettings) -> RenderInputs:
    """The inputs of the pages in the language of `locale`."""
    content, own = shown.content, shown.content.overrides
    day = shown.at.astimezone(JST).date()
    general = [
        department
        for department in content.departments
        if department.id == content.site.phone_department and department.phone
    ]
    return RenderInputs(
        locale=locale,
        english=merge_texts(load_texts(FALLBACK), own.texts.get(FALLBACK, {})),
        languages=tuple(replace(item, texts={}) for item in settings.locales),
        base_url=settings.base_url,
        asset_digest=settings.asset_digest,
        runs_wasm=settings.runs_wasm,
        has_fonts=own.has_fonts,
        site=content.site,
        audience=shown.audience,
        sections=tuple(sorted(shown.sections)),
        notices=content.notices,
        text_pages=tuple(replace(page, body=NO_TEXT, description="") for page in content.pages),
        general_department=general[0] if general else None,
        hours={
            item.id: _describe_department(item, content, day=day, texts=locale.texts)
            for item in content.departments
        },
        months=find_schedule_range(day),
        translated=tuple(
            sorted(
                faq.id
                for faq in content.faqs
                if any(item.language == locale.tag for item in faq.translations)
            )
        ),
        folder=content.folder,
        templates=own.templates,
    )


def _describe_department(
    department: Department, content: Content, *, day: date, texts: Mapping[str, Any]
) -> DepartmentHours:
    overrides = select_overrides(department, content.notices, content.site)
    return DepartmentHours(
        tuple(describe_hours(department.hours, on=day, texts=texts)),
        tuple(
            (notice, tuple(describe_hours(notice.hours, on=day, texts=texts)))
            for notice in reversed(overrides)
        ),
    )
