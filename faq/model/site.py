"""What the settings of a site are."""

from __future__ import annotations

from dataclasses import dataclass

from faq.model.choices import ContactPlacement, Format, Typeface
from faq.model.content_format import FIRST_FORMAT
from faq.model.links import Link, Names
from faq.model.look import Picture

# Pairs of a file's name, empty for all, and the format of its FAQs.
Formats = tuple[tuple[str, Format], ...]


@dataclass(frozen=True, slots=True)
class Service:
    """An outside program on every page, as for reading aloud; `hosts` are all it may reach."""

    name: str
    script: str
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """The settings of the whole site; `sample` marks every page as 見本 and keeps crawlers out.

    `opinion_url` receives the free texts of readers; without it they are not asked for.
    `keeps_log`: the host keeps an access log, where votes and the survey's answers go.
    `formats` are those of FAQs that name none themselves, by file below `faq/`.
    `translate_address` leads to a translation service and holds `{lang}` and `{url}`;
    `translate_to` are the languages that the menu of every page offers there.
    `format_version` is that of the whole folder.

    `label` is the name as the header shows it, where that differs. `colour` is `#rrggbb`, or empty
    for the program's own. `footer` are lines of text; those with an address are links.
    """

    name: str
    city: str
    base_url: str
    description: str = ""
    home_url: str = ""
    contact_label: str = ""
    contact_url: str = ""
    contact_form: ContactPlacement = ContactPlacement.EVERYWHERE
    chat_label: str = ""
    chat_url: str = ""
    opinion_url: str = ""
    survey_items: tuple[str, ...] = ()
    keeps_log: bool = True
    links: tuple[Link, ...] = ()
    phone_department: str = ""
    formats: Formats = ()
    sample: bool = False
    search_store: str = ""
    names: Names = ()
    kept_names: tuple[str, ...] = ()
    translate_address: str = ""
    translate_to: tuple[str, ...] = ()
    services: tuple[Service, ...] = ()
    format_version: int = FIRST_FORMAT
    label: str = ""
    logo: Picture | None = None
    favicon: Picture | None = None
    share_image: Picture | None = None
    character: Picture | None = None
    colour: str = ""
    typeface: Typeface = Typeface.GOTHIC
    footer: tuple[Link, ...] = ()

    @property
    def leads_to_contact(self) -> bool:
        """Whether pages other than FAQs lead to the contact form."""
        return bool(self.contact_url) and self.contact_form is ContactPlacement.EVERYWHERE

    @property
    def untranslated(self) -> tuple[str, ...]:
        """Names that no translation may change, the city's own among them."""
        return tuple(filter(None, (self.city, *self.kept_names)))
