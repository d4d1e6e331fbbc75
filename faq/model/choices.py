"""The words a cell may hold where there is a choice, in Japanese and in English."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How far the approval of an FAQ is; only an approved one is ever published."""

    DRAFT = "下書き"
    PENDING = "確認待ち"
    APPROVED = "承認済み"


class Format(StrEnum):
    """How an answer is read: as it was written, or with the marks of Markdown."""

    PLAIN = "文章"
    MARKDOWN = "Markdown"


class ContactPlacement(StrEnum):
    """Which pages link to the contact form."""

    EVERYWHERE = "すべてのページ"
    FAQ_ONLY = "FAQのページだけ"


class Audience(StrEnum):
    """Who may see an FAQ."""

    CITIZEN = "市民"
    CENTER = "センター"
    STAFF = "職員"


EVERYONE = tuple(Audience)


class NoticeLevel(StrEnum):
    """How urgent a notice is; an emergency changes every page while its window is open."""

    EMERGENCY = "緊急"
    IMPORTANT = "重要"
    INFORMATION = "お知らせ"


AUDIENCE_WORDS = {
    "市民": Audience.CITIZEN, "citizen": Audience.CITIZEN,
    "センター": Audience.CENTER, "center": Audience.CENTER,
    "職員": Audience.STAFF, "staff": Audience.STAFF,
}  # fmt: skip
STATUS_WORDS = {
    "下書き": Status.DRAFT, "draft": Status.DRAFT,
    "確認待ち": Status.PENDING, "pending": Status.PENDING,
    "承認済み": Status.APPROVED, "承認済": Status.APPROVED, "approved": Status.APPROVED,
}  # fmt: skip

FORMAT_WORDS = {
    "文章": Format.PLAIN, "plain": Format.PLAIN,
    "Markdown": Format.MARKDOWN, "markdown": Format.MARKDOWN, "マークダウン": Format.MARKDOWN,
}  # fmt: skip
NOTICE_LEVEL_WORDS = {str(level): level for level in NoticeLevel}
PLACEMENT_WORDS = {
    "すべてのページ": ContactPlacement.EVERYWHERE, "everywhere": ContactPlacement.EVERYWHERE,
    "FAQのページだけ": ContactPlacement.FAQ_ONLY, "faq_only": ContactPlacement.FAQ_ONLY,
}  # fmt: skip

# How a city names the search's stores, and how the search does.
STORE_WORDS = {"自動": "", "まとめて": "compact", "分けて": "pagefind"}
