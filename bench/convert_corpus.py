"""A retrieval benchmark's corpus.json (id → "Question: …\\nAnswer: …") → a content folder.

Usage: python -m bench.convert_corpus CORPUS.json FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from faq.exchange.write import write_csv
from faq.markup.text import MarkupText
from faq.model.choices import Status
from faq.model.content import Faq

SITE = "名前: コーパス\n市の名前: 市\nアドレス: https://faq.example.lg.jp/\n見本: はい\n"


def convert_corpus(corpus: dict[str, str]) -> list[Faq]:
    """One approved FAQ for each entry; numbers start at 1, as ids may not be 0."""
    faqs = []
    for number, text in enumerate(corpus.values(), start=1):
        question, _, answer = text.partition("\nAnswer:")
        faqs.append(
            Faq(
                id=str(number),
                question=" ".join(question.removeprefix("Question:").split()),
                answer=MarkupText(answer.strip().replace("。", "。\n")),
                status=Status.APPROVED,
            )
        )
    return faqs


def main(corpus_path: Path, folder: Path) -> None:
    """Writes the content folder."""
    corpus = json.loads(corpus_path.read_text(encoding="utf-8"))
    (folder / "faq").mkdir(parents=True, exist_ok=True)
    (folder / "site.yml").write_text(SITE, encoding="utf-8")
    text = write_csv(convert_corpus(corpus))
    (folder / "faq" / "corpus.csv").write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
