"""Writes the golden site anew: `python -m tests.golden.renew`; read the difference first."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from faq.model.dates import JST
from pipeline.build import build_site
from pipeline.options import BuildOptions

FOLDER = Path(__file__).parent
AT = datetime(2027, 4, 1, 8, 30, tzinfo=JST)
# The folder of CSS and scripts is named after their bytes: a line in one would change every page.
_ASSET_FOLDER = re.compile(rb"(?<=/assets/)[0-9a-f]{12}(?=/)")


def read_site(folder: Path) -> dict[str, bytes]:
    """Path → bytes of a built site without its assets, their folder's name replaced by DIGEST."""
    real = folder.resolve()
    return {
        path.relative_to(real).as_posix(): _ASSET_FOLDER.sub(b"DIGEST", path.read_bytes())
        for path in sorted(real.rglob("*"))
        if path.is_file() and not path.is_relative_to(real / "assets")
    }


def renew_golden(content: Path, golden: Path) -> None:
    """Replaces the golden site by what the content is built to at its fixed moment."""
    with TemporaryDirectory() as temporary:
        out = Path(temporary) / "public"
        build_site(BuildOptions(content, out, AT))
        shutil.rmtree(golden, ignore_errors=True)
        for name, data in read_site(out).items():
            (golden / name).parent.mkdir(parents=True, exist_ok=True)
            (golden / name).write_bytes(data)


if __name__ == "__main__":
    renew_golden(FOLDER / "content", FOLDER / "public")
