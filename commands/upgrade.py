"""upgrade-content: rewrites a city's folder in the format that this program reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from commands.exchange import write_whole
from faq.model.content_format import CONTENT_FORMAT, check_format
from faq.model.problem import CommandError, ContentError, select_errors
from faq.read.files import list_files, read_file, resolve_path
from faq.read.records import Loader
from faq.read.settings import read_site
from terminal.interface import print_text

SITE = "site.yml"
# Path below the folder → bytes.
Files = Mapping[str, bytes]
# Takes every file of the folder, and returns those that change.
Step = Callable[[Files], Files]

# The step that leads from a format to the next one; a format without a step has none after it.
STEPS: Mapping[int, Step] = {}
_FORMAT_LINE = re.compile(r"^(形式|format_version)[ \t]*:[^\r\n]*", re.MULTILINE)


def upgrade_content(
    folder: Path, *, steps: Mapping[int, Step] = STEPS, current: int = CONTENT_FORMAT
) -> int:
    """Brings a content folder to the `current` format and names the files that changed; 0.

    All steps are taken before the first file is written. Raises `ContentError` for files that may
    not be read, `CommandError` for a folder without settings or of a format still to come.
    """
    folder = resolve_path(folder)
    paths, problems = list_files(folder)
    loader = Loader(folder, paths)
    before = read_site(loader).format_version
    if folder / SITE not in paths:
        raise CommandError("upgrade_no_site", content=folder)
    if errors := select_errors(problems):
        raise ContentError(errors)
    if before == current:
        print_text("upgrade_none", content=folder, current=current)
        return 0
    if check_format(before) == "format_unknown":
        raise CommandError("upgrade_unknown", content=folder, before=before, current=current)
    files = {path.relative_to(folder).as_posix(): read_file(path) for path in paths}
    changed: dict[str, bytes] = {}
    for version in range(before, current):
        changed |= steps[version](files | changed)
    # Last, so that a folder that could be written only in part is still of its old format.
    site = set_format(changed.pop(SITE, files[SITE]), current)
    for name, data in (*sorted(changed.items()), (SITE, site)):
        write_whole(folder / name, data)
    names = "、".join((*sorted(changed), SITE))
    print_text("upgraded", content=folder, before=before, current=current, names=names)
    return 0


def set_format(site: bytes, version: int) -> bytes:
    """The settings file with that format version; all else stays as it is written."""
    try:
        encoding, text = "utf-8", site.decode("utf-8")
    except UnicodeDecodeError:
        encoding, text = "cp932", site.decode("cp932")
    line = f"形式: {version}"
    if _FORMAT_LINE.search(text):
        text = _FORMAT_LINE.sub(line, text, count=1)
    else:
        text = f"{text.rstrip()}\n{line}\n"
    return text.encode(encoding)
