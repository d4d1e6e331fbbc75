"""A content folder → a published site, where anything has changed."""

from __future__ import annotations

from collections.abc import Callable

from faq.model.tokens import ROOT
from faq.publish.releases import check_hold
from faq.publish.remove import remove_old
from faq.publish.switch import check_output
from faq.read.files import resolve_path
from pipeline.cache import Cache
from pipeline.digests import digest_program
from pipeline.options import BuildOptions, BuildResult
from pipeline.unchanged import NOTE, digest_inputs, find_unchanged, make_note

# Folders of the program: a site is never written into one, nor over them all.
OWN_FOLDERS = frozenset({
    "a11y", "bench", "browsers", "commands", "deploy", "docs", "faq", "furigana", "japanese",
    "pipeline", "preview", "search", "starter", "templates", "terminal", "tests", "texts",
})  # fmt: skip

# Takes work that nobody has to wait for.
Later = Callable[[Callable[[], None]], None]
# Takes the name of each stage as it begins.
Report = Callable[[str], None]


def open_cache(options: BuildOptions) -> Cache:
    """What earlier builds left for this program and these libraries."""
    return Cache(options.cache, version=digest_program())


def build_site(
    options: BuildOptions,
    *,
    report: Report = lambda _: None,
    cache: Cache | None = None,
    later: Later = lambda work: work(),
) -> BuildResult:
    """Builds and publishes a site; what the public release has already is not made again.

    What can be done when the site is public goes to `later`: old releases are removed, and what the
    next build can use is stored. A process that builds whenever it notices a change gives the same
    `cache` each time. Raises `ContentError` on any error in the content, `PublishError` where it
    may not be published; the site that is public stays as it is.
    """
    report("read")
    check_target(options)
    inputs = digest_inputs(options) if options.cache else ""
    if cache:
        cache.require_version(digest_program())  # `serve` goes on while templates are changed
    else:
        cache = open_cache(options)
        if unchanged := find_unchanged(options, cache=cache, inputs=inputs):
            return unchanged
    # Half a second of imports, which a build that changes nothing does without.
    from pipeline.stages import publish_site

    result, kept = publish_site(options, report=report, cache=cache)
    # What was saved meanwhile may be in the site or not: the next build has to look.
    is_same = bool(inputs) and digest_inputs(options) == inputs
    note = make_note(result, options=options, inputs=inputs if is_same else "")

    def tidy_up() -> None:
        remove_old(options.out)
        cache.save(kept, notes={NOTE: note})

    later(tidy_up)
    return result


def check_target(options: BuildOptions) -> None:
    """Raises `PublishError` where nothing may be written, or a rollback holds builds back."""
    own = [path for path in ROOT.iterdir() if path.is_dir() and path.name in OWN_FOLDERS]
    forbidden = [resolve_path(options.content), *own]
    check_output(options.out, audience=options.audience, forbidden=forbidden)
    if not options.release_hold:
        check_hold(options.out)
