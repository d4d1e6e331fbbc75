"""HTML of a page → its parts without content: headings over nothing, empty lists, boxes, links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What a heading is over ends with the nearest of these.
SECTIONING = ("article", "aside", "body", "main", "nav", "section")
# What is there for its content alone.
BOXES = (
    "a", "article", "aside", "button", "dd", "details", "dl", "dt", "fieldset", "footer", "form",
    "label", "li", "main", "nav", "ol", "section", "select", "summary", "table", "ul", *HEADINGS,
)  # fmt: skip
# Content that is no text.
THINGS = ("audio", "iframe", "img", "input", "object", "textarea", "video")
# Elements of the search page that its script fills.
FILLED = ("data-search-list", "data-search-results")
VOID = ("base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")


@dataclass(eq=False)
class Node:
    """An element, or a text where `tag` is empty."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    text: str = ""
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Itself and all below it that a reader may see, in their order."""
        if "hidden" in self.attributes or self.tag in ("script", "style", "svg"):
            return
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def has_content(self) -> bool:
        """Whether there is a text or a thing in it."""
        return any(node.text.strip() or node.tag in THINGS for node in self.walk())

    def __str__(self) -> str:
        name = self.attributes.get("class") or self.attributes.get("id") or ""
        return f"<{self.tag} {name}>".replace(" >", ">")


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.open = Node("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs), parent=self.open)
        self.open.children.append(node)
        if tag not in VOID:
            self.open = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.children.append(Node(tag, dict(attrs), parent=self.open))

    def handle_endtag(self, tag: str) -> None:
        node: Node | None = self.open
        while node and node.tag != tag:
            node = node.parent
        if node and node.parent:
            self.open = node.parent

    def handle_data(self, data: str) -> None:
        self.open.children.append(Node("", text=data, parent=self.open))


def parse_html(html: str) -> Node:
    """The tree of a page."""
    builder = _Builder()
    builder.feed(html)
    return builder.root


def find_empty_parts(html: str) -> list[str]:
    """What is there without content, described; none where a page is as it should be."""
    root = parse_html(html)
    nodes = list(root.walk())
    found = [
        f"{node} is empty"
        for node in nodes
        if node.tag in BOXES
        and not node.has_content
        and not node.attributes.keys() & set(FILLED)
        and not node.attributes.get("aria-label")
    ]
    found += [f"nothing follows {node}" for node in nodes if _heads_nothing(node)]
    if any(node.tag == "main" and not _has_substance(node) for node in nodes):
        found.append("main says nothing")
    return found


def _heads_nothing(heading: Node) -> bool:
    if heading.tag not in HEADINGS:
        return False
    around = heading.parent
    while around and around.parent and around.tag not in SECTIONING:
        around = around.parent
    within = list(around.walk()) if around else []
    # A menu inside is neither what the heading is over, nor its end.
    skipped = set(heading.walk())
    skipped |= {node for nav in within[1:] if nav.tag == "nav" for node in nav.walk()}
    for node in within[within.index(heading) + 1 :]:
        if node in skipped:
            continue
        if node.tag in HEADINGS and node.tag <= heading.tag:
            break
        if node.text.strip() or node.tag in THINGS or node.attributes.keys() & set(FILLED):
            return False
    return True


def _has_substance(main: Node) -> bool:
    """Whether it has more than the page's name, the way to it, and its own address."""
    skipped: set[Node] = set()
    for node in main.walk():
        names = (node.attributes.get("class") or "").split()
        if node.tag in ("h1", "nav") or {"print-address", "search-bar"} & set(names):
            skipped |= set(node.walk())
    return any(
        (node.text.strip() or node.tag in THINGS) and node not in skipped for node in main.walk()
    )
