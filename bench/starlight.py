"""FAQs → a Starlight site, with the configuration in `bench/peers/starlight/`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from faq.model.content import Faq

PEER = Path(__file__).parent / "peers" / "starlight"
SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&:])")


def install_peer(folder: Path) -> None:
    """Copies the package folder and installs its Node packages: Lighthouse, Astro, Starlight."""
    shutil.copytree(PEER, folder, dirs_exist_ok=True)
    if not (folder / "node_modules").is_dir():
        run_quietly(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder)


def build_peer(folder: Path, faqs: Sequence[Faq], *, description: str) -> Path:
    """Builds the site with Pagefind's search; FAQs have the addresses of ours, faq/ID/."""
    docs = folder / "src" / "content" / "docs"
    shutil.rmtree(docs, ignore_errors=True)
    (docs / "faq").mkdir(parents=True)
    links = "\n".join(f"- [{escape_markdown(faq.question)}](/faq/{faq.id}/)" for faq in faqs[:10])
    write_page(docs / "index.md", "よくある質問", description, f"{description}\n\n{links}")
    for faq in faqs:
        summary = " ".join(faq.answer.split())[:120]
        path = docs / "faq" / f"{faq.id}.md"
        write_page(path, faq.question, summary, escape_markdown(faq.answer))
    environment = {**os.environ, "ASTRO_TELEMETRY_DISABLED": "1"}
    run_quietly(["npx", "--no-install", "astro", "build"], cwd=folder, env=environment)
    return folder / "dist"


def write_page(path: Path, title: str, description: str, body: str) -> None:
    """Writes a Markdown file; its front matter is JSON, a subset of YAML."""
    front = json.dumps({"title": title, "description": description}, ensure_ascii=False)
    path.write_text(f"---\n{front}\n---\n\n{body}\n", encoding="utf-8")


def escape_markdown(text: str) -> str:
    """The text with Markdown's special characters escaped."""
    return SPECIAL.sub(r"\\\1", text)


def run_quietly(command: Sequence[str], *, cwd: Path, env: Mapping[str, str] | None = None) -> None:
    """Runs a command; where it fails, prints its output and raises `CalledProcessError`."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-2000:])
        done.check_returncode()
