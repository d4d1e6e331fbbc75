"""Content folders that hold given texts in every field that may hold a text."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from shutil import copytree

from faq.check.content import check_content
from faq.model.problem import Problem, select_errors
from faq.read.content import read_content
from tests.conftest import GOLDEN

Groups = Mapping[str, Sequence[str]]

ADDRESS = "https://faq.shiken.example.lg.jp/"
HOME = "https://www.shiken.example.lg.jp/"
# What harmless texts make of a page: all of Markdown, and lists that go on over several pages.
HARMLESS = {
    "markup": (
        "ただの文",
        "[外](https://www.shiken.example.lg.jp/) <https://a.example/> **a** *b* `c`",
        "## 見出し\n\n1. a\n2. b\n\n- a\n- b\n\n> 引用\n\n---\n\n```py\nx\n```\n\n    x\n\nあ  \nい",
        "| a | b |\n|:-:|--:|\n| c | d |",
    ),
    "image": ("![図](map.png)",),
    "many": tuple(f"{number}番" for number in range(160)),
}
# Stands where Markdown does for a text that `check` refuses there.
REFUSED = "リンクは使えません。"


def find_refused(folder: Path, texts: Sequence[str]) -> dict[str, list[Problem]]:
    """The texts that `check` refuses as answers, with what it says of each; uses the folder."""
    faqs = [{"番号": n, "質問": "質問", "回答": text} for n, text in enumerate(texts, 1)]
    write_yaml(folder, {"faq/a.yml": faqs})
    content, problems = read_content(folder)
    problems += check_content(content)
    refused: dict[str, list[Problem]] = {}
    for problem in select_errors(problems):
        refused.setdefault(texts[problem.place.row - 1], []).append(problem)
    return refused


def write_faqs(folder: Path, groups: Groups, *, refused: Collection[str] = ()) -> None:
    """A site with an FAQ for each text, a category, a life event and a department for each group.

    What names a group holds all its texts. `refused` ones are left out of Markdown.
    """
    copytree(GOLDEN / "content" / "images", folder / "images")
    names = [join_line(group) for group in groups.values()]
    number = {text: n for n, group in enumerate(groups.values(), 1) for text in group}
    write_yaml(folder, {
        "site.yml": {"名前": "試験", "市の名前": "試験市", "アドレス": ADDRESS},
        "categories.yml": {
            label: [
                {"id": f"{letter}{n}", "名前": name, "説明": name, "翻訳": {"en": name}}
                for n, name in enumerate(names, 1)
            ]
            for label, letter in (("行政分野", "c"), ("ライフイベント", "l"))
        },
        "departments.yml": [
            {
                "id": f"d{n}", "名前": name, "読み": name, "電話": name, "FAX": name, "メール": name,
                "場所": name, "ページ": HOME, "案内": name, "受付時間": ["月-金 8:30-17:15"],
                "翻訳": {"en": name},
            }
            for n, name in enumerate(names, 1)
        ],
        "faq/a.yml": [
            make_faq(n, text, markup=REFUSED if text in refused else text, group=number[text])
            for n, text in enumerate(number, 1)
        ],
    })  # fmt: skip


def write_settings(folder: Path, groups: Groups, *, refused: Collection[str] = ()) -> None:
    """A site with one FAQ, and the texts in everything that is set for the whole site."""
    texts = [text for group in groups.values() for text in group]
    everything = join_line(texts)
    link = f"{everything.replace('|', '/')} | {HOME}"
    body = "\n\n".join(text for text in texts if text not in refused)
    write_yaml(folder, {
        "site.yml": {
            "名前": everything, "市の名前": everything, "アドレス": ADDRESS, "説明": everything,
            "公式ホームページ": HOME, "問い合わせフォームの名前": everything,
            "問い合わせフォーム": HOME + "form?q={question}&n={id}",
            "チャットの名前": everything, "チャット": HOME, "アンケートの項目": texts, "リンク": link,
            "総合案内の担当課": "d1", "翻訳": {"en": everything}, "訳さない名前": texts,
            "翻訳サービス": "https://translate.example.com/?to={lang}&page={url}", "訳す言語": ["ko"],
        },
        "categories.yml": {"行政分野": [{"id": "c1", "名前": "税金"}]},
        "departments.yml": [{"id": "d1", "名前": "税務課", "電話": "000-0000-0000"}],
        "notices.yml": [
            {"題名": everything, "重さ": "重要", "本文": body, "電話": everything, "リンク": link}
        ],
        "featured.yml": {"注目のFAQ": ["1"], "注目のキーワード": texts},
        "thesaurus.yml": [f"{text}、別の言い方{n}" for n, text in enumerate(texts)],
        "readings.yml": {text.strip(): "" for text in texts},
        "search-tests.yml": [{"質問": text, "番号": ["1"], "種類": text} for text in texts],
        "faq/a.yml": [make_faq(1, "質問", markup="回答", group=1) | {"ライフイベント": []}],
    })  # fmt: skip
    front = dump_yaml({"題名": everything, "説明": everything})
    (folder / "pages").mkdir()
    (folder / "pages" / "about.md").write_text(f"---\n{front}\n---\n{body}\n", encoding="utf-8")


def make_faq(n: int, text: str, *, markup: str, group: int) -> dict[str, object]:
    """An FAQ with the text in each of its fields, and the other in its Markdown."""
    # A bar or a line break would end the name of a link.
    link = f"{join_line([text]).replace('|', '/')} | {HOME}{n}"
    return {
        "番号": n, "質問": text, "ほかの聞き方": [f"{text} とは"], "回答": markup, "短い回答": text,
        "分野": [f"c{group}"], "ライフイベント": [f"l{group}"], "担当課": [f"d{group}"],
        "キーワード": [text, "住民票"], "持ち物": [text], "リンク": link, "関連FAQ": [] if n == 1 else ["1"],
        "根拠": f"{link} | 2026-04-01", "やさしい日本語": markup, "旧アドレス": [f"old/{n}"],
        "翻訳": {"en": {"質問": text, "回答": markup}}, "状態": "承認済み", "更新日": "2026-04-01",
    }  # fmt: skip


def join_line(texts: Sequence[str]) -> str:
    """The texts on one line."""
    return " ".join(" ".join(texts).split())


def write_yaml(folder: Path, files: Mapping[str, object]) -> None:
    """Path below the folder → what the file holds."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump_yaml(data), encoding="utf-8")


def dump_yaml(data: object) -> str:
    """JSON, which YAML takes in: every scalar is read back as it was. A list has a line an item."""
    if not isinstance(data, list):
        return json.dumps(data, ensure_ascii=False)
    return "".join(f"- {json.dumps(item, ensure_ascii=False)}\n" for item in data)
