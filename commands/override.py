"""override: a template of the program, copied to where a city may change it."""

from __future__ import annotations

from pathlib import Path

from faq.model.look import mark_original
from faq.model.near import hint_name
from faq.model.problem import CommandError
from faq.model.tokens import TEMPLATES
from faq.read.overrides import digest_original, list_templates
from terminal.interface import CLI_TEXTS, print_text


def override_template(name: str, *, content: Path) -> int:
    """Copies the template with a line that names its original; returns 0.

    Raises `CommandError` where there is no such template, or the city has one already.
    """
    names = list_templates()
    if name not in names:
        hint = hint_name(name, names) or CLI_TEXTS["override_names"]
        raise CommandError("override_unknown", value=name, hint=hint)
    copy = content / "templates" / name
    if copy.exists():
        raise CommandError("to_exists", to=copy)
    copy.parent.mkdir(parents=True, exist_ok=True)
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    copy.write_text(mark_original(source, digest=digest_original(name)), encoding="utf-8")
    print_text("overridden", name=name, copy=copy)
    return 0
