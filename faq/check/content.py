"""Rules that look at the whole content; each returns what is wrong, none stops at the first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta

from faq.check.addresses import (
    check_address_length,
    check_old_addresses,
    check_redirect_targets,
)
from faq.check.links import check_link_targets, check_links
from faq.model.choices import Status
from faq.model.content import Content, Faq, flatten
from faq.model.dates import format_moment
from faq.model.fields import FAQ_FIELDS
from faq.model.near import hint_name
from faq.model.problem import Place, Problem, make_error, make_warning

# A cell that Excel cannot hold loses its end when an editor saves the file there.
EXCEL_CELL_LIMIT = 32_767
LONG_TEXTS = tuple(item.name for item in FAQ_FIELDS if item.kind in ("line", "markup", "text"))
LONGEST_THING = 20
_BRACKETS = re.compile("[（(「『][^）)」』]*[）)」』]")
_PART_OF_SENTENCE = re.compile(
    "^(?:または|もしくは|あるいは|および|及び|並びに|又は|若しくは)|[はがをにでとものへや。]$|など$|とき$|場合$|ほか$"
)
TO_BE_WRITTEN = "【要記入】"


def check_content(content: Content) -> list[Problem]:
    """Every problem between the parts of a content; `read_content` finds those of single cells."""
    return [problem for rule in RULES for problem in rule(content)]


def check_ids(content: Content) -> Iterator[Problem]:
    """No two FAQs claim one id, anywhere."""
    first: dict[str, Faq] = {}
    for faq in content.faqs:
        if faq.id in first:
            yield make_error(
                faq.origin.locate("id"),
                "id_twice",
                value=faq.id,
                first=first[faq.id].describe_place(),
            )
        first.setdefault(faq.id, faq)


def check_answers(content: Content) -> Iterator[Problem]:
    """An approved FAQ has an answer; no cell is larger than Excel can hold."""
    for faq in content.faqs:
        is_reported = "answer" in faq.origin.faulty
        if faq.status is Status.APPROVED and not faq.answer and not is_reported:
            yield make_error(faq.origin.locate("answer"), "answer_empty")
        for name in LONG_TEXTS:
            size = len(getattr(faq, name))
            if size > EXCEL_CELL_LIMIT:
                place = faq.origin.locate(name)
                yield make_warning(place, "cell_over_excel", size=size, limit=EXCEL_CELL_LIMIT)


def check_items(content: Content) -> Iterator[Problem]:
    """What must be brought is one thing a line: 本人確認書類、印鑑 alone would be shown as one.

    Only asked about: to part 本人のほか、代理人の委任状 would break a sentence. Who writes more
    than one line knows how.
    """
    for faq in content.faqs:
        if len(faq.bring) == 1 and _lists_things(faq.bring[0]):
            yield make_warning(faq.origin.locate("bring"), "items_on_a_line", value=faq.bring[0])


def _lists_things(text: str) -> bool:
    """Whether all parts between 、 outside brackets name things and are no parts of a sentence."""
    parts = [part.strip() for part in re.split("[、,，]", _BRACKETS.sub("", text))]
    return len(parts) > 1 and all(
        part and len(part) <= LONGEST_THING and not _PART_OF_SENTENCE.search(part) for part in parts
    )


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
    """`related`, `replaced_by` and featured name FAQs that exist; successors form no cycle."""
    ids = {faq.id: faq for faq in content.faqs}
    for faq in content.faqs:
        for other in faq.related:
            if other not in ids or other == faq.id:
                code = "related_self" if other == faq.id else "related_unknown"
                yield make_error(faq.origin.locate("related"), code, value=other)
        if faq.replaced_by and faq.replaced_by not in ids:
            place = faq.origin.locate("replaced_by")
            yield make_error(place, "replacement_unknown", value=faq.replaced_by)
        elif _is_in_cycle(faq, ids):
            yield make_error(faq.origin.locate("replaced_by"), "replacement_cycle")
    for faq_id in content.featured:
        if faq_id not in ids:
            place = Place(f"{content.folder}/featured.yml", 0, "注目のFAQ")
            yield make_error(place, "related_unknown", value=faq_id)


def _is_in_cycle(faq: Faq, ids: dict[str, Faq]) -> bool:
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
                        faq.origin.locate(name),
                        "question_twice",
                        first=other.describe_place(),
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


def check_site(content: Content) -> Iterator[Problem]:
    """The site's general department is one of those there are."""
    general = content.site.phone_department
    if general and general not in {department.id for department in content.departments}:
        place = Place(f"{content.folder}/site.yml", 0, "総合案内の担当課")
        hint = hint_name(general, [department.name for department in content.departments])
        yield make_error(place, "department_unknown", value=general, hint=hint)


def check_unfinished_pages(content: Content) -> Iterator[Problem]:
    """No page is published with a mark that a person must still write there."""
    for page in content.pages:
        if TO_BE_WRITTEN in page.body + page.title + page.description:
            yield make_warning(page.origin.locate("body"), "page_unfinished", mark=TO_BE_WRITTEN)


def check_notice_hours(content: Content) -> Iterator[Problem]:
    """A notice's hours are those of some department."""
    for notice in content.notices:
        if notice.hours.rules and not notice.departments and not content.site.phone_department:
            yield make_error(notice.origin.locate("hours"), "notice_hours_unused")


def check_completeness(content: Content) -> Iterator[Problem]:
    """Reported once per file: FAQs that cannot be browsed to, or that nobody answers for."""
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
            ids = tuple(faq.id for faq in faqs)
            yield make_warning(faqs[0].origin.locate(name), code, count=len(faqs), ids=ids)
    if not content.faqs:
        yield make_warning(Place(f"{content.folder}/faq"), "no_faqs")


def find_unshown_names(content: Content, shown: Content) -> list[Problem]:
    """Categories and departments that stay off the site while nothing shown uses them."""
    kinds = (
        ("categories.yml", "行政分野", flatten(content.topics), flatten(shown.topics)),
        (
            "categories.yml",
            "ライフイベント",
            flatten(content.life_events),
            flatten(shown.life_events),
        ),
        ("departments.yml", "担当課", content.departments, shown.departments),
    )
    problems = []
    for file, label, items, kept in kinds:
        ids = {item.id for item in kept}
        if names := [item.name for item in items if item.id not in ids]:
            place = Place(f"{content.folder}/{file}", 0, label)
            values = {"count": len(names), "names": tuple(names)}
            problems.append(make_warning(place, "names_unshown", **values))
    return problems


def find_overdue(faqs: Iterable[Faq], *, at: datetime) -> list[Faq]:
    """FAQs whose check is due at that moment, the longest overdue first; not those withdrawn.

    Without `review_by` the check is due a year after `updated`; without either, at once.
    """

    def due(faq: Faq) -> date:
        return faq.review_by or (faq.updated + timedelta(days=365) if faq.updated else date.min)

    today = at.date()
    open_ones = (faq for faq in faqs if not (faq.publish_until and faq.publish_until <= at))
    return sorted((faq for faq in open_ones if due(faq) < today), key=due)


RULES: tuple[Callable[[Content], Iterator[Problem]], ...] = (
    check_ids,
    check_answers,
    check_items,
    check_windows,
    check_references,
    check_repeated_questions,
    check_old_addresses,
    check_redirect_targets,
    check_links,
    check_link_targets,
    check_site,
    check_unfinished_pages,
    check_address_length,
    check_notice_hours,
    check_completeness,
)
