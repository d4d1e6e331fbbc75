"""What search engines read of an FAQ page, as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Callable

from faq.model.content import Faq, Translation
from faq.pages.page import Page


def encode_structured_data(
    page: Page, asked: Faq | Translation, *, language: str, absolute: Callable[[str], str]
) -> str:
    """Question, answer and trail. `<` is escaped: a script element cannot end within it."""
    trail = [
        {"@type": "ListItem", "position": n, "name": name, "item": absolute(address)}
        for n, (name, address) in enumerate((*page.trail, (asked.question, page.address)), 1)
    ]
    answer = {"@type": "Answer", "text": asked.answer.words}
    entity = {"@type": "Question", "name": asked.question, "acceptedAnswer": answer}
    graph = [
        {"@type": "FAQPage", "inLanguage": language, "mainEntity": [entity]},
        {"@type": "BreadcrumbList", "itemListElement": trail},
    ]
    data = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text
