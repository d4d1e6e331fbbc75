"""Every component has examples, and every example is sound in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from faq.model.tokens import TEMPLATES
from pipeline.components import build_components, read_examples
from tests.browser.violations import find_violations
from tests.conftest import AT, UMIBE, Serve

COMPONENTS = TEMPLATES / "components"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    out = tmp_path_factory.mktemp("components") / "public"
    build_components(UMIBE, out, at=AT)
    return serve(out, "/")


def test_every_component_has_examples_and_a_template() -> None:
    shown = {example.component for example in read_examples()}
    assert shown == {path.name for path in COMPONENTS.iterdir()}
    for name in shown:
        assert (COMPONENTS / name / f"{name}.html").is_file() or name == "table", name


@pytest.mark.parametrize("component", sorted({one.component for one in read_examples()}))
def test_axe_finds_nothing_in_any_example(browser: Browser, preview: str, component: str) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    found = {}
    for example in (one for one in read_examples() if one.component == component):
        page.goto(preview + example.address)
        page.wait_for_selector("html[data-started]", state="attached")
        assert page.get_by_role("heading", level=1).first.inner_text() == example.name
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            if violations := find_violations(page):
                found[example.address, scheme] = violations
    context.close()
    assert found == {}


def test_a_fault_in_an_example_is_seen(tmp_path: Path, browser: Browser, preview: str) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "examples.yml").write_text("- {name: 見本, use: <img src=x>}\n", encoding="utf-8")
    example = next(read_examples(tmp_path))
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(preview)
    page.set_content(f"<html lang=ja><title>x</title><main><h1>x</h1>{example.use}</main>")
    found = find_violations(page)
    context.close()
    assert "axe/image-alt" in {violation.rule for violation in found}
