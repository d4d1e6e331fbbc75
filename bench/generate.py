"""A generated content folder of any size; the same seed gives the same content."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from faq.exchange.write import write_csv
from faq.markup.text import MarkupText
from faq.model.choices import Status
from faq.model.content import Faq
from faq.model.links import Link

FIELDS, CHILDREN, DEPARTMENTS = 12, 3, 20
TOPICS = ["住民票", "国民健康保険", "児童手当", "粗大ごみ", "介護保険", "水道料金", "保育園", "市民税",
          "予防接種", "図書館", "避難所", "市営住宅", "選挙", "印鑑登録", "年金", "障害者手帳"]  # fmt: skip
VERBS = ["申請", "変更", "再発行", "解約", "予約", "減額", "届出", "相談"]
PLACES = ["市民課", "北部支所", "南部支所", "駅前プラザ", "保健センター", "本庁舎1階"]
SENTENCES = [
    "{topic}の{verb}は、{place}で受け付けています。",
    "受付は平日の{hour}時から17時までで、{minute}分ほどかかります。",
    "{days}日以内に手続きをしてください。過ぎた場合も、まずは{place}へご相談ください。",
    "手数料は{fee}円です。現金のほか、カードでも支払えます。",
    "代理の人が来るときは、本人が書いた委任状と、代理の人の本人確認書類が必要です。",
    "郵送での{verb}もできます。届くまで{days}日ほどみてください。",
    "詳しい条件は[{topic}の案内](https://www.city.example.lg.jp/{fee}/)をご覧ください。",
]
SITE = "名前: 計測用のサイト\n市の名前: 計測市\nアドレス: https://faq.example.lg.jp/\n見本: はい\n"


def generate_faqs(count: int, *, seed: int = 1) -> list[Faq]:
    """Approved FAQs with answers of about 400 characters, with lists, tables and links."""
    dice = random.Random(seed)
    return [_generate_faq(number, dice) for number in range(1, count + 1)]


def _generate_faq(number: int, dice: random.Random) -> Faq:
    topic, verb = dice.choice(TOPICS), dice.choice(VERBS)
    field = dice.randrange(FIELDS * CHILDREN)
    return Faq(
        id=str(number),
        question=f"{topic}の{verb}について、{dice.choice(PLACES)}での手続き（その{number}）を知りたい",
        answer=MarkupText(_generate_answer(topic, verb, dice)),
        short_answer=f"{topic}の{verb}は{dice.choice(PLACES)}で受け付けます。",
        categories=(f"c{field // CHILDREN}-{field % CHILDREN}",),
        departments=(f"d{dice.randrange(DEPARTMENTS)}",),
        keywords=(topic, verb),
        links=(Link(f"{topic}の予約", "https://www.city.example.lg.jp/yoyaku/"),),
        status=Status.APPROVED,
        updated=date(2026, 4, 1) + timedelta(days=dice.randrange(200)),
    )


def _generate_answer(topic: str, verb: str, dice: random.Random) -> str:
    def say() -> str:
        return dice.choice(SENTENCES).format(
            topic=topic, verb=verb, place=dice.choice(PLACES), hour=dice.randrange(8, 11),
            minute=dice.randrange(10, 60), days=dice.randrange(5, 30), fee=dice.randrange(1, 30) * 50,
        )  # fmt: skip

    parts = ["".join(say() for _ in range(3)), "".join(say() for _ in range(2))]
    parts.append("\n".join(f"- **{place}** {say()}" for place in dice.sample(PLACES, 3)))
    if dice.random() < 0.3:
        rows = "\n".join(f"| {place} | {dice.randrange(1, 20) * 50}円 |" for place in PLACES[:4])
        parts.append(f"| 場所 | 料金 |\n|---|---:|\n{rows}")
    return "\n\n".join(parts)


def write_content(folder: Path, faqs: list[Faq]) -> None:
    """Writes the FAQs as one CSV, and the categories and departments they refer to."""
    (folder / "faq").mkdir(parents=True)
    (folder / "site.yml").write_text(SITE, encoding="utf-8")
    fields = "".join(
        f"  - id: c{f}\n    名前: 分野{f}\n    下位:\n"
        + "".join(f"      - {{id: c{f}-{c}, 名前: 分野{f}の{c}}}\n" for c in range(CHILDREN))
        for f in range(FIELDS)
    )
    (folder / "categories.yml").write_text(f"行政分野:\n{fields}", encoding="utf-8")
    departments = "".join(
        f"- {{id: d{d}, 名前: 担当{d}課, 電話: 000-0000-0000, 受付時間: [月-金 8:30-17:15]}}\n"
        for d in range(DEPARTMENTS)
    )
    (folder / "departments.yml").write_text(departments, encoding="utf-8")
    (folder / "faq" / "all.csv").write_text(write_csv(faqs), encoding="utf-8", newline="")
