"""The files beside the FAQ: wrong shapes are reported, never a crash."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from faq.check.content import check_content
from faq.model.problem import ContentError
from faq.model.vocabulary import SearchTest, UserWord, WordReading
from faq.read.content import read_content
from pipeline.build import build_site
from pipeline.load import load_content
from pipeline.options import BuildOptions
from tests.conftest import AT, GOLDEN


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("site.yml", "- a\n", "site.yml 1行目: 「項目名」と値の組"),
        ("site.yml", "", "site.yml: （注意）サイトの設定がありません"),
        ("site.yml", "名前: x\n市の名前: y\nアドレス: https://a.example/?q\n", "アドレス「https://a.example/?q」は"),
        ("site.yml", "名前: x\n市の名前: y\nアドレス: https://a.example/\n問い合わせフォーム: javascript:x\n", "「javascript:x」はリンク先"),
        ("categories.yml", "- a\n", "categories.yml 1行目: この項目は使えません"),
        ("categories.yml", "分野: x\n", "categories.yml 1行目 分野: この項目は使えません"),
        ("categories.yml", "行政分野:\n  - {id: aa, 名前: い}\n  - {id: aa, 名前: ろ}\n", "3行目 id: 番号「aa」は、2行目でも"),
        ("departments.yml", "- {id: sogo, 名前: a, 受付時間: [平日 9:00-17:00]}\n", "受付時間「平日 9:00-17:00」が読めません"),
        ("departments.yml", "- [x]\n", "departments.yml 1行目: 「項目名」と値の組"),
        ("notices.yml", "- {本文: a}\n", "notices.yml 1行目 題名: 空欄です"),
        ("notices.yml", "- {題名: x, 公開開始: 2027-02-01, 公開終了: 2027-01-01}\n", "公開終了: 公開開始より前です（2027-01-01 < 2027-02-01）"),
        ("notices.yml", "- 題名: x\n  担当課: [環境課, ない課]\n", "notices.yml 1行目 担当課: 担当課「ない課」は departments.yml"),
        ("featured.yml", "注目のFAQ: 98765\n", "featured.yml 注目のFAQ: 番号「98765」"),
        ("thesaurus.yml", "- ひとつだけ\n", "thesaurus.yml 1行目: 言い換えは2語以上"),
        ("thesaurus.yml", "- {a: b}\n", "thesaurus.yml 1行目 a: この名前の項目はありません"),
        ("thesaurus.yml", "- [{a: b}, 税]\n", "thesaurus.yml 1行目 語: 文字で書いてください"),
        ("site.yml", "名前: x\n市の名前: y\nアドレス: https://a.example/\nアクセスの記録: 少し\n", "「少し」ではなく、あり か なし"),
        ("site.yml", "名前: x\n市の名前: y\nアドレス: https://a.example/\nアクセスの記録: なし\nアンケートの項目: [い]\n", "site.yml アンケートの項目: （注意）アクセスの記録が なし"),
        ("pages/about.md", "---\n題名: x\n---\n \n", "about.md: （注意）本文がありません"),
        ("readings.yml", "- 上町\n", "readings.yml 1行目: 「項目名」と値の組"),
        ("readings.yml", "\n上町: 上まち\n", "readings.yml 2行目 上町: 「上まち」は読みとして使えません"),
        ("rankings/views.yml", "閲覧数: x\n", "views.yml 1行目 閲覧数: 「項目名」と値の組"),
        ("rankings/views.yml", "閲覧数: {101: 多い}\n", "views.yml 1行目 101: 「多い」は数として"),
        ("pages/about.md", "本文だけ\n", "about.md 1行目: 先頭に、題名を書いた"),
        ("pages/about.md", "---\n題名: x\n並び順: 多\n---\n", "about.md 3行目 並び順: 「多」は数として"),
        ("pages/about.md", "---\n題名: x\n---\n【要記入】\n", "（注意）「【要記入】」が残っています"),
        ("notices.yml", "- {題名: x, 重さ: 大}\n", "「大」ではなく、緊急・重要・お知らせ"),
        ("site.yml", "名前: x\n市の名前: y\nアドレス: https://a.example/\n問い合わせの入口: どこか\n", "「どこか」ではなく、すべてのページ"),
        ("faq/a.yml", "- {番号: 5, 質問: い, 回答: ろ, 翻訳: x}\n", "a.yml 1行目 翻訳: 翻訳は、言語"),
        ("faq/a.yml", "- {番号: 5, 質問: い, 回答: ろ, ? [a] : b}\n", "a.yml 1行目 ?: この名前の項目はありません"),
    ],
)  # fmt: skip
def test_a_file_of_the_wrong_shape_is_reported(
    tmp_path: Path, name: str, text: str, expected: str
) -> None:
    folder = tmp_path / "content"
    copytree(GOLDEN / "content", folder)
    (folder / name).write_text(text, encoding="utf-8")
    content, problems = read_content(folder)
    reported = [str(problem) for problem in (*problems, *check_content(content))]
    assert any(expected in line for line in reported), reported


def read_receiver(folder: Path, address: str) -> tuple[str, list[str]]:
    """The address that free texts go to, and the codes of the errors in site.yml."""
    with (folder / "site.yml").open("a", encoding="utf-8") as file:
        file.write(f"ご意見の送り先: '{address}'\n")
    content, problems = read_content(folder)
    return content.site.opinion_url, [problem.code for problem in problems]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://iken.example.lg.jp",
        "https://iken.example.lg.jp:8443/a/b?form=3",
        "http://127.0.0.1:8000/iken",
        "http://localhost/",
    ],
)
def test_texts_may_be_sent_to_an_address_over_https_or_on_this_machine(
    folder: Path, address: str
) -> None:
    assert read_receiver(folder, address) == (address, [])


@pytest.mark.parametrize(
    "address",
    [
        "http://iken.example.lg.jp/",
        "https://*.example.lg.jp/",
        "https://iken.example.lg.jp;script-src",
        "https://iken.example.lg.jp@evil.example/",
        "mailto:iken@example.lg.jp",
        "/iken",
    ],
)
def test_texts_are_sent_nowhere_else(folder: Path, address: str) -> None:
    _, codes = read_receiver(folder, address)
    assert codes == ["receiver_bad"]


def test_hours_of_a_notice_that_no_department_has_are_reported(folder: Path) -> None:
    notices = folder / "notices.yml"
    notices.write_text("- 題名: x\n  受付時間: [毎日 24時間]\n", encoding="utf-8")
    reported = [str(problem) for problem in check_content(read_content(folder)[0])]
    assert any("notices.yml 1行目 受付時間: だれの受付時間か" in line for line in reported), (
        reported
    )
    notices.write_text("- 題名: x\n  受付時間: [毎日 24時間]\n  担当課: 税務課\n", encoding="utf-8")
    content, problems = read_content(folder)
    assert content.notices[0].departments == ("zeimu",)
    codes = [problem.code for problem in (*problems, *check_content(content))]
    assert "notice_hours_unused" not in codes


def test_a_page_name_that_no_address_can_hold_is_reported(folder: Path) -> None:
    (folder / "pages").mkdir()
    (folder / "pages" / "案内.md").write_text("---\n題名: x\n---\n", encoding="utf-8")
    _, problems = read_content(folder)
    assert [problem.code for problem in problems] == ["page_name_bad"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "userdict.csv",
            "言葉,読み\nしるべの湯,知るべ\n",
            "userdict.csv 2行目 読み: 「知るべ」は読みとして使えません",
        ),
        ("userdict.csv", "言葉\nしるべの湯\n", "userdict.csv 1行目 読み: "),
        (
            "userdict.csv",
            "言葉,読み,品詞\nしるべの湯,しるべのゆ,名詞\n",
            "userdict.csv 1行目 品詞: ",
        ),
        ("search-tests.yml", "- {質問: 住民票}\n", "search-tests.yml 1行目 番号: "),
        (
            "search-tests.yml",
            "- {質問: 住民票, 番号: [1], 以内: 三}\n",
            "search-tests.yml 1行目 以内: ",
        ),
        (
            "site.yml",
            "検索の置き場所: 半分\n",
            "site.yml 1行目 検索の置き場所: 「半分」ではなく、自動・まとめて・分けて",
        ),
    ],
)
def test_what_a_city_reports_the_search_is_checked(
    folder: Path, name: str, text: str, message: str
) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    _, problems = read_content(folder)
    assert any(message in str(problem) for problem in problems), [str(item) for item in problems]


def test_a_city_s_own_words_and_tests_are_read(folder: Path) -> None:
    (folder / "userdict.csv").write_bytes("言葉,読み\nしるべの湯,しるべのゆ\n".encode("cp932"))
    (folder / "search-tests.yml").write_text(
        "- {質問: 湯, 番号: [1, 2], 以内: 5, 未達: はい}\n", encoding="utf-8"
    )
    content, problems = read_content(folder)
    assert problems == []
    assert content.user_words == (UserWord("しるべの湯", "シルベノユ"),)
    assert content.search_tests == (SearchTest("湯", ("1", "2"), within=5, known=True, row=1),)


def test_weights_that_cannot_be_read_stop_the_build(folder: Path, tmp_path: Path) -> None:
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: 湯, 回答: あ, 状態: 承認済み}\n", encoding="utf-8"
    )
    (folder / "search-parameters.json").write_text('{"fields": 3}', encoding="utf-8")
    with pytest.raises(ContentError, match="検索の重みのファイルを読めません"):
        build_site(BuildOptions(folder, tmp_path / "public", AT))
    assert not (tmp_path / "public").exists()


def test_a_city_s_readings_go_before_the_built_in_ones(folder: Path) -> None:
    (folder / "readings.yml").write_text("何時: いつ\n市長: ''\n", encoding="utf-8")
    loaded = load_content(folder)
    assert loaded.content.readings == (WordReading("何時", "イツ", 1), WordReading("市長", "", 2))
    assert [item.reading for item in loaded.make_reader().read("何時、市長")] == ["いつ"]


def test_readings_that_fit_no_spelling_or_be_nowhere_are_reported(folder: Path) -> None:
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: 受け付けと上町, 回答: ごみ}\n", encoding="utf-8"
    )
    (folder / "readings.yml").write_text(
        "上町: かんまち\n受け付け: うけいれ\nごみ: ごみ\n下町: しもまち\n", encoding="utf-8"
    )
    problems = load_content(folder).problems
    reported = [(one.code, one.place.row) for one in problems if one.code.startswith("reading_")]
    assert reported == [("reading_misfit", 2), ("reading_misfit", 3), ("reading_unused", 4)]
