"""The stages in their order: read → check → window → pages → files → publish, each once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from faq.addresses import Address
from faq.pages.page import Page
from faq.publish.releases import Record, list_shown
from faq.publish.switch import check_loss, switch_release
from pipeline.cache import Cache
from pipeline.load import ROWS, load_content
from pipeline.make import KeyedPage, Tools, cut_work, list_files, make_share
from pipeline.options import BuildOptions, BuildResult
from pipeline.parallel import Workers
from pipeline.release import NewRelease
from pipeline.search import ANALYSED, Analysis
from pipeline.site import Site
from search.carry import carry_excerpts
from search.index import MANIFEST

# They hold the moment of the build.
STAMPED = frozenset({str(Address.API), str(Address.BUILD), str(Address.FEED)})
# Takes the name of each stage as it begins.
Report = Callable[[str], None]
# The keys of each shelf that a build has used for what it shows.
Kept = Mapping[str, Collection[bytes]]


def publish_site(
    options: BuildOptions, *, report: Report, cache: Cache
) -> tuple[BuildResult, Kept]:
    """Makes what the public release does not have, and publishes where anything has changed."""
    loaded = load_content(options.content, cache=cache).require()
    shown = loaded.show(at=options.at, audience=options.audience)
    content = shown.content
    if not options.allow_shrink:
        check_loss(options.out, faqs=len(content.faqs), at=options.at)
    report("pages")
    base_url = options.base_url or content.site.base_url
    site = Site(loaded, shown, folder=options.content, base_url=base_url, cache=cache)
    analysis = Analysis(content, loaded, cache.open_shelf(ANALYSED))
    keyed = key_pages(site, site.pages)
    wanted = list_keys(keyed)
    with NewRelease(options.out, wanted=wanted, is_clean=options.cache is None) as release:
        missing = take_pages(keyed, release)
        pages = make_files(site, analysis, missing, release=release, workers=options.workers)
        report("publish")
        rows = release.finish()
        record = Record(options.at, options.now or options.at, list_shown(content))
        is_unchanged = not release.differs(record) and not options.release_hold
        if is_unchanged:
            release.discard()
        else:
            switch_release(
                options.out, release.folder, record=record, rows=rows,
                ends_hold=options.release_hold,
            )  # fmt: skip
    shown_ids = {faq.id for faq in content.faqs}
    read = cache.open_shelf(ROWS).list_used()
    result = BuildResult(
        base_url=base_url,
        faqs=len(content.faqs),
        hidden=len(loaded.content.faqs) - len(content.faqs),
        pages=len(pages),
        next_change=shown.next_change,
        warnings=loaded.problems,
        kinds={page.file: page.kind for page in pages},
        is_unchanged=is_unchanged,
    )
    return result, {
        ROWS: [key for key, values in read if values.get("id") in shown_ids],
        ANALYSED: analysis.list_keys(),
    }


def make_files(
    site: Site,
    analysis: Analysis,
    missing: Sequence[KeyedPage],
    *,
    release: NewRelease,
    workers: int,
) -> list[Page]:
    """Brings every file of the site into the release that it has not yet; all pages."""
    work = cut_work(analysis.shares, known=analysis.known, pages=missing)
    items = sum(len(share.pages) for share in work) + analysis.count_unknown()
    tools = Tools(analysis.analyzer, site.maker, release.folder)
    with Workers(tools, count=workers, items=items) as running:
        made = list(running.start(make_share, work))
        analysis.complete(one.analysed for one in made)
        kana = site.make_kana_pages(analysis.whole.readings)
        rest = cut_work((), known=(), pages=take_pages(key_pages(site, kana), release))
        others = running.start(make_share, rest)
        make_index(analysis, release, pages=site.pages)
        for one in (*made, *others):
            release.add(one.rows)
    pages = [*site.pages, *kana]
    for name, data in site.make_other_files(pages):
        if name in STAMPED:
            release.write_stamped(name, data, stamp=site.stamp)
        else:
            release.write([(name, data)])
    return pages


def key_pages(site: Site, pages: Iterable[Page]) -> list[KeyedPage]:
    """The pages with the keys of their files."""
    return [(page, site.digest_page(page)) for page in pages]


def list_keys(pages: Iterable[KeyedPage]) -> dict[str, str]:
    """The key of every file of the pages, by its name."""
    return {name: key for page, key in pages for name in list_files(page)}


def take_pages(pages: Iterable[KeyedPage], release: NewRelease) -> list[KeyedPage]:
    """Takes over what there is of the pages; those that have to be made."""
    return [keyed for keyed in pages if not release.take(list_keys([keyed]))]


def make_index(analysis: Analysis, release: NewRelease, *, pages: Iterable[Page]) -> None:
    """The search's files, unless the public release has them; for open pages, some of its own.

    The key of the manifest stands for all that the index is made from. Some of the `pages` are in
    its folder.
    """
    key = analysis.digest_index().hex()
    manifest = f"{Address.SEARCH}{MANIFEST}"
    others = {name for page in pages for name in list_files(page)}
    if release.take_folder(Address.SEARCH, name=manifest, key=key, others=others):
        return
    files = analysis.make_index()
    release.write([(manifest, files.pop(MANIFEST))], key=key)
    release.write(_place(files))
    release.carry(_place(carry_excerpts(release.public / Address.SEARCH, files)))


def _place(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    return ((f"{Address.SEARCH}{name}", data) for name, data in files.items())
