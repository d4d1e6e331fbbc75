"""What is thrown at Shirube: texts, payloads, cells and files, as data and small pure functions.

To add a case, add a line to its table; every test of this folder then runs with it. A payload is a
line of payloads.txt under the heading that names what it attacks (⏎ means a line break).

    SHAPES      one unit again and again, which makes a careless expression slow
    PAYLOADS    texts that ask to become markup, addresses, templates, formulas
    CELLS       what people and other systems really leave in a cell, and what nobody should
    WRONG_YAML  every type of value where another is meant
    FILES       entries of a folder that are not the file their name says
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import product
from pathlib import Path

# Name → what comes before, the unit that is repeated, what comes after.
SHAPES: dict[str, tuple[str, str, str]] = {
    "letters": ("", "a", ""),
    "an address and brackets": ("https://a.example/", ")", ""),
    "an address and full stops": ("https://a.example/", ".", ""),
    "kanji": ("", "漢", ""),
    "one kana": ("", "あ", ""),
    "katakana": ("", "ア", ""),
    "half-width kana": ("", "ｶﾞ", ""),
    "full-width letters": ("", "Ａ", ""),
    "digits": ("", "1", ""),
    "kanji and a kana": ("", "漢字", "の"),
    "kanji digits": ("", "〇", ""),
    "digits and counters": ("", "1日", ""),
    "words": ("", "word ", ""),
    "sentences": ("", "転入届を出します。", ""),
    "punctuation": ("", "。", ""),
    "long vowels": ("", "ー", ""),
    "iteration marks": ("", "々", ""),
    "blanks": ("x", " ", "x"),
    "trailing blanks": ("x", " ", ""),
    "ideographic blanks": ("x", "\u3000", "x"),
    "no-break blanks": ("x", "\u00a0", "x"),
    "tabs": ("x", "\t", "x"),
    "line breaks": ("x", "\n", "x"),
    "line breaks and a mark": ("|", "\n", "x"),
    "blank lines": ("x", " \n", "x"),
    "lines": ("", "x\n", ""),
    "lines with trailing blanks": ("", "x   \n", ""),
    "line and paragraph separators": ("x", "\u2028\u2029", "x"),
    "vertical tabs as escapes": ("", "\\v", ""),
    "dashes": ("", "-", "x"),
    "dashes alone": ("", "-", ""),
    "dashes by line": ("", "-\n", "x"),
    "dashes apart": ("", "- ", "x"),
    "equals signs": ("x\n", "=", ""),
    "stars": ("", "*", ""),
    "kanji in bold": ("", "**漢**", ""),
    "kanji in code": ("", "`漢`", ""),
    "stars and letters": ("", "*a ", ""),
    "open emphasis": ("", "*a_ ", ""),
    "pairs of stars": ("", "**a", ""),
    "underscores": ("", "_", "x"),
    "tildes": ("", "~", ""),
    "backticks": ("", "`", ""),
    "backticks of growing length": ("", "`` ` ", ""),
    "open code": ("", "`a", ""),
    "code fences": ("", "```\n", ""),
    "backslashes": ("", "\\", ""),
    "escaped marks": ("", "\\[", ""),
    "open brackets": ("", "[", ""),
    "closed brackets": ("", "]", ""),
    "pairs of brackets": ("", "[]", ""),
    "nested brackets": ("", "[a", "]"),
    "brackets and parentheses": ("", "[a](", ""),
    "open images": ("", "![", ""),
    "images": ("", "![a](", ""),
    "images in images": ("", "![![", ""),
    "links": ("", "[a](/faq/1/) ", ""),
    "links to nowhere": ("", "[a]( ", ")"),
    "links with blanks": ("[a](", " ", "b)"),
    "links in angle brackets": ("", "[a](<b", ""),
    "addresses": ("", "/faq/1/", ""),
    "addresses in angle brackets": ("", "</faq/1/", ""),
    "references": ("", "[a]: ", ""),
    "references by line": ("", "[a]: b\n", ""),
    "references that are used": ("", "[a][a] ", "\n\n[a]: /faq/1/"),
    "open angle brackets": ("", "<", ""),
    "autolinks": ("", "<a:", ""),
    "comments": ("", "<!--", ""),
    "tags": ("", "<b>", ""),
    "entities": ("", "&amp;", ""),
    "open entities": ("", "&", ""),
    "numbered entities": ("", "&#x110000;", ""),
    "pipes": ("", "|", ""),
    "pipes and blanks": ("", "| ", ""),
    "pipes and dashes": ("a|b\n", "|-", "x"),
    "table rows": ("|a|b|\n|-|-|\n", "|c|d|\n", ""),
    "table columns": ("|a|\n", "|-", "|"),
    "quotes": ("", ">", "x"),
    "quotes apart": ("", "> ", "x"),
    "lists": ("", "- ", "x"),
    "lists by line": ("", "- x\n", ""),
    "numbered lists": ("", "1. ", "x"),
    "numbered lists by line": ("", "1. x\n", ""),
    "lists and quotes": ("", "- > ", "x"),
    "hashes": ("", "#", " x"),
    "headings": ("", "# x\n", ""),
    "headings apart": ("", "# ", "x"),
    "plus signs": ("", "+ ", "x"),
    "digits and parentheses": ("", "1) ", "x"),
    "combining marks": ("か", "\u3099", ""),
    "accents": ("e", "\u0301", ""),
    "zero-width": ("", "\u200b", "x"),
    "word joiners": ("", "\u2060", "x"),
    "byte order marks": ("x", "\ufeff", "x"),
    "joined emoji": ("", "👩\u200d", "👩"),
    "flags": ("", "🇯", ""),
    "variation selectors": ("葛", "\U000e0100", ""),
    "right-to-left marks": ("", "\u200f", "x"),
    "hebrew": ("", "א", ""),
    "arabic": ("", "ﷺ", ""),
    "escapes of surrogates": ("", "\\ud800", ""),
    "braces": ("", "{", ""),
    "quotation marks": ("", '"', ""),
    "apostrophes": ("", "'", ""),
    "brackets of citations": ("", "「", ""),
    "percent signs": ("", "%E3", ""),
    "private use": ("", "\ue000", ""),
    "astral": ("", "𠮷", ""),
    "ligatures that grow": ("", "㍻", ""),
    "the longest compatibility form": ("", "\ufdfa", ""),
}


def make_shape(name: str, length: int) -> str:
    """The shape at that many characters (never more)."""
    head, unit, tail = SHAPES[name]
    return head + unit * ((length - len(head) - len(tail)) // len(unit)) + tail


def read_payloads(text: str) -> dict[str, tuple[str, ...]]:
    """Group → payloads, from the form of payloads.txt."""
    groups: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("== "):
            name = line[3:].partition(":")[0]
        elif line:
            groups.setdefault(name, []).append(line.replace("⏎", "\n"))
    return {name: tuple(lines) for name, lines in groups.items()}


PAYLOADS = read_payloads((Path(__file__).parent / "payloads.txt").read_text(encoding="utf-8"))
ALL_PAYLOADS = tuple(dict.fromkeys(payload for group in PAYLOADS.values() for payload in group))

# What is put in every field, whatever it is for.
CELLS: dict[str, tuple[str, ...]] = {
    "dates": (
        "9999-12-31", "9999-12-31 24:00", "9999/12/31 23:59:59", "0001-01-01", "0000-00-00",
        "0001-01-01T00:00+23:59", "2027-04-01T08:30+99:00", "2027-04-01T08:30+24:00",
        "2027-04-01T08:30-23:59", "2027-04-01T08:30Z", "令和0年1月1日", "令和元年5月1日",
        "令和99年12月31日", "平成31年4月31日", "昭和0年0月0日", "R9.4.1", "明治45年7月30日",
        "2027-02-29", "2028-02-29", "2027-13-01", "2027-04-31", "20270401", "2027年4月",
        "2027-04-01 25:00", "2027-04-01 24:00", "2027-04-01 24:01", "2027-04-01 8時60分",
        "2027/4/1(木) 午後12時", "午後13時", "45000", "45000.99999999", "00000", "99999", "99999.9",
        "100000", "-1", "0", "1e9", "45000.1.1", "1900-02-29", "２０２７−０４−０１", "٢٠٢٧-٠٤-٠١",
        "2199-12-31", "2199-12-31 24:00", "2200-01-01", "1899-12-31", "明日", "2027-04-01 | 2",
    ),
    "ids": (
        "1", "01", "000", "999999", "1000000", "１２３", "1.0", "1e3", "1,000", "a", "ab", "Ab",
        "a_b", "a b", "a/b", "../a", "con", "nul", "com1", "aux", "faq", "index", "-a", "a-",
        "a" * 32, "a" * 33, "⑤", "ⅸ", "x\u200by", "__proto__", "null", "NaN", "undefined",
    ),
    "words": (
        "、、、", ";;;;", "||||", "a、、b", "|", "a |", "| a", "税金、税金", "存在しない分野",
        "承認", "公開", "はい", "いいえ", "はい。", "市民 職員", "市民;職員", "市民|職員", "全員",
    ),
    "phones": (
        "03-0000-0000", "０３（００００）００００", "+81-3-0000-0000", "#7119", "*", "なし", "()",
        "tel:1;ext=2", "0" * 200, "内線1234～5", "電話番号",
    ),
    "hours": (
        "月-金 8:30-17:15", "月-金 8:30-25:00", "月-金 17:15-8:30", "月 0:00-24:00", "月 24:00-24:00",
        "月-金", "毎日 24時間", "毎日 休み", "第6土 休み", "第1・3土 休み", "第土 休み", "祝日 休み",
        "2/30 休み", "2/29 休み", "12/29-1/3 休み", "13/1 休み", "2027-03-28 9:00-12:00",
        "0001-01-01-9999-12-31 休み", "9999-12-31 休み", "2027-03-28-2027-03-01 休み",
        "月-金 8:30-17:15,", "月-金 , ", "月月月月 8:30-9:00", "金-月 8:30-9:00", "曜日 8:30-9:00",
        "月-金 8:30～17:15", "月から金 8:30-17:15", "月-金\t8:30-17:15", "月,火 8:30-9:00",
        "月-金 8:99-9:00", "月-金 ٨:٣٠-١٧:١٥", "月-金 8:30-17:15\n土 休み", "1/1/1/1 休み",
    ),
    "addresses": (
        "https://", "https://a", "https://[", "https://[::1", "https://[::1]/", "https://[x]/",
        "https://a:99999999/", "https://a:b/", "https://user:pass@a/", "http://a/?q=1#2",
        "https://a..b/", "https://-/", "https://☃/", "https://例え.テスト/", "https://a/ b", "HTTPS://A/",
        "ftp://a/", "//a/", "/", "//", "/a/../b", "/a//b", "/%", "/%00", "/faq/1/", "/faq/999/",
        "/faq/../1/", "/faq/1/?a=b#c", "#a", "?a", "a", "mailto:a@b", "mailto:", "tel:", "tel:1",
        "javascript:alert(1)", "data:,x", "https://a/{id}?q={question}", "https://a/{lang}/{url}",
        "https://a/{lang}{url}{x}", "https://{lang}.a/{url}", "{url}{lang}", "x | https://[",
        "x | /faq/1/", "x | javascript:alert(1)", "x | https://a | 9999-12-31", "x | | |", "x ｜ /a",
        "https://a/" + "b" * 3000,
    ),
    "old addresses": (
        "/old/", "old", "/old/index.html", "old.html", "/faq/1", "/faq/99999", "/faq", "/index.html",
        "/.htaccess", "/_redirects", "/CNAME", "/web.config", "/con/x", "/aux.html", "/a.", "/a./b",
        "/a/..", "/a?b=1", "/a%20b", "/ruby.json", "/x.ruby.json", "/sitemap-9.xml", "/en/x", "/EN",
        "/foo\n/foo/index.html", "/a.b\n/a.b/c", "/Foo\n/foo", "/" + "a" * 149, "/" + "a" * 300,
        "/" + "a/" * 140, "/日本", "~", "/-", "/search/x", "/assets/x", "/api", "/feed.xml",
    ),
    "languages": ("en", "EN", "zh-hant", "xx", "ja", "english", "e", "en-", "en_US", "zh-CN、ko"),
    "numbers": ("3", "3.5", "-3", "1,200", "１２００", "999999999", "9999999999", "٣", "²", "三", "1 200"),
    "choices": ("緊急", "重要", "すべてのページ", "自動", "まとめて", "分けて", "true", "FALSE", "yes"),
    "kana": ("よみ", "ヨミ", "ﾖﾐ", "読み", "よ み", "ー", "ゝ", "ヷ", "ん゙", "か\u3099"),
    "Excel": (
        "'1", "''1", "'=1+1", "=1+1", "+1", "-1", "@a", "\t=1+1", "＝1+1", "_x000D_", "a_x000D_\nb",
        "a_x000d_b", "_x0041_", "#REF!", "#N/A", "#VALUE!", "#####", "1E+05", "TRUE", "4月1日",
        "Apr-27", "=HYPERLINK(\"x\")", "DDE", '"', '""', '"a""b"', ",", ",,,", "a,", "a\n", "\na",
    ),
    "invisible": (
        " ", "\u3000", "\u00a0", "\u200b", "\u200b\u200b", "\u2060", "\ufeff", "a\ufeffb", "\u00ad",
        "\u200e", "\u200fa", "\u202ea", "\u2066a", "\x00", "a\x00b", "\x07", "\x1b[2Ja", "\x7f",
        "\x85", "\u2028", "a\u2029b", "\x0b", "\x0c", "\r", "\ufffe", "\uffff", "\ufffd", "\ue000",
        "\U000f0000", "\U0010ffff", "\U000e0001", "\U000e0100",
    ),
    "letters": (
        "髙﨑", "葛\U000e0100", "𠮷", "㍻", "㈱", "①", "Ⅲ", "ｱｲｳ", "〜～", "−－", "‖∥", "¥\\", "ﷺ", "é",
        "e\u0301", "👨\u200d👩\u200d👧", "🇯🇵", "שלום", "مرحبا", "ไทย", "Zalgo" + "\u0335" * 50,
    ),
    "formats": (
        "{", "}", "{}", "{0}", "{value}", "{value.__class__}", "{:>999999999}", "%s", "%", "$1", "\\1",
        "\\g<0>", "\\", "\\n", "\\ud800", "null", "~", "[]", "{a: b}", "- a", "a: b", "# a", "---",
        "...", "&a", "*a", "!!python/object:os.system x", "|", ">", "@", "`", "::error::x",
    ),
    "huge": ("あ" * 32_767, "あ" * 40_000, "a、" * 5_000, "a | /b\n" * 2_000, "{" * 20_000),
}  # fmt: skip
ALL_CELLS = tuple(dict.fromkeys(cell for group in CELLS.values() for cell in group))

_LEAVES = ("", "~", "true", "1", "2027-04-01", "文字", '""', "[]", "{}", "!!binary aGVsbG8=")
_FRAMES = ("{0}", "- {0}", "- - {0}", "a: {0}", "- a: {0}", "? [{0}]\n: {0}")
WRONG_YAML = tuple(frame.format(leaf) for frame, leaf in product(_FRAMES, _LEAVES))

# Values of YAML where a cell of a table could only hold a text.
WRONG_VALUES = ("[]", "{}", "[a, b]", "[[a], [b]]", "[{a: b}]", "{a: b}", "{a: [b]}", "{{a: b}: c}",
                "[~]", "{a: ~}", "!!null x", "!x y", "|\n  a\n  b\n")  # fmt: skip


def _write(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def _link(target: str) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(target)


def _bomb() -> str:
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    return "\n".join(["a0: &a0 [x, x]", *rows]) + "\n"


# Name → a function that makes the entry at a path where nothing is.
FILES: dict[str, Callable[[Path], object]] = {
    "a link to a file": _link("/etc/hostname"),
    "a link to a folder": _link("/etc"),
    "a link to a device": _link("/dev/zero"),
    "a link to nothing": _link("nothing"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a pipe": os.mkfifo,
    "a folder": lambda path: path.mkdir(),
    "a folder of folders": lambda path: (path / "a" / "b").mkdir(parents=True),
    "an empty file": _write(b""),
    "blank lines": _write(b"\n\n \n"),
    "a mark of order alone": _write(b"\xef\xbb\xbf"),
    "two marks of order": _write("\ufeff\ufeff番号,質問,回答\n".encode()),
    "a NUL": _write(b"\x00"),
    "NULs in a table": _write("番号,質問,回答\n1,\x00,\x00\n".encode()),
    "UTF-16": _write("番号,質問,回答\n1,い,ろ\n".encode("utf-16")),
    "UTF-16 without a mark": _write("番号,質問,回答\n1,い,ろ\n".encode("utf-16-le")),
    "UTF-32": _write("番号,質問,回答\n1,い,ろ\n".encode("utf-32")),
    "EUC-JP": _write("番号,質問,回答\n1,税金,税務課\n".encode("euc_jp")),
    "ISO-2022-JP": _write("番号,質問,回答\n1,税金,税務課\n".encode("iso2022_jp")),
    "bytes of no encoding": _write(bytes(range(128, 256))),
    "a surrogate in bytes": _write(b"\xed\xa0\x80: 1\n"),
    "an Excel book": _write(b"PK\x03\x04" + bytes(64)),
    "an old Excel book": _write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)),
    "an image": _write(b"\x89PNG\r\n\x1a\n" + bytes(64)),
    "a page": _write(b"<!doctype html><title>404</title><p>Not found\n"),
    "one long line": _write("あ".encode() * 400_000),
    "one quotation mark": _write(b'"'),
    "a quote that never ends": _write('番号,質問,回答\n1,"い,ろ\n2,は,に\n'.encode()),
    "a table of commas": _write(b",,,\n,,,\n"),
    "a header alone": _write("番号,質問,回答\n".encode()),
    "old line ends": _write("番号,質問,回答\r1,い,ろ\r".encode()),
    "many columns": _write((",".join(f"a{n}" for n in range(1_000)) + "\n").encode()),
    "YAML: lists in lists": _write(b"- " * 50_000 + b"a"),
    "YAML: brackets": _write(b"[" * 100_000),
    "YAML: records in records": _write(b"{a: " * 50_000),
    "YAML: keys in keys": _write(b"? " * 50_000),
    "YAML: aliases of aliases": _write(_bomb().encode()),
    "YAML: an alias of itself": _write(b"&a [*a]\n"),
    "YAML: a merge": _write(b"a: &a {b: c}\nd:\n  <<: *a\n"),
    "YAML: a tag of Python": _write(b"!!python/object/apply:os.system [id]\n"),
    "YAML: an unknown version": _write(b"%YAML 9.9\n---\na: b\n"),
    "YAML: tabs": _write(b"a:\n\t- b\n"),
    "YAML: documents": _write(b"---\na: b\n---\n- c\n---\nd\n...\n"),
    "YAML: a key twice": _write(b"a: b\na: c\n"),
    "YAML: an empty key": _write(b'"": b\n'),
    "YAML: a long key": _write(b"? " + b"k" * 5_000 + b"\n: b\n"),
    "YAML: a surrogate": _write(b'a: "\\uD800"\n'),
    "YAML: controls": _write(b'a: "\\0\\a\\e[2J"\n'),
    "YAML: a raw control": _write("名前: a\n説明: x\x7fy\n".encode()),
    "JSON: deep": _write(b'{"a":' * 20_000),
    "JSON: not a number": _write(b'{"fields": NaN}'),
}
