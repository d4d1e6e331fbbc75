"""The first files of a city's folder, and how they are put in their place all at once."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

STARTER = Path(__file__).parent.parent.parent / "starter"
# What lies under another name in the program's own folder, where it would be obeyed.
_MOVED = {"gitignore": ".gitignore", "workflows": ".github/workflows"}


def read_starter(values: Mapping[str, str]) -> dict[str, bytes]:
    """Path → bytes of what every city begins with; `{{key}}` has become its value."""
    files = {}
    for path in sorted(STARTER.rglob("*")):
        if path.is_file():
            top, *rest = path.relative_to(STARTER).parts
            name = "/".join((_MOVED.get(top, top), *rest))
            data = path.read_bytes()
            for key, value in values.items():
                data = data.replace(b"{{%s}}" % key.encode(), value.encode())
            files[name] = data
    return files


def is_free(folder: Path) -> bool:
    """Whether a folder may be begun there: there is nothing, or an empty folder."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes all files, path → bytes, into a free folder; all of them, or none."""
    folder = folder.absolute()
    aside = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        for name, data in files.items():
            path = aside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if folder.exists():  # somebody may stand in it: it stays the same folder
            for path in aside.iterdir():
                path.rename(folder / path.name)
            aside.rmdir()
        else:
            aside.rename(folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
