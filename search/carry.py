"""The release before → the excerpt files of it that stay for pages that are open."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

_NAME = re.compile(r"excerpts-\d+-[0-9a-f]{12}\.json")


def carry_excerpts(folder: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The excerpt files of the index in `folder` whose every row is in the new index (`files`) too.

    An open page holds the index it was opened with and asks for its excerpts; with them it need
    not load the new index. A file with one row that is public no longer, because its FAQ has ended
    or was changed, is left behind whole. Only files that the manifest names are looked at, so that
    each stays for one release. Nothing is carried where there is no index of the compact store.
    """
    try:
        named = json.loads((folder / "index.json").read_bytes())["parts"].values()
        found = {
            name: (folder / name).read_bytes()
            for name in named
            if _NAME.fullmatch(name) and name not in files
        }
        shown = _collect_rows(data for name, data in files.items() if _NAME.fullmatch(name))
        return {name: data for name, data in found.items() if _collect_rows([data]) <= shown}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # no release before, or not one of this program


def _collect_rows(files: Iterable[bytes]) -> set[tuple[str, ...]]:
    return {tuple(row) for data in files for row in json.loads(data)}
