"""SVG of a city: a drawing and nothing else, with the shape that its `viewBox` says."""

from __future__ import annotations

import re
from xml.parsers import expat

from faq.model.problem import CellError

SVG = "http://www.w3.org/2000/svg"
# What draws. No script, nothing that loads or moves, no HTML; editors' own notes fall away too.
ELEMENTS = frozenset({
    "circle", "clipPath", "defs", "desc", "ellipse", "g", "line", "linearGradient", "mask", "path",
    "pattern", "polygon", "polyline", "radialGradient", "rect", "stop", "style", "svg", "symbol",
    "text", "title", "tspan", "use",
})  # fmt: skip
_NAMESPACES = ("", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace")
_LINKS = ("href", "src", "base")
# Backslashes could spell any of the others in a style.
_LOADING = re.compile(
    r"@import|url\(\s*[\"']?(?!#|[\"'#])|image-set|expression|javascript:|\\", re.I
)
_NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
_BOX = re.compile(rf"\s*{_NUMBER}[\s,]+{_NUMBER}[\s,]+({_NUMBER})[\s,]+({_NUMBER})\s*")
_LONGEST_SIDE = 100_000


def measure_svg(data: bytes) -> tuple[int, int]:
    """Width and height of a drawing in its own units.

    Raises `CellError` where it is no SVG, says no shape, or holds more than a drawing.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    found: dict[str, str] = {}
    texts: list[str] = []

    def refuse(value: str) -> None:
        raise CellError("svg_forbidden", value=value, row=parser.CurrentLineNumber)

    def open_element(name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if namespace != SVG or local not in ELEMENTS:
            refuse(local)
        if not found:
            found.update({"": local} | attributes)
        for key, value in attributes.items():
            space, _, plain = key.rpartition(" ")
            if space not in _NAMESPACES or plain.lower().startswith("on"):
                refuse(plain)
            if (plain in _LINKS and not value.startswith("#")) or _LOADING.search(value):
                refuse(f"{plain}={value}")

    parser.StartElementHandler = open_element
    parser.CharacterDataHandler = texts.append
    parser.StartDoctypeDeclHandler = lambda *_: refuse("<!DOCTYPE")
    parser.ProcessingInstructionHandler = lambda target, _: refuse(f"<?{target}")
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise CellError("svg_broken", row=parser.ErrorLineNumber) from None
    if _LOADING.search("".join(texts)):
        raise CellError("svg_forbidden", value="style", row=0)
    return _read_shape(found)


def _read_shape(root: dict[str, str]) -> tuple[int, int]:
    box = _BOX.fullmatch(root.get("viewBox", ""))
    if root[""] != "svg" or not box:
        raise CellError("svg_shapeless")
    width, height = (float(side) for side in box.groups())
    if not (0 < width <= _LONGEST_SIDE and 0 < height <= _LONGEST_SIDE):
        raise CellError("svg_shapeless")
    # Only the proportion matters; as whole numbers, a small drawing must not become nothing.
    scale = 1000 / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))
