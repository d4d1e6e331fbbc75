"""Rules about addresses: the old site's that go on to work, and those that must fit an SMS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from faq.addresses import is_reserved, locate_faq, locate_file
from faq.model.content import Content
from faq.model.languages import load_locales, select_tags
from faq.model.problem import Place, Problem, make_error, make_warning
from faq.model.redirects import OldAddress, Redirect
from faq.model.sections import SECTIONS
from faq.model.site_map import list_addresses

# A short message of 70 characters holds an address below this and a word on it.
LONGEST_ADDRESS = 60


@dataclass(frozen=True, slots=True)
class _Claim:
    """An old address, where it is written, and how another message names that place."""

    old: OldAddress
    place: Place
    owner: str

    @property
    def file(self) -> str:
        return locate_file(self.old.address)


def check_old_addresses(content: Content) -> Iterator[Problem]:
    """Each old address can be a file of the site on any system, beside all the others."""
    claims = list(_list_claims(content))
    if not claims:
        return  # reading the languages' texts costs more than all other rules
    ids = {faq.id for faq in content.faqs}
    languages = select_tags(load_locales())
    files: dict[str, _Claim] = {}
    folders: dict[str, _Claim] = {}
    queries: dict[tuple[str, str], _Claim] = {}
    for claim in claims:
        old, place = claim.old, claim.place
        is_own = is_reserved(old.path, languages=languages, ids=ids)
        if is_own and not old.query:
            yield make_error(place, "old_address_reserved", value=old.text)
            continue
        first = queries.setdefault((claim.file, old.query), claim)
        if first.owner != claim.owner:
            yield make_error(place, "old_address_twice", value=old.text, first=first.owner)
            continue
        if is_own:
            continue  # no page of its own: the server's map redirects it by its query
        key = claim.file.casefold()
        above = _list_folders(key)
        clash = files.get(key) or folders.get(f"{key}/")
        clash = clash or next((files[up[:-1]] for up in above if up[:-1] in files), None)
        if clash and clash.file != claim.file:
            yield make_error(place, "old_address_clash", value=old.text, first=clash.owner)
            continue
        files.setdefault(key, claim)
        folders |= {up: folders.get(up, claim) for up in above}


def _list_claims(content: Content) -> Iterator[_Claim]:
    for faq in content.faqs:
        for old in faq.old_addresses:
            yield _Claim(old, faq.origin.locate("old_addresses"), faq.describe_place())
    for page in content.pages:
        for old in page.old_addresses:
            yield _Claim(old, page.origin.locate("old_addresses"), page.origin.describe())
    for redirect in content.redirects:
        place = Place(f"{content.folder}/redirects.csv", redirect.row, "旧アドレス")
        yield _Claim(redirect.old, place, f"{place.file} {place.row}行目")


def _list_folders(path: str) -> list[str]:
    """The folders above a file, each with a slash at its end."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: count + 1]) + "/" for count in range(len(parts))]


def check_redirect_targets(content: Content) -> Iterator[Problem]:
    """What `redirects.csv` leads to on this site can be there."""
    known = list_addresses(content, sections=SECTIONS) if content.redirects else frozenset()
    for redirect in content.redirects:
        if redirect.page is not None and redirect.page not in known:
            place = Place(f"{content.folder}/redirects.csv", redirect.row, "新アドレス")
            yield make_error(place, "redirect_unknown", value=redirect.target)


def find_unshown_redirects(content: Content, shown: Iterable[Redirect]) -> Iterator[Problem]:
    """Redirects that wait for something to be shown where they lead, of `redirects.csv`."""
    working = frozenset(shown)
    for redirect in content.redirects:
        if redirect not in working:
            place = Place(f"{content.folder}/redirects.csv", redirect.row, "新アドレス")
            yield make_warning(place, "redirect_unshown", value=redirect.target)


def check_address_length(content: Content) -> Iterator[Problem]:
    """The address of every FAQ fits an SMS beside a sentence."""
    root = content.site.base_url.rstrip("/")
    lengths = {faq.id: len(f"{root}/{locate_faq(faq.id)}") for faq in content.faqs}
    long = [faq_id for faq_id, length in lengths.items() if length >= LONGEST_ADDRESS]
    if long:
        longest = max(long, key=lengths.__getitem__)
        place = Place(f"{content.folder}/site.yml", 0, "アドレス")
        values = {"count": len(long), "id": longest, "length": lengths[longest]}
        yield make_warning(place, "address_long", **values)
