"""A small but complete content folder, and what may happen to a file of it: bytes in, bytes out.

`make_case(number, files)` is the same for the same number; a failing test names it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from shutil import copytree

from search.parameters import DEFAULT_FILE
from tests.conftest import GOLDEN
from tests.hostile.corpus import ALL_CELLS, ALL_PAYLOADS, SHAPES, WRONG_YAML, make_shape

SEED = "shirube"
USER_WORDS = "userdict.csv"
# What the golden content lacks.
MORE_FILES: Mapping[str, str] = {
    USER_WORDS: "言葉,読み\nためし市,ためしし\nためしの湯,ためしのゆ\n",
    "readings.yml": "転出: てんしゅつ\n粗大: そだい\n市外へ:\n",
    "search-tests.yml": "- {質問: 引っ越し, 番号: [101, 102], 種類: 単語}\n- {質問: たんす, 番号: 104, 以内: 1, 未達: はい}\n",
    "faq/d.tsv": "番号\t質問\t回答\t状態\t質問[en]\t回答[en]\n201\t図はありますか\t![図](a/b.jpg) ![絵](c.gif) ![写真](d.webp)\t承認済み\tIs it?\tIt is.\n",
    "faq/e.yaml": "番号: 202\n質問: 一つだけのファイルですか\n回答: はい。\n状態: 承認済み\n旧アドレス: old/202\n---\n番号: 203\n質問: 二つ目ですか\n回答: '[はい](/faq/202/)'\n",
    "pages/help.md": "---\n題名: 使い方\n公開終了: 2028-01-01\n---\n# 見出し\n\n本文\n",
}  # fmt: skip
IMAGES = {
    "images/a/b.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(32),
    "images/c.gif": b"GIF89a" + bytes(32),
    "images/d.webp": b"RIFF\x1a\0\0\0WEBPVP8L" + bytes(16),
}

Mutation = Callable[[Random, bytes], bytes]


@dataclass(frozen=True)
class Case:
    """One file as it has become; `title` says which, and what was done to it."""

    path: str
    data: bytes
    title: str


def write_content(folder: Path) -> dict[str, bytes]:
    """Writes the folder and returns its files by path; all of it can be built."""
    copytree(GOLDEN / "content", folder)
    for name, data in {
        **{name: text.encode() for name, text in MORE_FILES.items()},
        **IMAGES,
        "search-parameters.json": DEFAULT_FILE.read_bytes(),
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def make_case(number: int, files: Mapping[str, bytes]) -> Case:
    """The case of that number: the files take turns, chance does the rest."""
    random = Random(f"{SEED} {number}")  # noqa: S311 - not for secrets
    path = list(files)[number % len(files)]
    names = random.choices([*MUTATIONS, "take another file"], k=random.choice([1, 1, 2, 3]))
    data = files[path]
    for name in names:
        if name in MUTATIONS:
            data = MUTATIONS[name](random, data)
        else:
            data = files[random.choice(list(files))]
    return Case(path, data, f"case {number}: {path}: {', '.join(names)}")


def _flip(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.randint(1, 4) if data else 0):
        changed[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _insert(random: Random, data: bytes) -> bytes:
    return _put(random, data, random.randbytes(random.randint(1, 6)))


def _insert_mark(random: Random, data: bytes) -> bytes:
    return _put(random, data, random.choice([b"\0", b"\n", b"\r", b'"', b",", b": ", b"\t", b"- ", b"\xef\xbb\xbf", b"{", b"]", b"|", b"#", b"&a ", b"\xff"]))  # fmt: skip


def _insert_text(random: Random, data: bytes) -> bytes:
    name = random.choice(list(SHAPES))
    texts = (random.choice(ALL_CELLS), random.choice(ALL_PAYLOADS), make_shape(name, 200))
    return _put(random, data, random.choice(texts).encode("utf-8", "surrogatepass"))


def _delete(random: Random, data: bytes) -> bytes:
    start = random.randint(0, len(data))
    return data[:start] + data[start + random.randint(1, 12) :]


def _truncate(random: Random, data: bytes) -> bytes:
    return data[: random.randint(0, len(data))]


def _repeat_line(random: Random, data: bytes) -> bytes:
    return _change_lines(data, lambda lines: lines.insert(random.randint(0, len(lines)), random.choice(lines)))  # fmt: skip


def _drop_line(random: Random, data: bytes) -> bytes:
    return _change_lines(data, lambda lines: lines.remove(random.choice(lines)))


def _swap_lines(random: Random, data: bytes) -> bytes:
    return _change_lines(data, random.shuffle if random.random() < 0.2 else _make_swap(random))


def _swap_cells(random: Random, data: bytes) -> bytes:
    mark = random.choice([mark for mark in (b",", b": ", b"\t", b" | ") if mark in data] or [b"\n"])
    cells = data.split(mark)
    _make_swap(random)(cells)
    return mark.join(cells)


def _replace_value(random: Random, data: bytes) -> bytes:
    """What comes after a colon or a comma becomes another type."""

    def change(lines: list[bytes]) -> None:
        number = random.randrange(len(lines))
        head = lines[number].partition(b": ")
        lines[number] = head[0] + head[1] + random.choice(WRONG_YAML).split("\n")[0].encode()

    return _change_lines(data, change)


def _encode(random: Random, data: bytes) -> bytes:
    text = data.decode(random.choice(["utf-8", "cp932"]), "replace")
    names = ["utf-16", "utf-8-sig", "cp932", "euc_jp", "utf-32-le", "iso2022_jp", "utf-7"]
    return text.encode(random.choice(names), "replace")


def _repeat(random: Random, data: bytes) -> bytes:
    return data * random.randint(2, 30)


def _end_lines(random: Random, data: bytes) -> bytes:
    return data.replace(b"\n", random.choice([b"\r\n", b"\r", b"\n\n", b"\n\r", b" \n"]))


def _put(random: Random, data: bytes, more: bytes) -> bytes:
    place = random.randint(0, len(data))
    return data[:place] + more + data[place:]


def _make_swap(random: Random) -> Callable[[list[bytes]], None]:
    def swap(items: list[bytes]) -> None:
        one, other = (random.randrange(len(items)) for _ in range(2))
        items[one], items[other] = items[other], items[one]

    return swap


def _change_lines(data: bytes, change: Callable[[list[bytes]], object]) -> bytes:
    lines = data.split(b"\n")
    change(lines)
    return b"\n".join(lines)


MUTATIONS: dict[str, Mutation] = {
    "flip bits": _flip,
    "insert bytes": _insert,
    "insert a mark": _insert_mark,
    "insert a text of the corpus": _insert_text,
    "delete bytes": _delete,
    "truncate": _truncate,
    "repeat a line": _repeat_line,
    "drop a line": _drop_line,
    "swap lines": _swap_lines,
    "swap cells": _swap_cells,
    "replace a value": _replace_value,
    "change the encoding": _encode,
    "repeat all": _repeat,
    "change the line ends": _end_lines,
    "empty": lambda _random, _data: b"",
}
