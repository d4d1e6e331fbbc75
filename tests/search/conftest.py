"""Shared by the tests of the search: an index, opened with the client in the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Page

from search.lab.runner import load_client

OpenIndex = Callable[[Mapping[str, bytes]], Page]


@pytest.fixture(scope="module")
def open_index(browser: Browser) -> Iterator[OpenIndex]:
    """Opens an index on a page of its own; `globalThis.search` is the client."""
    contexts = []

    def start(index: Mapping[str, bytes]) -> Page:
        context = browser.new_context(locale="ja-JP")
        contexts.append(context)
        page = context.new_page()
        load_client(page, index)
        return page

    yield start
    for context in contexts:
        context.close()
