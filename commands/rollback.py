"""rollback: the release before becomes public again; what would come back with it is named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from faq.model.dates import format_moment
from faq.model.problem import PublishError
from faq.publish.releases import NOTICE_PREFIX, plan_rollback
from faq.publish.switch import roll_back
from terminal.interface import CLI_TEXTS, print_text


def roll_back_site(out: Path, *, now: datetime, even_expired: bool, reason: str) -> int:
    """Rolls back and holds builds back until one ends the hold; returns 0.

    Raises `PublishError` where something past its end or withdrawn would return, or may, unless
    `even_expired`.
    """
    plan = plan_rollback(out, now=now)
    returning = {
        "release": plan.release.name,
        "expired": _join_addresses(plan.expired),
        "withdrawn": _join_addresses(plan.withdrawn),
    }
    is_harmless = plan.is_recorded and not plan.expired and not plan.withdrawn
    if not is_harmless and not even_expired:
        code = "rollback_returns" if plan.is_recorded else "rollback_unrecorded"
        raise PublishError(code, **returning)
    roll_back(out, plan.release, now=now, reason=reason)
    print_text("rolled_back", out=out, release=plan.release.name)
    if not is_harmless:
        print_text("returned" if plan.is_recorded else "returned_unrecorded", **returning)
    if plan.next_end:
        print_text("rollback_next_end", moment=format_moment(plan.next_end))
    return 0


def _join_addresses(addresses: Iterable[str]) -> str:
    """The addresses as they are typed; notices have none and are counted."""
    addresses = list(addresses)
    items = [f"/{item}" for item in addresses if not item.startswith(NOTICE_PREFIX)]
    if notices := len(addresses) - len(items):
        items.append(CLI_TEXTS["notices"].format(count=notices))
    return "、".join(items) or CLI_TEXTS["none"]
