"""A small city, and edits that its editors and the clock make to it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from faq.model.dates import JST
from faq.model.tokens import TEMPLATES

# The FAQs that answers link to; they are never removed.
LINKED = 3
START = datetime(2026, 11, 21, 9, tzinfo=JST)
WORDS = (
    "粗大ごみ",
    "住民票",
    "水道料金",
    "保育園",
    "印鑑登録",
    "ぶんぶんバス",
    "市営住宅",
    "避難所",
)
SENTENCES = (
    "{word}の手続きは、市民課で受け付けています。",
    "{word}は、平日の8時30分から3日以内に申し込んでください。\n\n- 本人確認の書類\n- 手数料 **300円**",
    "くわしくは[{word}の案内](https://www.city.example.lg.jp/{number}/)か、[こちら](/faq/{number}/)をご覧ください。",
    "| 窓口 | 料金 |\n|---|---:|\n| {word}係 | {number}00円 |",
)


@dataclass
class City:
    """The content as values, and the moment; `write` brings it into a folder."""

    seed: int
    at: datetime = START
    faqs: dict[int, dict[str, Any]] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=lambda: {"kurashi": "くらし", "zei": "税金"})
    departments: dict[str, dict[str, Any]] = field(default_factory=dict)
    site: dict[str, Any] = field(default_factory=dict)
    notices: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 - the same edits each time
        self.site = {"名前": "ためし市よくある質問", "市の名前": "ためし市", "アドレス": "https://faq.example.lg.jp/",
                     "総合案内の担当課": "shimin", "アクセスの記録": "あり"}  # fmt: skip
        self.departments = {
            "shimin": {"名前": "市民課", "電話": "000-0000-0001", "受付時間": ["月-金 8:30-17:15"]},
            "zeimu": {"名前": "税務課", "電話": "000-0000-0002"},
        }
        for number in range(1, 13):
            self.faqs[number] = self.make_faq(number)

    def make_faq(self, number: int) -> dict[str, Any]:
        word = self.dice.choice(WORDS)
        return {
            "番号": str(number),
            "質問": f"{word}について知りたい（その{number}）",
            "回答": self.make_answer(),
            "分野": self.dice.choice([*self.topics]),
            "担当課": self.dice.choice([*self.departments]),
            "キーワード": [word],
            "状態": "承認済み",
            "更新日": f"2026-{self.dice.randrange(1, 11):02}-15",
        }

    def make_answer(self) -> str:
        number = self.dice.randrange(1, LINKED + 1)
        parts = self.dice.sample(SENTENCES, 2)
        return "\n\n".join(p.format(word=self.dice.choice(WORDS), number=number) for p in parts)

    def choose(self) -> dict[str, Any]:
        return self.faqs[self.dice.choice([*self.faqs])]

    def edit(self) -> str:
        """Makes one edit, and names it."""
        edits = [*EDITS]
        edit = self.dice.choice(edits)
        edit(self)
        return edit.__name__

    def write(self, folder: Path) -> None:
        """Writes all files, and removes those that are no more."""
        topics = [{"id": key, "名前": name} for key, name in self.topics.items()]
        departments = [{"id": key, **values} for key, values in self.departments.items()]
        texts = {
            "site.yml": _dump(self.site),
            "categories.yml": _dump({"行政分野": topics}),
            "departments.yml": _dump(departments),
            "faq/all.yml": _dump([*self.faqs.values()]),
            **({"notices.yml": _dump(self.notices)} if self.notices else {}),
            **self.files,
        }
        for path in [path for path in folder.rglob("*") if path.is_file()]:
            if path.relative_to(folder).as_posix() not in texts:
                path.unlink()
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")


def _dump(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


def change_answer(city: City) -> None:
    city.choose()["回答"] = city.make_answer()


def change_question(city: City) -> None:
    faq = city.choose()
    faq["質問"] = f"{city.dice.choice(WORDS)}はどうなりますか（番号{faq['番号']}）"


def change_short_answer(city: City) -> None:
    city.choose()["短い回答"] = f"{city.dice.choice(WORDS)}は市民課です。"


def change_links(city: City) -> None:
    number, *related = city.dice.sample([*city.faqs], 3)
    city.faqs[number]["関連FAQ"] = [str(one) for one in related]


def change_keywords(city: City) -> None:
    city.choose()["キーワード"] = city.dice.sample(WORDS, 2)


def change_topic_of_faq(city: City) -> None:
    city.choose()["分野"] = city.dice.choice([*city.topics])


def change_window(city: City) -> None:
    faq = city.choose()
    start = city.at + timedelta(hours=city.dice.randrange(-48, 48))
    faq["公開開始"] = start.strftime("%Y-%m-%d %H:%M")
    faq["公開終了"] = (start + timedelta(hours=36)).strftime("%Y-%m-%d %H:%M")


def open_window(city: City) -> None:
    faq = city.choose()
    faq.pop("公開開始", None)
    faq.pop("公開終了", None)


def change_status(city: City) -> None:
    faq = city.choose()
    faq["状態"] = "下書き" if faq["状態"] == "承認済み" and len(city.faqs) > 6 else "承認済み"


def change_format(city: City) -> None:
    city.choose()["書式"] = city.dice.choice(["文章", "Markdown"])


def change_end(city: City) -> None:
    """Nothing that citizens see changes with it, but what a rollback goes by."""
    for notice in city.notices:
        notice["公開終了"] = "2030-01-01"


def add_faq(city: City) -> None:
    number = max(city.faqs) + 1
    city.faqs[number] = city.make_faq(number)


def put_faq_first(city: City) -> None:
    number = max(city.faqs) + 1
    city.faqs = {number: city.make_faq(number), **city.faqs}


def remove_faq(city: City) -> None:
    if len(city.faqs) > 8:
        gone = city.dice.choice([number for number in city.faqs if number > LINKED])
        del city.faqs[gone]
        for faq in city.faqs.values():
            faq["関連FAQ"] = [one for one in faq.get("関連FAQ", ()) if one != str(gone)]


def rename_topic(city: City) -> None:
    city.topics[city.dice.choice([*city.topics])] = f"くらしと{city.dice.choice(WORDS)}"


def change_department(city: City) -> None:
    department = city.departments[city.dice.choice([*city.departments])]
    department["電話"] = f"000-0000-{city.dice.randrange(1000, 9999)}"


def change_hours(city: City) -> None:
    hours = [["月-金 8:30-17:15"], ["月-金 9:00-17:00", "土 9:00-12:00"],
             ["月-金 8:30-17:15", "2026-11-25 休み"]]  # fmt: skip
    city.departments["shimin"]["受付時間"] = city.dice.choice(hours)


def rename_department(city: City) -> None:
    city.departments["zeimu"]["名前"] = f"{city.dice.choice(WORDS)}課"


def change_setting(city: City) -> None:
    city.site["説明"] = f"{city.dice.choice(WORDS)}などの質問に答えます。"


def change_name(city: City) -> None:
    city.site["名前"] = f"ためし市{city.dice.choice(WORDS)}FAQ"


def change_address(city: City) -> None:
    city.site["アドレス"] = city.dice.choice(
        ["https://faq.example.lg.jp/", "https://faq.example.lg.jp/faq/"]
    )


def change_styles(city: City) -> None:
    letters = city.dice.randrange(100)
    city.files["styles/own.css"] = f".site-name {{ letter-spacing: 0.{letters:02}em; }}\n"


def change_template(city: City) -> None:
    name = "components/skip-link/skip-link.html"
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    number = city.dice.randrange(100)
    city.files[f"templates/{name}"] = source.replace("#main", f"#main?{number}")


def change_text(city: City) -> None:
    city.files["texts/ja.yml"] = f"answer: {city.dice.choice(WORDS)}の回答\n"


def change_own_word(city: City) -> None:
    city.files["userdict.csv"] = (
        f"言葉,読み\n{city.dice.choice(WORDS)},{city.dice.choice(['ぶんぶん', 'なまえ'])}\n"
    )


def change_reading(city: City) -> None:
    city.files["readings.yml"] = (
        f"住民票: {city.dice.choice(['じゅうみんひょう', 'すみたみひょう'])}\n"
    )


def change_thesaurus(city: City) -> None:
    city.files["thesaurus.yml"] = f"- {city.dice.choice(WORDS)}、べつの{city.dice.choice(WORDS)}\n"


def change_ranking(city: City) -> None:
    rows = "".join(f"  {number}: {city.dice.randrange(900)}\n" for number in city.faqs)
    days = "初日: 2026-10-01\n最終日: 2026-10-31\n"
    city.files["rankings/views.yml"] = f"{days}閲覧数:\n{rows}"


def change_notice(city: City) -> None:
    end = city.at + timedelta(hours=city.dice.randrange(1, 72))
    city.notices = [{
        "題名": f"{city.dice.choice(WORDS)}のお知らせ", "重さ": city.dice.choice(["お知らせ", "重要", "緊急"]),
        "本文": city.make_answer(), "公開終了": end.strftime("%Y-%m-%d %H:%M"),
    }]  # fmt: skip


def remove_notice(city: City) -> None:
    city.notices = []


def move_clock(city: City) -> None:
    city.at += timedelta(minutes=city.dice.choice([1, 60, 60 * 24, 60 * 24 * 12]))


EDITS: tuple[Callable[[City], None], ...] = (
    change_answer, change_question, change_short_answer, change_links, change_keywords,
    change_topic_of_faq, change_window, open_window, change_status, change_format,
    change_end, add_faq, put_faq_first,
    remove_faq, rename_topic, change_department, change_hours, rename_department, change_setting,
    change_name, change_address, change_styles, change_template, change_text, change_own_word, change_reading,
    change_thesaurus, change_ranking, change_notice, remove_notice, move_clock, move_clock,
)  # fmt: skip
