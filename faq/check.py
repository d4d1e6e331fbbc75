"""Rules that look at the whole content; each returns what is wrong, none stops at the first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from faq.choices import Status
from faq.dates import format_moment
from faq.languages import load_interfaces, select_tags
from faq.markup import find_linked_faq
from faq.model import Content, Faq, Origin
from faq.problem import CellError, Place, Problem, make_error, make_warning
from faq.values import check_url

# A cell that Excel cannot hold loses its end when an editor saves the file there.
EXCEL_CELL_LIMIT = 32_767
OLD_ADDRESS = re.compile(r"/?[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*/?")
# Addresses that the site itself uses; a redirect may not stand there.
RESERVED_ADDRESSES = (
    "_log", "api", "assets", "build.json", "contact", "departments", "faq", "feed.xml", "fields",
    "images", "index", "index.html", "kana", "languages", "licenses.txt", "life", "404.html", "new",
    "pages", "ranking", "robots.txt", "search", "sitemap.xml", "survey",
)  # fmt: skip
TO_BE_WRITTEN = "【要記入】"
# A short message of 70 characters holds an address below this and a word on it.
LONGEST_ADDRESS = 60


def check_content(content: Content) -> list[Problem]:
    """Every problem between the parts of a content; `read_content` told those of single cells."""
    return [problem for rule in RULES for problem in rule(content)]


def check_ids(content: Content) -> Iterator[Problem]:
    """No two FAQs claim one id, anywhere."""
    first: dict[str, Faq] = {}
    for faq in content.faqs:
        if faq.id in first:
            yield make_error(
                faq.origin.locate("id"), "id_twice", value=faq.id, first=_tell(first[faq.id])
            )
        first.setdefault(faq.id, faq)


def check_answers(content: Content) -> Iterator[Problem]:
    """An approved FAQ has an answer; no cell is larger than Excel can hold."""
    for faq in content.faqs:
        told = "answer" in faq.origin.faulty
        if faq.status is Status.APPROVED and not faq.answer and not told:
            yield make_error(faq.origin.locate("answer"), "answer_empty")
        for name in ("question", "answer", "easy"):
            size = len(getattr(faq, name))
            if size > EXCEL_CELL_LIMIT:
                place = faq.origin.locate(name)
                yield make_warning(place, "cell_over_excel", size=size, limit=EXCEL_CELL_LIMIT)


def check_windows(content: Content) -> Iterator[Problem]:
    """An end comes after its start."""
    for faq in content.faqs:
        start, end = faq.publish_from, faq.publish_until
        if start and end and end <= start:
            yield make_error(
                faq.origin.locate("publish_until"),
                "window_reversed",
                start=format_moment(start),
                end=format_moment(end, is_end=True),
            )


def check_references(content: Content) -> Iterator[Problem]:
    """`related`, `replaced_by` and featured name FAQs that exist; none leads in a circle."""
    ids = {faq.id: faq for faq in content.faqs}
    for faq in content.faqs:
        for other in faq.related:
            if other not in ids or other == faq.id:
                code = "related_self" if other == faq.id else "related_unknown"
                yield make_error(faq.origin.locate("related"), code, value=other)
        if faq.replaced_by and faq.replaced_by not in ids:
            place = faq.origin.locate("replaced_by")
            yield make_error(place, "replacement_unknown", value=faq.replaced_by)
        elif _leads_in_circle(faq, ids):
            yield make_error(faq.origin.locate("replaced_by"), "replacement_circle")
    for faq_id in content.featured:
        if faq_id not in ids:
            place = Place(f"{content.folder}/featured.yml", 0, "注目のFAQ")
            yield make_error(place, "related_unknown", value=faq_id)


def _leads_in_circle(faq: Faq, ids: dict[str, Faq]) -> bool:
    seen = {faq.id}
    follower = ids.get(faq.replaced_by)
    while follower:
        if follower.id in seen:
            return True
        seen.add(follower.id)
        follower = ids.get(follower.replaced_by)
    return False


def check_repeated_questions(content: Content) -> Iterator[Problem]:
    """The same question is not asked twice of the same reader at the same time."""
    first: dict[str, list[Faq]] = {}
    for faq in content.faqs:
        for number, question in enumerate((faq.question, *faq.also_asked)):
            key = _fold_question(question)
            name = "also_asked" if number else "question"
            for other in first.setdefault(key, []):
                if other is not faq and _overlap(faq, other):
                    yield make_warning(
                        faq.origin.locate(name), "question_twice", first=_tell(other)
                    )
                    break
            else:
                first[key].append(faq)


def _fold_question(question: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", question)).lower()


def _overlap(one: Faq, other: Faq) -> bool:
    if not set(one.audience) & set(other.audience):
        return False
    one_ends_first = one.publish_until and other.publish_from
    other_ends_first = other.publish_until and one.publish_from
    apart = (one_ends_first and one.publish_until <= other.publish_from) or (  # type: ignore[operator]
        other_ends_first and other.publish_until <= one.publish_from  # type: ignore[operator]
    )
    return not apart


def check_old_addresses(content: Content) -> Iterator[Problem]:
    """A redirect's address can be a file of the site, and is claimed once."""
    claims: dict[str, Faq] = {}
    reserved = {*RESERVED_ADDRESSES, *select_tags(load_interfaces())}
    for faq in content.faqs:
        for address in faq.old_addresses:
            place = faq.origin.locate("old_addresses")
            key = address.strip("/")
            parts = key.split("/")
            if not OLD_ADDRESS.fullmatch(address) or {".", ".."} & set(parts):
                yield make_error(place, "old_address_bad", value=address)
            elif parts[0] in reserved and not _is_old_faq_address(parts, content):
                yield make_error(place, "old_address_reserved", value=address)
            elif key in claims and claims[key] is not faq:
                first = _tell(claims[key])
                yield make_error(place, "old_address_twice", value=address, first=first)
            claims.setdefault(key, faq)


def _is_old_faq_address(parts: list[str], content: Content) -> bool:
    return len(parts) == 2 and parts[0] == "faq" and all(f.id != parts[1] for f in content.faqs)


def check_links(content: Content) -> Iterator[Problem]:
    """Links in Markdown are safe; those to FAQs of this site lead somewhere; images exist."""
    ids = {faq.id for faq in content.faqs}
    texts = [(faq.origin, name, getattr(faq, name)) for faq in content.faqs
             for name in ("answer", "easy")]  # fmt: skip
    texts += [(faq.origin, "translations", item.answer) for faq in content.faqs
              for item in faq.translations]  # fmt: skip
    texts += [(page.origin, "本文", page.body) for page in content.pages]
    notices = Origin(f"{content.folder}/notices.yml")
    texts += [(notices, "本文", notice.body) for notice in content.notices]
    for origin, name, text in texts:
        place = origin.locate(name)
        for url in text.links:
            try:
                if not url.startswith("#"):
                    check_url(url)
            except CellError as error:
                yield Problem(place, error.code, error.values)
            linked = find_linked_faq(url)
            if linked and linked not in ids:
                yield make_error(place, "link_dead", value=url)
        for image in text.images:
            if image.name not in content.images:
                yield make_error(place, "image_missing", value=image.source)
            if not image.alternative:
                yield make_error(place, "image_without_text", value=image.source)


def check_site(content: Content) -> Iterator[Problem]:
    """The site's own address, contact form and general department can be used."""
    place = Place(f"{content.folder}/site.yml")
    site = content.site
    if site.base_url and not re.fullmatch(r"https?://[^/?#\s]+(/[^?#\s]*)?", site.base_url):
        yield make_error(place, "base_url_bad", value=site.base_url)
    if site.contact_url:
        try:
            check_url(re.sub(r"\{(id|question)\}", "", site.contact_url))
        except CellError as error:
            yield Problem(place, error.code, error.values)
    known = {department.id for department in content.departments}
    if site.phone_department and site.phone_department not in known:
        yield make_error(place, "department_unknown", value=site.phone_department)


def check_unfinished_pages(content: Content) -> Iterator[Problem]:
    """No page is published with a mark that a person must still write there."""
    for page in content.pages:
        if TO_BE_WRITTEN in page.body + page.title + page.description:
            yield make_warning(page.origin.locate("body"), "page_unfinished", mark=TO_BE_WRITTEN)


def check_address_length(content: Content) -> Iterator[Problem]:
    """The address of every FAQ fits an SMS beside a sentence."""
    root = content.site.base_url.rstrip("/")
    long = [faq for faq in content.faqs if len(f"{root}/faq/{faq.id}/") >= LONGEST_ADDRESS]
    if long:
        longest = max(long, key=lambda faq: len(faq.id))
        length = len(f"{root}/faq/{longest.id}/")
        place = Place(f"{content.folder}/site.yml", 0, "アドレス")
        yield make_warning(place, "address_long", count=len(long), id=longest.id, length=length)


def check_notice_hours(content: Content) -> Iterator[Problem]:
    """A notice's hours are those of some department."""
    for notice in content.notices:
        if notice.hours.rules and not notice.departments and not content.site.phone_department:
            yield make_error(notice.origin.locate("hours"), "notice_hours_unused")


def check_completeness(content: Content) -> Iterator[Problem]:
    """Told once per file: FAQs that cannot be browsed to, or that nobody answers for."""
    rules: list[tuple[str, str, Callable[[Faq], object]]] = [
        ("categories", "no_category", lambda faq: faq.categories),
        ("departments", "no_department", lambda faq: faq.departments),
        ("status", "not_approved", lambda faq: faq.status is not Status.DRAFT or not faq.answer),
    ]
    for name, code, holds in rules:
        by_file: dict[str, list[Faq]] = {}
        for faq in content.faqs:
            if not holds(faq) and name not in faq.origin.faulty:
                by_file.setdefault(faq.origin.file, []).append(faq)
        for faqs in by_file.values():
            ids = "、".join(faq.id for faq in faqs[:5]) + ("ほか" if len(faqs) > 5 else "")
            yield make_warning(faqs[0].origin.locate(name), code, count=len(faqs), ids=ids)
    if not content.faqs:
        yield make_warning(Place(f"{content.folder}/faq"), "no_faqs")


def find_overdue(faqs: Iterable[Faq], *, on: date) -> list[Faq]:
    """FAQs whose check is due on that day, the longest overdue first.

    Without `review_by` the check is due a year after `updated`; without either, at once.
    """

    def due(faq: Faq) -> date:
        return faq.review_by or (faq.updated + timedelta(days=365) if faq.updated else date.min)

    return sorted((faq for faq in faqs if due(faq) < on), key=due)


def _tell(faq: Faq) -> str:
    return f"{faq.origin.file} {faq.origin.row}行目（番号 {faq.id}）"


RULES: tuple[Callable[[Content], Iterator[Problem]], ...] = (
    check_ids,
    check_answers,
    check_windows,
    check_references,
    check_repeated_questions,
    check_old_addresses,
    check_links,
    check_site,
    check_unfinished_pages,
    check_address_length,
    check_notice_hours,
    check_completeness,
)
