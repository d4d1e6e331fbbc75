"""check --fix-names: writes the names that FAQs use and no list has into the lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from commands.exchange import write_whole
from faq.exchange.append import AppendError, append_records
from faq.exchange.names import NameList, NewName, find_new_names
from faq.model.problem import CellError, CommandError
from faq.read.files import read_file
from faq.start.ids import make_id
from faq.texts import EDITOR_TEXTS
from pipeline.load import load_content
from terminal.interface import ask, print_text

# What an id begins with where a name's reading gives no letter.
SPARE = {"topics": "bunya", "life_events": "event", "departments": "ka"}


def fix_names(folder: Path, *, yes: bool) -> None:
    """Shows what is missing in the lists, asks unless `yes`, and writes it; never what is in doubt.

    Raises `CommandError` where a file cannot be added to, before any is written.
    """
    loaded = load_content(folder)
    read_words = loaded.analyzer.read_words

    def make(name: str, used: Collection[str], kind: str) -> str:
        return make_id(name, read_words=read_words, used=used, spare=SPARE[kind])

    found = find_new_names(loaded.problems, loaded.content, make_id=make)
    for item, names in found.items():
        _show(item, names)
    sure = {item: [one for one in names if not one.doubt] for item, names in found.items()}
    files = _write_files(folder, {item: names for item, names in sure.items() if names})
    if not files:
        print_text("fix_nothing")
    elif yes or ask("fix_ask"):
        for path, data in files.items():
            write_whole(path, data)
        count = sum(map(len, sure.values()))
        print_text("fixed", count=count, files="、".join(path.name for path in files))
    else:
        print_text("fix_declined")


def _show(item: NameList, names: Iterable[NewName]) -> None:
    """What will be written, and what is not and why, each with its line ready to be copied."""
    label = EDITOR_TEXTS["name_lists"][item.items]
    sure = [one for one in names if not one.doubt]
    doubtful = [one for one in names if one.doubt]
    if sure:
        print_text("fix_heading", file=item.file, label=label, count=len(sure))
    for one in sure:
        print_text("fix_name", id=one.id, name=one.name, count=one.count)
    if doubtful:
        print_text("fix_doubtful", file=item.file, label=label, count=len(doubtful))
    for one in doubtful:
        why = EDITOR_TEXTS["doubts"][one.doubt].format(near=one.near)
        print_text("fix_doubt", id=one.id, name=one.name, count=one.count, why=why)


def _write_files(folder: Path, found: dict[NameList, list[NewName]]) -> dict[Path, bytes]:
    """The files with the names, not written yet."""
    files: dict[Path, bytes] = {}
    for item, names in found.items():
        path = folder / item.file
        records = [{"id": one.id, "名前": one.name} for one in names]
        try:
            data = files.get(path) or (read_file(path) if path.exists() else b"")
            files[path] = append_records(data, records, keys=item.keys)
        except AppendError:
            raise CommandError("fix_impossible", file=item.file) from None
        except CellError as error:
            reason = EDITOR_TEXTS["problems"][error.code].format(**error.values)
            raise CommandError("fix_unreadable", file=item.file, reason=reason) from None
    return files
