"""The pictures that the examples of site.yml name."""

from __future__ import annotations

from pathlib import Path

from faq.render.share import draw_share_image

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'


def put_pictures(folder: Path) -> None:
    """Writes them into `images/` of a content folder."""
    images = folder / "images"
    images.mkdir(parents=True)
    for name in ("logo.svg", "icon.svg"):
        (images / name).write_text(SVG, encoding="utf-8")
    for name in ("share.png", "mascot.png"):
        (images / name).write_bytes(draw_share_image((0, 105, 107)))
