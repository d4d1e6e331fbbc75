"""The Content-Security-Policy of every page."""

from __future__ import annotations

from urllib.parse import urlsplit

from faq.model.site import Site

CONTENT_SECURITY_POLICY = (
    "default-src 'none'",
    "base-uri 'none'",
    "connect-src 'self'",
    "form-action 'self'",
    "img-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
# What the program of an outside service may need, as reading aloud and translating do.
SERVICE_DIRECTIVES = {
    "connect-src": (), "font-src": (), "frame-src": (), "img-src": ("data:",), "media-src": (),
    "script-src": (), "style-src": ("'unsafe-inline'",),
}  # fmt: skip


def make_policy(site: Site, *, runs_wasm: bool, has_fonts: bool = False) -> str:
    """The policy of every page; only Pagefind's search runs WebAssembly.

    Fonts are loaded only where the city's styles have some beside them.

    Where the city names a receiver of opinions, the pages may send to it. The hosts of outside
    services enter only where it names any; as their programs write HTML themselves, Trusted Types
    cannot be asked for there.
    """
    rules = {name: [value] for name, value in (r.split(" ", 1) for r in CONTENT_SECURITY_POLICY)}
    if runs_wasm:
        rules["script-src"].append("'wasm-unsafe-eval'")
    if has_fonts:
        rules["font-src"] = ["'self'"]
    if site.opinion_url:
        rules["connect-src"].append(find_origin(site.opinion_url))
    if site.services:
        del rules["require-trusted-types-for"], rules["trusted-types"]
        hosts = [host for item in site.services for host in (find_origin(item.script), *item.hosts)]
        for directive, more in SERVICE_DIRECTIVES.items():
            rules.setdefault(directive, []).extend(dict.fromkeys((*more, *hosts)))
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def find_origin(address: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
