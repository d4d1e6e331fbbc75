"""The city's pictures, colour and footer in site.yml: taken where sound, else refused."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from faq.model.links import Link
from faq.model.site import Site
from faq.read.content import read_content
from faq.render.share import SIZE, draw_share_image, encode_png

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{}</svg>'
PNG = encode_png((2, 1), iter([b"\0" * 6]))


def make_jpeg(width: int, height: int) -> bytes:
    """The parts of a JPEG that are read: no picture can be decoded from it."""
    frame = struct.pack(">BBHBHH", 0xFF, 0xC0, 8, 8, height, width) + b"\0"
    return b"\xff\xd8\xff\xe0\x00\x04ab" + frame + b"\xff\xd9"


def read(
    folder: Path, settings: str, files: dict[str, bytes | str] | None = None
) -> tuple[Site, list[str]]:
    """The site with further settings and images, and what is reported."""
    (folder / "images").mkdir(exist_ok=True)
    for name, data in (files or {}).items():
        (folder / "images" / name).write_bytes(data.encode() if isinstance(data, str) else data)
    with (folder / "site.yml").open("a", encoding="utf-8") as file:
        file.write(settings)
    content, problems = read_content(folder)
    return content.site, [str(problem) for problem in problems]


def test_a_logo_has_its_words_and_its_shape(folder: Path) -> None:
    site, problems = read(
        folder, "ロゴ: {画像: a.svg, 代替文: 試験市}\n", {"a.svg": SVG.format("<path d='M0 0'/>")}
    )
    assert problems == []
    assert site.logo
    assert (site.logo.text, site.logo.width / site.logo.height) == ("試験市", 2)
    assert site.logo.address == "look/logo.svg"


def test_a_name_alone_is_a_picture_without_words(folder: Path) -> None:
    site, problems = read(folder, "ロゴ: a.png\nファビコン: a.png\n", {"a.png": PNG})
    assert problems == []
    assert site.logo
    assert (site.logo.text, site.logo.width, site.logo.height) == ("", 2, 1)


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        "<foreignObject/>",
        "<image href='https://example.com/a.png'/>",
        "<a href='#x'><path/></a>",
        "<animate attributeName='href' to='x'/>",
        "<rect onclick='alert(1)'/>",
        "<rect ONLOAD='alert(1)'/>",
        "<use href='https://example.com/a.svg#x'/>",
        "<use xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='b.svg#x'/>",
        "<use href='data:image/svg+xml,x'/>",
        "<rect fill='url(https://example.com/a.svg#x)'/>",
        "<rect style='fill: url(\"//example.com/a\")'/>",
        "<style>@import 'https://example.com/a.css';</style>",
        "<style>rect { fill: u\\72l(https://example.com) }</style>",
        "<style>rect { fill: url<!-- -->(https://example.com/a) }</style>",
        "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>",
        "<?xml-stylesheet href='https://example.com/a.css'?>",
    ],
)
def test_an_svg_that_is_more_than_a_drawing_is_refused(folder: Path, inner: str) -> None:
    site, problems = read(folder, "ロゴ: a.svg\n", {"a.svg": SVG.format(inner)})
    assert site.logo is None
    assert [
        line for line in problems if "content/images/a.svg" in line and "絵のほかのもの" in line
    ]


def test_an_svg_with_entities_is_refused_before_they_grow(folder: Path) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">]>' + SVG.format("<title>&a;</title>")
    _, problems = read(folder, "ロゴ: a.svg\n", {"a.svg": bomb})
    assert ["DOCTYPE" in line for line in problems] == [True]


def test_gradients_of_the_drawing_itself_are_taken(folder: Path) -> None:
    inner = (
        "<style>.a { fill: url(#g) }</style><defs><linearGradient id='g'/></defs>"
        "<g clip-path='url(#c)'><use href='#g'/></g>"
    )
    _, problems = read(folder, "ロゴ: a.svg\n", {"a.svg": SVG.format(inner)})
    assert problems == []


@pytest.mark.parametrize(
    ("setting", "name", "data", "expected"),
    [
        ("ロゴ: a.svg", "a.svg", "<svg", "a.svg 1行目: SVGとして読めません"),
        ("ロゴ: a.svg", "a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", "SVGの形が分かりません"),
        ("ロゴ: a.svg", "a.svg", "<svg viewBox='0 0 1 1'/>", "絵のほかのもの（svg）"),
        ("ロゴ: a.svg", "b.svg", SVG, "site.yml 4行目 ロゴ: 画像「a.svg」が content/images/ にありません。「b.svg」のことですか"),
        ("ロゴ: ../site.png", "a.svg", SVG, "content/images/ にありません"),
        ("ロゴ: a.webp", "a.webp", b"", "ここに使える形式は svg、png です"),
        ("共有画像: a.svg", "a.svg", SVG, "ここに使える形式は png、jpg、jpeg です"),
        ("ロゴ: {代替文: あ}", "a.svg", SVG, "画像の名前だけか"),
        ("ロゴ: {画像: a.svg, 大きさ: 3}", "a.svg", SVG, "画像の名前だけか"),
        ("ロゴ: a.png", "a.png", PNG[:-6], "途中で切れているか、壊れています"),
        ("ロゴ: a.png", "a.png", PNG.replace(b"IDAT", b"IDAX"), "途中で切れているか、壊れています"),
        ("ロゴ: a.png", "a.png", encode_png((5000, 1), iter([])), "（横5000、縦1）は使えません"),
        ("ロゴ: a.svg", "a.svg", SVG.format("<title>" + "a" * 100_000 + "</title>"), "100 KB、上限 100 KB"),
        ("共有画像: a.jpg", "a.jpg", make_jpeg(1200, 630)[:-2], "途中で切れているか、壊れています"),
        ("共有画像: a.jpg", "a.jpg", make_jpeg(600, 600), "（注意）共有画像の大きさが、横600、縦600です"),
        ("色: 青", "a.svg", SVG, "色「青」が読めません"),
        ("色: '#7fd3d0'", "a.svg", SVG, "いちばん近い、使える色は #"),
        ("書体: 丸文字", "a.svg", SVG, "ゴシック・明朝・教科書体 のどれか"),
        ("フッター: [案内 | javascript:x]", "a.svg", SVG, "「javascript:x」はリンク先に使えません"),
        ("フッター: [あ | い | う]", "a.svg", SVG, "リンク「あ | い | う」は"),
    ],
)  # fmt: skip
def test_a_bad_setting_of_the_look_is_reported(
    folder: Path, setting: str, name: str, data: bytes | str, expected: str
) -> None:
    _, problems = read(folder, setting + "\n", {name: data})
    assert any(expected in line for line in problems), problems


def test_a_share_picture_of_the_right_size_is_taken(folder: Path) -> None:
    site, problems = read(folder, "共有画像: a.jpg\n", {"a.jpg": make_jpeg(1200, 630)})
    assert problems == []
    assert site.share_image
    assert site.share_image.address == "look/share.jpg"


def test_the_refused_colour_comes_with_one_that_is_taken(folder: Path) -> None:
    _, problems = read(folder, "色: '#7fd3d0'\n")
    passing = problems[0].rpartition("使える色は ")[2][:7]
    (folder / "site.yml").write_text(
        f"名前: a\n市の名前: b\nアドレス: https://a.example/\n色: '{passing}'\n", encoding="utf-8"
    )
    content, problems_now = read_content(folder)
    assert ([str(item) for item in problems_now], content.site.colour) == ([], passing)


def test_footer_lines_are_text_or_links(folder: Path) -> None:
    site, problems = read(folder, "フッター: ['© 試験市', 行き方 | https://a.example/]\n")
    assert problems == []
    assert site.footer == (Link("© 試験市", ""), Link("行き方", "https://a.example/"))


def test_the_drawn_share_picture_is_a_png_in_the_colour_of_the_city() -> None:
    data = draw_share_image((0, 105, 107))
    width, height = struct.unpack_from(">II", data, 16)
    rows = zlib.decompress(data[data.index(b"IDAT") + 4 : -16])
    assert (width, height) == SIZE
    assert rows[:4] == bytes([0, 0, 105, 107])
    assert rows.count(b"\xff\xff\xff") > 10_000
