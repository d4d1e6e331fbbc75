"""The pictures that site.yml names: found in content/images/, whole, harmless, not too large."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from faq.model.content import Origin
from faq.model.look import Picture
from faq.model.near import hint_name
from faq.model.problem import CellError, Place, Problem, make_error, make_warning
from faq.read.files import read_file
from faq.read.raster import measure_jpeg, measure_png
from faq.read.records import Loader
from faq.read.svg import measure_svg

KILOBYTE = 1000
_MEASURES: dict[str, Callable[[bytes], tuple[int, int]]] = {
    ".svg": measure_svg, ".png": measure_png, ".jpg": measure_jpeg, ".jpeg": measure_jpeg,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Role:
    """A picture's part on the site: its name there, its suffixes, the most kilobytes, its size."""

    name: str
    suffixes: tuple[str, ...]
    limit: int
    size: tuple[int, int] | None = None


# By the field of `Site`. Every page loads a logo, so it must be light.
ROLES = {
    "logo": Role("logo", (".svg", ".png"), 100),
    "favicon": Role("favicon", (".svg", ".png"), 50),
    "share_image": Role("share", (".png", ".jpg", ".jpeg"), 1000, (1200, 630)),
    "character": Role("character", (".svg", ".png"), 200),
}


def read_pictures(loader: Loader, values: dict[str, Any], origin: Origin) -> dict[str, Picture]:
    """A picture for each of the site's values that names one; what is wrong becomes a problem."""
    pictures = {}
    for field, role in ROLES.items():
        if not (named := values.get(field)):
            continue
        file, text, row = named
        place = replace(origin.locate(field), row=row)
        path = loader.folder / "images" / file
        known = [item for item in loader.files if item.is_relative_to(loader.folder / "images")]
        if path.suffix.lower() not in role.suffixes:
            kinds = "、".join(suffix[1:] for suffix in role.suffixes)
            loader.problems.append(make_error(place, "picture_kind", value=file, kinds=kinds))
        elif path not in known:
            hint = hint_name(file, [item.name for item in known])
            loader.problems.append(make_error(place, "picture_missing", value=file, hint=hint))
        elif picture := _read_picture(loader, path, text=text, role=role):
            pictures[field] = picture
            size = {"width": picture.width, "height": picture.height}
            if role.size not in (None, (picture.width, picture.height)):
                loader.problems.append(make_warning(place, "share_size_odd", **size))
    return pictures


def _read_picture(loader: Loader, path: Path, *, text: str, role: Role) -> Picture | None:
    suffix = path.suffix.lower()
    try:
        data = read_file(path)
        if len(data) > role.limit * KILOBYTE:
            size = len(data) / KILOBYTE
            raise CellError("picture_large", size=size, limit=role.limit)
        width, height = _MEASURES[suffix](data)
    except CellError as error:
        row = error.values.pop("row", 0)
        place = Place(loader.name(path), row if isinstance(row, int) else 0)
        loader.problems.append(Problem(place, error.code, error.values))
        return None
    return Picture(role.name + suffix, data, text, width, height)
