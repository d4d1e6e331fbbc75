"""A Hugo site with the pages of FAQs that Shirube has: the peer of `bench.build`.

It has no search, no furigana, no index by reading, no feeds and no JSON.
"""

from __future__ import annotations

import json
from pathlib import Path

from faq.model.content import Faq

HUGO_CONFIG = """\
baseURL = "https://faq.example.lg.jp/"
languageCode = "ja"
title = "計測用のサイト"
disableKinds = ["RSS"]
[taxonomies]
field = "fields"
department = "departments"
[pagination]
pagerSize = 50
"""
HUGO_BASE = """\
<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"><link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/site.css"></head><body><a href="#main">本文へ移動</a>
<header><a href="/">{{ .Site.Title }}</a><nav><ul><li><a href="/fields/">分野から探す</a></li>
<li><a href="/departments/">担当課から探す</a></li><li><a href="/faq/">すべて</a></li></ul></nav></header>
<main id="main"><nav><ol><li><a href="/">ホーム</a></li>{{ range .Ancestors.Reverse }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ol></nav>
{{ block "main" . }}{{ end }}</main>
<footer><p>電話 000-0000-0000</p><ul><li><a href="/licenses.txt">ライセンス</a></li></ul></footer>
</body></html>
"""
HUGO_SINGLE = """\
{{ define "main" }}<article><p>質問番号 {{ .Params.number }}</p><h1>{{ .Title }}</h1>
<section><h2>回答</h2><div class="prose">{{ .Content }}</div></section>
<section><h2>担当課</h2>{{ range .Params.departments }}
<div><h3><a href="/departments/{{ . }}/">{{ . }}</a></h3><p><a href="tel:00000000000">000-0000-0000</a></p>
<dl><dt>受付時間</dt><dd>月曜日〜金曜日 8時30分〜17時15分</dd></dl></div>{{ end }}</section>
<section><h2>お問い合わせ</h2><a href="https://www.city.example.lg.jp/?faq={{ .Params.number }}">フォーム</a></section>
<dl><dt>更新日</dt><dd>{{ .Date.Format "2006-01-02" }}</dd><dt>分野</dt><dd>{{ range .Params.fields }}
<a href="/fields/{{ . }}/">{{ . }}</a>{{ end }}</dd></dl></article>{{ end }}
"""
HUGO_LIST = """\
{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range (.Paginate .Pages).Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
{{ with .Paginator }}<nav>{{ if .HasPrev }}<a href="{{ .Prev.URL }}">前</a>{{ end }}
{{ if .HasNext }}<a href="{{ .Next.URL }}">次</a>{{ end }}</nav>{{ end }}{{ end }}
"""


def write_hugo_site(folder: Path, faqs: list[Faq]) -> None:
    """Writes a Hugo site: the FAQs as Markdown files, and layouts for comparable pages."""
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (folder / "content" / "faq").mkdir(parents=True)
    (folder / "hugo.toml").write_text(HUGO_CONFIG, encoding="utf-8")
    for name, text in (("baseof", HUGO_BASE), ("single", HUGO_SINGLE), ("list", HUGO_LIST)):
        (layouts / f"{name}.html").write_text(text, encoding="utf-8")
    for faq in faqs:
        front = {
            "title": faq.question,
            "description": faq.short_answer,
            "number": faq.id,
            "date": faq.updated.isoformat() if faq.updated else "",
            "fields": list(faq.categories),
            "departments": list(faq.departments),
        }
        text = json.dumps(front, ensure_ascii=False) + "\n\n" + faq.answer + "\n"
        (folder / "content" / "faq" / f"{faq.id}.md").write_text(text, encoding="utf-8")
