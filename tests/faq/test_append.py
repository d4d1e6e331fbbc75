"""New records in a YAML list: at its end, and every byte that was there stays."""

from __future__ import annotations

import pytest

from faq.exchange.append import AppendError, append_records

NEW = [{"id": "suido", "名前": "水道課"}]
KEYS = ("行政分野", "topics")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "- id: suido\n  名前: 水道課\n"),
        ("# まだない\n", "# まだない\n- id: suido\n  名前: 水道課\n"),
        ("[]\n", "\n- id: suido\n  名前: 水道課\n"),
        (
            "- {id: a1, 名前: い}  # ここ",
            "- {id: a1, 名前: い}  # ここ\n- id: suido\n  名前: 水道課\n",
        ),
        (
            "  - id: a1\n    名前: い\n\n# おわり\n",
            "  - id: a1\n    名前: い\n  - id: suido\n    名前: 水道課\n\n# おわり\n",
        ),
        (
            "- {id: a1}\r\n- {id: b1}\n",
            "- {id: a1}\r\n- {id: b1}\n- id: suido\r\n  名前: 水道課\r\n",
        ),
        ("- {id: a1}\n...\n", "- {id: a1}\n- id: suido\n  名前: 水道課\n...\n"),
        (
            "- id: a1\r\n  名前: い\r\n",
            "- id: a1\r\n  名前: い\r\n- id: suido\r\n  名前: 水道課\r\n",
        ),
        (
            "\ufeff- {id: a1, 名前: い}\n",
            "\ufeff- {id: a1, 名前: い}\n- id: suido\n  名前: 水道課\n",
        ),
    ],
)
def test_a_record_goes_to_the_end_of_a_list(before: str, after: str) -> None:
    assert append_records(before.encode(), NEW).decode() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "行政分野:\n  - id: suido\n    名前: 水道課\n"),
        (
            "ライフイベント: []\n",
            "ライフイベント: []\n行政分野:\n  - id: suido\n    名前: 水道課\n",
        ),
        (
            "行政分野:\n- {id: a1, 名前: い}\n# 次\n他: い\n",
            "行政分野:\n- {id: a1, 名前: い}\n- id: suido\n  名前: 水道課\n# 次\n他: い\n",
        ),
        ("topics: [] # 空\n他: い\n", "topics: # 空\n  - id: suido\n    名前: 水道課\n他: い\n"),
        ("行政分野:\n# 空\n", "行政分野:\n  - id: suido\n    名前: 水道課\n# 空\n"),
        (
            "行政分野:\n  - id: a1\n    名前: い\n    下位:\n      - {id: b1, 名前: ろ}\n他: い",
            "行政分野:\n  - id: a1\n    名前: い\n    下位:\n      - {id: b1, 名前: ろ}\n"
            "  - id: suido\n    名前: 水道課\n他: い",
        ),
    ],
)
def test_a_record_goes_to_the_end_of_the_list_below_its_key(before: str, after: str) -> None:
    assert append_records(before.encode(), NEW, keys=KEYS).decode() == after


def test_a_file_in_cp932_stays_in_it() -> None:
    before = "- {id: a1, 名前: 市民課}\n".encode("cp932")
    after = append_records(before, NEW)
    assert after.startswith(before)
    assert "水道課" in after.decode("cp932")


@pytest.mark.parametrize("name", ["a: b", "# あ", "- い", "", "null", "'", '"', "[い", "い　"])
def test_a_name_of_any_letters_is_written_so_that_it_reads_as_itself(name: str) -> None:
    append_records(b"- {id: a1}\n", [{"id": "b1", "名前": name}])


@pytest.mark.parametrize(
    "data",
    [
        b"- [a\n",
        b"- {id: a1}\n---\n- {id: b1}\n",
        b"[{id: a1}]\n",
        "名前: い\n".encode(),
        b"\xff\xfe\xff",
        "- {id: a1, 名前: 市}\n".encode("cp932") + "# 髙\n".encode("cp932") + b"\x81",
    ],
)
def test_a_file_that_nothing_can_be_added_to_is_refused(data: bytes) -> None:
    with pytest.raises(AppendError):
        append_records(data, NEW)


def test_a_name_that_cp932_does_not_hold_is_refused() -> None:
    data = "- {id: a1, 名前: 市民課}\n".encode("cp932")
    with pytest.raises(AppendError):
        append_records(data, [{"id": "b1", "名前": "𠮷野課"}])
