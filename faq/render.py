"""Pages → HTML, through the templates; one `Renderer` serves a whole build."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from faq.assets import TEMPLATES
from faq.dates import JST
from faq.hours import describe_hours, describe_minute
from faq.markup import MarkupContext, list_parts, render_markup, strip_markup
from faq.model import Audience, Department, Faq, Notice
from faq.pages import Page
from faq.schedule import encode_schedule, make_schedule, select_overrides, span_horizon
from faq.window import Shown, is_emergency

CONTENT_SECURITY_POLICY = (
    "default-src 'none'",
    "base-uri 'none'",
    "connect-src 'self'",
    "form-action 'self'",
    "img-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)


def make_policy(*, runs_wasm: bool) -> str:
    """The policy of every page; only Pagefind's search runs WebAssembly."""
    rules = (
        rule + " 'wasm-unsafe-eval'" if runs_wasm and rule.startswith("script-src") else rule
        for rule in CONTENT_SECURITY_POLICY
    )
    return "; ".join(rules)


# Pages that every page's header leads to; the names are texts.
MAIN_MENU = ("fields", "life", "departments", "kana", "ranking", "new")


@dataclass(frozen=True)
class Renderer:
    """Renders pages of one build.

    `asset_digest` names the folder of the assets; `runs_wasm`: the search needs WebAssembly.
    """

    shown: Shown
    texts: Mapping[str, Any]
    base_url: str
    asset_digest: str
    runs_wasm: bool = False

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
        environment.globals.update(
            t=self.texts,
            site=content.site,
            base=self.base,
            assets=f"{self.base}assets/{self.asset_digest}/",
            csp=make_policy(runs_wasm=self.runs_wasm),
            notices=content.notices,
            is_emergency=is_emergency(content),
            text_pages=content.pages,
            general_department=general[0] if general else None,
            staff_audience="" if self.shown.audience is Audience.CITIZEN else self.shown.audience,
            main_menu=[(f"{name}/", self.texts[name]) for name in MAIN_MENU],
            part=self.render_part,
            department_card=self.render_department,
            markup=self.render_text,
            list_parts=list_parts,
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
        environment.filters["jpdate"] = format_japanese_date
        environment.filters["jptime"] = format_japanese_moment
        environment.filters["jpend"] = format_japanese_end
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

        return self._remember((department.id, heading), render)

    def _remember(self, key: tuple[str, str], render: Callable[[], str]) -> Markup:
        if key not in self._parts:
            self._parts[key] = Markup(render())  # noqa: S704 - a template's output, escaped there
        return self._parts[key]

    @cached_property
    def _parts(self) -> dict[tuple[str, str], Markup]:
        return {}

    def render_text(self, text: str, *, top_heading: int = 3, anchors: bool = False) -> Markup:
        """Markdown as safe HTML; with `anchors` its outermost headings can be linked to."""
        context = MarkupContext(self.base, self.ids, self.texts["table"], top_heading, anchors)
        return Markup(render_markup(text, context=context))  # noqa: S704 - escaped by the renderer

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
        """JSON-LD of an FAQ page: question, answer and trail. `<` is escaped: it cannot end."""
        faq: Faq = page.values["faq"]
        trail = [
            {"@type": "ListItem", "position": n, "name": name, "item": self.make_absolute(address)}
            for n, (name, address) in enumerate((*page.trail, (faq.question, page.address)), 1)
        ]
        answer = {"@type": "Answer", "text": strip_markup(faq.answer)}
        entity = {"@type": "Question", "name": faq.question, "acceptedAnswer": answer}
        graph = [
            {"@type": "FAQPage", "mainEntity": [entity]},
            {"@type": "BreadcrumbList", "itemListElement": trail},
        ]
        data = {"@context": "https://schema.org", "@graph": graph}
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        for mark in "<>&\u2028\u2029":
            text = text.replace(mark, f"\\u{ord(mark):04x}")
        return Markup(text)  # noqa: S704 - every character that HTML could take up is escaped

    def _list_hours(self, department: Department) -> list[tuple[str, str]]:
        return describe_hours(department.hours, on=self.today)

    def _list_special_hours(
        self, department: Department
    ) -> list[tuple[Notice, list[tuple[str, str]]]]:
        overrides = select_overrides(department, self.shown.content)
        return [
            (notice, describe_hours(notice.hours, on=self.today)) for notice in reversed(overrides)
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


def format_japanese_date(day: date) -> str:
    """2026年9月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def format_japanese_moment(moment: datetime) -> str:
    """2026年9月1日8時30分."""
    local = moment.astimezone(JST)
    return format_japanese_date(local) + describe_minute(local.hour * 60 + local.minute)


def format_japanese_end(moment: datetime) -> str:
    """2026年9月1日17時; an end at midnight is the day before, whole."""
    local = moment.astimezone(JST)
    minute = local.hour * 60 + local.minute
    if not minute:
        return format_japanese_date(local - timedelta(days=1))
    return format_japanese_date(local) + describe_minute(minute)
