"""What a field is: the one table that all that reads, writes, searches or checks FAQs follows."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

# Kinds of cells that hold no words of their own, only what identifies something.
_WORDLESS_KINDS = frozenset({"id", "reference", "references", "addresses"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record: its attribute, its Japanese header, and what follows from it.

    - `kind`: how its cell is read and written; the kinds are those of `faq.read.values`
    - `may_be_empty`: whether the cell of a required column may be empty
    - `refers_to`: the attribute of `Content` that its ids name items of
    - `index`: the search's field that its words are part of; empty: it is not searched
    - `in_api`: whether the public API has it

    Raises `ValueError` for a searched field whose words the window could not filter.
    """

    name: str
    label: str
    kind: str
    required: bool = False
    may_be_empty: bool = False
    refers_to: str = ""
    index: str = ""
    in_api: bool = False

    def __post_init__(self) -> None:
        if self.index and not (self.has_words or self.refers_to):
            raise ValueError(f"{self.name}: a searched field must hold words or refer to a name")

    @property
    def has_words(self) -> bool:
        """Whether it holds words, which must not leak while its record is hidden."""
        return self.kind not in _WORDLESS_KINDS

    @property
    def may_link(self) -> bool:
        """Whether it may hold links to other pages."""
        return self.kind in ("markup", "links", "sources", "translations")


# The order is that of the columns in an exported file.
FAQ_FIELDS = (
    Field("id", "番号", "id", required=True, in_api=True),
    Field("question", "質問", "line", required=True, index="question", in_api=True),
    Field("also_asked", "ほかの聞き方", "lines", index="question", in_api=True),
    # Read before the texts that it is the format of.
    Field("format", "書式", "format", in_api=True),
    Field("answer", "回答", "markup", required=True, may_be_empty=True, index="answer",
          in_api=True),
    Field("short_answer", "短い回答", "line", in_api=True),
    Field("categories", "分野", "references", refers_to="topics", in_api=True),
    Field("life_events", "ライフイベント", "references", refers_to="life_events", in_api=True),
    Field("departments", "担当課", "references", refers_to="departments",
          index="department", in_api=True),
    Field("keywords", "キーワード", "words", index="keywords", in_api=True),
    Field("bring", "持ち物", "lines", index="rest", in_api=True),
    Field("links", "リンク", "links", index="rest", in_api=True),
    Field("related", "関連FAQ", "references", in_api=True),
    Field("source", "根拠", "sources"),
    Field("easy", "やさしい日本語", "markup", in_api=True),
    Field("translations", "翻訳", "translations", in_api=True),
    Field("audience", "見せる相手", "audience"),
    Field("status", "状態", "status"),
    Field("publish_from", "公開開始", "start"),
    Field("publish_until", "公開終了", "end", in_api=True),
    Field("updated", "更新日", "date", in_api=True),
    Field("review_by", "点検期限", "deadline"),
    Field("replaced_by", "後継FAQ", "reference"),
    Field("old_addresses", "旧アドレス", "addresses"),
    Field("note", "備考", "text"),
)  # fmt: skip
# Those whose ids name items of another list of the content.
REFERENCES = tuple(item for item in FAQ_FIELDS if item.refers_to)
FAQ_LABELS = MappingProxyType({item.name: item.label for item in FAQ_FIELDS})
# A translated text is a cell of its own: the field, and the language in brackets.
TRANSLATED = ("question", "answer")
