"""The previous release → those of its excerpt files that are kept for open pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

_NAME = re.compile(r"excerpts-\d+-[0-9a-f]{12}\.json")


def carry_excerpts(folder: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The excerpt files of the index in `folder` of which every row is in the new index, `files`.

    An open page keeps the index it was opened with and requests its excerpts; as long as it gets
    them it need not load the new index. A file is dropped where one of its rows is no longer
    public, because its FAQ has ended or was changed. Only files that the old manifest names are
    considered, so that each is kept for one release. Without an old index of the compact store the
    result is empty.
    """
    try:
        named = json.loads((folder / "index.json").read_bytes())["parts"].values()
        found = {
            name: (folder / name).read_bytes()
            for name in named
            if _NAME.fullmatch(name) and name not in files
        }
        if not found:
            return {}
        shown = _collect_rows(data for name, data in files.items() if _NAME.fullmatch(name))
        return {name: data for name, data in found.items() if _collect_rows([data]) <= shown}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # no previous release, or none of this program


def _collect_rows(files: Iterable[bytes]) -> set[tuple[str, ...]]:
    return {tuple(row) for data in files for row in json.loads(data)}
