"""Rules about addresses: the old site's that go on to work, and those that must fit an SMS."""

from __future__ import annotations

from collections.abc import Iterator

from faq.addresses import (
    LONGEST_OLD_ADDRESS,
    find_address_fault,
    list_folders,
    locate_redirect,
)
from faq.languages import load_interfaces, select_tags
from faq.model import Content, Faq
from faq.problem import Place, Problem, make_error, make_warning

# A short message of 70 characters holds an address below this and a word on it.
LONGEST_ADDRESS = 60


def check_old_addresses(content: Content) -> Iterator[Problem]:
    """Each old address can be a file of the site on any system, beside all the others."""
    claims = [(faq, address) for faq in content.faqs for address in faq.old_addresses]
    if not claims:
        return  # reading the languages' texts costs more than all other rules
    ids = {faq.id for faq in content.faqs}
    languages = select_tags(load_interfaces())
    files: dict[str, tuple[Faq, str]] = {}
    folders: dict[str, tuple[Faq, str]] = {}
    for faq, address in claims:
        place = faq.origin.locate("old_addresses")
        if code := find_address_fault(address, ids=ids, languages=languages):
            yield make_error(place, code, value=address, limit=LONGEST_OLD_ADDRESS)
            continue
        path = locate_redirect(address)
        key = path.casefold()
        above = list_folders(key)
        clash = files.get(key) or folders.get(f"{key}/")
        clash = clash or next((files[up[:-1]] for up in above if up[:-1] in files), None)
        if clash and clash != (faq, path):
            code = "old_address_twice" if clash[1] == path else "old_address_clash"
            yield make_error(place, code, value=address, first=clash[0].describe_place())
            continue
        files[key] = (faq, path)
        folders |= {up: folders.get(up, (faq, path)) for up in above}


def check_address_length(content: Content) -> Iterator[Problem]:
    """The address of every FAQ fits an SMS beside a sentence."""
    root = content.site.base_url.rstrip("/")
    long = [faq for faq in content.faqs if len(f"{root}/faq/{faq.id}/") >= LONGEST_ADDRESS]
    if long:
        longest = max(long, key=lambda faq: len(faq.id))
        length = len(f"{root}/faq/{longest.id}/")
        place = Place(f"{content.folder}/site.yml", 0, "アドレス")
        yield make_warning(place, "address_long", count=len(long), id=longest.id, length=length)
