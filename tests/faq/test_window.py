"""What is hidden leaves no trace: no link, no word in any spelling, no name used by it alone."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from faq.model.choices import Audience
from faq.model.content import Content
from faq.model.dates import JST
from faq.read.content import read_content
from faq.render.api import make_api
from faq.window.select import Shown, select_window
from faq.window.traces import LinkFilter
from japanese.analyze import Analyzer

ANALYZER = Analyzer()
AT = datetime(2027, 4, 1, 9, tzinfo=JST)


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def show(folder: Path) -> Shown:
    content, problems = read_content(folder)
    assert problems == []
    return select_window(content, at=AT, audience=Audience.CITIZEN, normalize=ANALYZER.normalize)


# Written by an editor → what a hidden FAQ, notice or page says; all are one word to the search.
SPELLINGS = [
    ("zetapay", "ZetaPayで払えます"),
    ("ｚｅｔａｐａｙ", "ZetaPayで払えます"),
    ("ゼータカード", "ぜーたかーどを配ります"),
    ("ぜーたかーど", "ゼータカードを配ります"),
    ("ゼータカード", "ｾﾞｰﾀｶｰﾄﾞを配ります"),
    ("ゼータ カード", "ゼータカードを配ります"),
    ("ゼータカード", "ゼータ・カードを配ります"),
    ("ゼータ・カード", "ゼータカードを配ります"),
    ("新制度名", "新**制度**名が始まります"),
    ("新制度名", "新\n  制度名が始まります"),
    ("引越", "引っ越しの新しい窓口です"),
    ("引っ越し", "引越の新しい窓口です"),
    ("申込み", "申し込みの新しい窓口です"),
]


@pytest.mark.parametrize(("word", "hidden"), SPELLINGS)
@pytest.mark.parametrize("kind", ["faq", "notice", "page"])
def test_a_word_of_something_hidden_is_hidden_in_any_spelling(
    folder: Path, word: str, hidden: str, kind: str
) -> None:
    rows = "- {番号: 1, 質問: い, 回答: ろ, 状態: 承認済み}\n"
    body = hidden.replace("\n", "\n    ")
    if kind == "faq":
        rows += f"- 番号: 2\n  質問: は\n  回答: |\n    {body}\n  状態: 下書き\n"
    elif kind == "notice":
        text = f"- 題名: 予定\n  本文: |\n    {body}\n  公開開始: 2028-01-01\n"
        write(folder, "notices.yml", text)
    else:
        write(folder, "pages/p.md", f"---\n題名: 予定\n公開開始: 2028-01-01\n---\n{hidden}\n")
    write(folder, "faq/a.yml", rows)
    write(folder, "featured.yml", f"注目のキーワード: ['{word}', 住民票]\n")
    write(folder, "thesaurus.yml", f"- [住民票, 写し, '{word}']\n")
    shown = show(folder).content
    assert shown.hot_words == ("住民票",)
    assert [group.words for group in shown.thesaurus] == [("住民票", "写し")]


def test_a_word_that_something_shown_uses_in_another_spelling_stays(folder: Path) -> None:
    write(
        folder,
        "faq/a.yml",
        "- {番号: 1, 質問: 引っ越しの届出, 回答: ろ, 状態: 承認済み}\n"
        "- {番号: 2, 質問: 引越の新制度, 回答: に, 状態: 下書き}\n",
    )
    write(folder, "featured.yml", "注目のキーワード: [引越, 新制度]\n")
    assert show(folder).content.hot_words == ("引越",)


LINKED = """\
- 番号: 1
  質問: い
  回答: |
    [中](/faq/2/)と[題](/faq/2/ "予定")と[住所](https://faq.shiken.example.lg.jp/faq/2/#x)と
    [英](/en/faq/2/)と<https://faq.shiken.example.lg.jp/faq/2>と[外](https://www.example.jp/faq/2/)と
    [見](/faq/3/)と[参照][r]

    [r]: /faq/2/
  やさしい日本語: "[中](/faq/2/)"
  リンク: ["中 | /faq/2/", "見 | /faq/3/"]
  根拠: ["要綱 | /faq/2/"]
  翻訳: {en: {質問: Q, 回答: "[in](/faq/2/)"}}
  状態: 承認済み
- {番号: 2, 質問: は, 回答: に, 状態: 下書き}
- {番号: 3, 質問: ほ, 回答: へ, 状態: 承認済み}
"""


def show_linked(folder: Path) -> Shown:
    write(folder, "faq/a.yml", LINKED)
    write(
        folder, "notices.yml", '- 題名: 案内\n  本文: "[中](/faq/2/)"\n  リンク: ["中 | /faq/2/"]\n'
    )
    write(folder, "pages/p.md", "---\n題名: 頁\n---\n[中](/faq/2/)\n")
    return show(folder)


def test_links_to_a_hidden_faq_are_taken_off_wherever_they_are(folder: Path) -> None:
    content = show_linked(folder).content
    faq = content.faqs[0]
    assert [link.url for link in faq.links] == ["/faq/3/"]
    assert [(item.name, item.url) for item in faq.source] == [("要綱", "")]
    assert faq.easy == "中"
    assert faq.translations[0].answer == "in"
    assert (content.notices[0].body, content.notices[0].links) == ("中", ())
    assert content.pages[0].body.strip() == "中"


def test_the_answer_keeps_its_words_and_every_other_link(folder: Path) -> None:
    answer = show_linked(folder).content.faqs[0].answer
    assert '中と[題](<> "予定")と住所と\n英とと[外](https://www.example.jp/faq/2/)と' in answer
    assert "[見](/faq/3/)" in answer


def test_no_number_of_a_hidden_faq_is_in_the_api(folder: Path) -> None:
    base = "https://faq.shiken.example.lg.jp/"
    api = json.dumps(make_api(show_linked(folder), base=base), ensure_ascii=False)
    assert "/faq/3/" in api
    assert "/faq/2" not in api.replace("www.example.jp/faq/2", "")


def test_links_below_a_base_path_are_recognised() -> None:
    links = LinkFilter({"3"}, base_url="https://www.example.lg.jp/qa/")
    for address in ("/qa/faq/2/", "https://www.example.lg.jp/qa/faq/2", "/faq/2?a=1"):
        assert links.is_hidden(address)
    for address in ("/faq/3/", "https://www.example.lg.jp/faq/2/", "/faq/2/detail.html"):
        assert not links.is_hidden(address)


NAMES = """\
行政分野:
  - id: zei
    名前: 税金
    下位:
      - {id: shin, 名前: 新しい給付}
      - {id: juumin, 名前: 住民税}
  - {id: taisaku, 名前: 対策本部, 常に表示: はい}
  - {id: yotei, 名前: 予定の分野}
ライフイベント:
  - {id: kekkon, 名前: 結婚}
"""


def show_names(folder: Path) -> Content:
    write(folder, "categories.yml", NAMES)
    write(
        folder,
        "departments.yml",
        "- {id: zeimu, 名前: 税務課}\n- {id: shinka, 名前: 新設の課}\n"
        "- {id: sogo, 名前: 総合案内}\n- {id: bosai, 名前: 防災課}\n",
    )
    site = (folder / "site.yml").read_text(encoding="utf-8")
    write(folder, "site.yml", f"{site}総合案内の担当課: 総合案内\n")
    write(folder, "notices.yml", "- {題名: 停電, 担当課: 防災課}\n")
    write(
        folder,
        "faq/a.yml",
        "- {番号: 1, 質問: い, 回答: ろ, 分野: 住民税, 担当課: 税務課, 状態: 承認済み}\n"
        "- {番号: 2, 質問: は, 回答: に, 分野: '新しい給付、予定の分野', ライフイベント: 結婚,"
        " 担当課: 新設の課, 状態: 承認済み, 公開開始: 2028-04-01}\n",
    )
    return show(folder).content


def test_categories_that_only_hidden_faqs_use_are_not_shown(folder: Path) -> None:
    content = show_names(folder)
    assert [(item.id, [one.id for one in item.children]) for item in content.topics] == [
        ("zei", ["juumin"]),
        ("taisaku", []),
    ]
    assert content.life_events == ()


def test_departments_that_nothing_shown_names_are_not_shown(folder: Path) -> None:
    assert [item.id for item in show_names(folder).departments] == ["zeimu", "sogo", "bosai"]


def test_the_name_of_a_hidden_category_is_no_hot_word(folder: Path) -> None:
    write(folder, "featured.yml", "注目のキーワード: [新しい給付, 新設の課, 住民税]\n")
    assert show_names(folder).hot_words == ("住民税",)


def test_a_word_that_only_a_note_to_editors_has_is_not_shown(folder: Path) -> None:
    write(folder, "faq/a.csv", "番号,質問,回答,状態,備考\n1,い,窓口で。,承認済み,架電時は窓口へ\n")
    write(folder, "featured.yml", "注目のキーワード: [架電時, 窓口]\n")
    content = show(folder).content
    assert content.faqs[0].note == ""
    assert content.hot_words == ("窓口",)
