"""Writes the golden site anew: `python -m tests.golden.renew`; read the difference first."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from commands.build import BuildOptions, build_site
from faq.dates import JST

FOLDER = Path(__file__).parent
AT = datetime(2027, 4, 1, 8, 30, tzinfo=JST)

if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        out = Path(temporary) / "public"
        build_site(BuildOptions(FOLDER / "content", out, AT))
        shutil.rmtree(FOLDER / "public", ignore_errors=True)
        # The assets are the sources themselves; a copy here would only stand twice.
        shutil.copytree(out.resolve(), FOLDER / "public", ignore=shutil.ignore_patterns("assets"))
