"""What was understood of a table, as one page of text, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from faq.model.choices import Status
from faq.model.content import Faq
from faq.model.fields import FAQ_FIELDS, FAQ_LABELS
from faq.start.cells import shorten
from faq.start.lists import Lists
from faq.start.propose import Note, Proposal
from faq.start.understand import LEVELS, Meaning
from faq.texts import EDITOR_TEXTS

_TEXTS = EDITOR_TEXTS["init"]
_PAGE: Mapping[str, str] = _TEXTS["page"]
# What a table of FAQs usually has; where it is not there, the editor is told.
_USUAL = ("categories", "departments", "updated", "keywords")


def explain_proposal(
    proposal: Proposal, faqs: Sequence[Faq], *, file: str, size: int, form: str
) -> str:
    """The page: the file, each column and what it becomes, what comes of it, what to know.

    `size` is in bytes; `form` says how the file is written.
    """
    outline = proposal.outline
    header = _PAGE["header"].format(rows="・".join(map(str, outline.header)))
    if outline.titles:
        header += _PAGE["titles"].format(text=shorten(" ".join(outline.titles)))
    counts = {"empty_rows": outline.empty_rows, "empty_columns": outline.empty_columns}
    empty = [_PAGE[name].format(count=count) for name, count in counts.items() if count]
    left_out = _PAGE["left_out"].format(what="、".join(empty)) if empty else ""
    head = _PAGE["head"].format(
        file=file, size=f"{size / 1000:,.0f}", form=form, header=header,
        rows=f"{len(outline.rows):,}", left_out=left_out,
    )  # fmt: skip
    notes = [_PAGE["note"].format(text=text) for text in explain_notes(proposal)]
    parts = [
        [head],
        [
            _PAGE["columns_head"],
            *map(_explain_column, proposal.meanings),
            *_explain_missing(proposal),
        ],
        [_PAGE["result_head"], *_explain_result(proposal.lists, faqs)],
        [_PAGE["notes_head"], *notes] if notes else [],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def explain_notes(proposal: Proposal) -> list[str]:
    """A sentence for each thing to know."""
    return [_explain_note(note) for note in proposal.notes]


def comment_columns(proposal: Proposal) -> dict[str, str]:
    """Field or unused column → why it was taken so, and an example; for the map."""
    comments: dict[str, str] = {}
    for meaning in proposal.meanings:
        details = _list_details(meaning)
        if meaning.role in FAQ_LABELS:
            comments.setdefault(FAQ_LABELS[meaning.role], details)
        else:
            role = f"{name_role(meaning.role)}。" if meaning.role else ""
            comments[meaning.column.name] = role + details
    return comments


def name_role(role: str) -> str:
    """What a column becomes, for people."""
    return str(_TEXTS["roles"].get(role) or FAQ_LABELS[role])


def _explain_column(meaning: Meaning) -> str:
    role = name_role(meaning.role) if meaning.role else _PAGE["unused"]
    line = _PAGE["column"].format(name=meaning.column.heading, role=role)
    details = _list_details(meaning)
    return f"{line}  {details}" if details else line


def _list_details(meaning: Meaning) -> str:
    values = dict(meaning.values)
    if "role" in values:
        values["role"] = name_role(str(values["role"]))
    reason = _TEXTS["reasons"][meaning.reason].format(**values)
    filled = meaning.column.filled
    details = _PAGE["example"].format(example=shorten(filled[0])) if filled else ""
    details += _PAGE["reason"].format(reason=reason) if reason else ""
    return details + (_PAGE["merged"] if meaning.merged else "")


def _explain_missing(proposal: Proposal) -> Iterable[str]:
    held = {meaning.role for meaning in proposal.meanings}
    held |= {"categories"} if LEVELS[0] in held else set()
    names = [item.label for item in FAQ_FIELDS if item.name in _USUAL and item.name not in held]
    return [_PAGE["missing"].format(names="、".join(names))] if names else []


def _explain_result(lists: Lists, faqs: Sequence[Faq]) -> Iterable[str]:
    states = Counter(faq.status for faq in faqs)
    yield _PAGE["faqs"].format(
        count=f"{len(faqs):,}",
        approved=f"{states[Status.APPROVED]:,}",
        pending=states[Status.PENDING],
        drafts=states[Status.DRAFT],
    )
    top, low = lists.levels
    if top:
        yield _PAGE["levels" if low else "categories"].format(top=top, low=low)
    if lists.departments:
        phones = sum(bool(item.phone) for item in lists.departments)
        yield _PAGE["departments"].format(count=len(lists.departments), phones=phones)
    for item in lists.departments:
        if item.id == lists.general:
            yield _PAGE["general"].format(name=item.name)


def _explain_note(note: Note) -> str:
    values = dict(note.values)
    if "role" in values:
        values["role"] = name_role(str(values["role"]))
    return str(_TEXTS["notes"][note.code]).format(**values)
