"""What tests share: the golden content, one browser, one built example city."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from playwright.sync_api import Browser, BrowserContext, Page

import faq.render.renderer
from browsers.launch import open_browser
from faq.model.dates import JST
from pipeline.build import build_site
from pipeline.options import BuildOptions
from preview.server import make_server

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
# The city that the tests look at; `content/` is a city's own, and may be any.
UMIBE = ROOT / "tests" / "cities" / "umibe"
AT = datetime(2026, 11, 21, 9, tzinfo=JST)
CITIES = {name: ROOT / "tests" / "cities" / name for name in ("minami", "kitayama")}
GOLDEN_AT = datetime(2027, 4, 1, 8, 30, tzinfo=JST)

Serve = Callable[[Path, str], str]


class _KeptTemplates(BytecodeCache):
    """Compiled templates in memory: compiling them is most of the time of a small build."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def kept_templates() -> Iterator[None]:
    """All builds of the run compile each of the program's own templates once."""
    cached = functools.partial(Environment, bytecode_cache=_KeptTemplates())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(faq.render.renderer, "Environment", cached)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serves a published folder under a base path and returns the address of its home page."""
    servers = []

    def start(out: Path, base: str) -> str:
        server = make_server(out, base=base, port=0)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}{base}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def city_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example city, built once."""
    out = tmp_path_factory.mktemp("city") / "public"
    build_site(BuildOptions(UMIBE, out, AT, workers=2))
    return out


@pytest.fixture(scope="session")
def city(city_site: Path, serve: Serve) -> str:
    """The address of the example city."""
    return serve(city_site, "/")


@pytest.fixture(scope="session")
def city_pages(city_site: Path) -> dict[str, str]:
    """Every page of the example city, by its file."""
    real = city_site.resolve()
    return {
        path.relative_to(real).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(real.rglob("*.html"))
    }


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden content, built at its fixed date, with an emergency notice and a base path."""
    out = tmp_path_factory.mktemp("small") / "public"
    build_site(BuildOptions(GOLDEN / "content", out, GOLDEN_AT))
    return out


@pytest.fixture(scope="session")
def small(small_site: Path, serve: Serve) -> str:
    """The address of the golden site, served under its base path."""
    return serve(small_site, "/sub/")


@pytest.fixture(scope="session")
def minami_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town by the sea: logo, character, 明朝, a colour of its own."""
    out = tmp_path_factory.mktemp("minami") / "public"
    build_site(BuildOptions(CITIES["minami"], out, AT))
    return out


@pytest.fixture(scope="session")
def kitayama_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The village in the mountains: a long name, no logo, overrides; under a base path."""
    out = tmp_path_factory.mktemp("kitayama") / "public"
    build_site(BuildOptions(CITIES["kitayama"], out, AT))
    return out


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty content folder with the least a site needs."""
    content = tmp_path / "content"
    (content / "faq").mkdir(parents=True)
    (content / "site.yml").write_text(
        "名前: 試験\n市の名前: 試験市\nアドレス: https://faq.shiken.example.lg.jp/\n",
        encoding="utf-8",
    )
    (content / "categories.yml").write_text(
        "行政分野:\n  - {id: zei, 名前: 税金}\nライフイベント:\n  - {id: kekkon, 名前: 結婚}\n",
        encoding="utf-8",
    )
    (content / "departments.yml").write_text(
        "- {id: zeimu, 名前: 税務課, 電話: 000-0000-0000}\n", encoding="utf-8"
    )
    return content
