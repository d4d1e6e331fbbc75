"""Queries and judgements → metrics, through the client that citizens get.

Usage: python -m search.lab.evaluate DIR [--json] [--with-city]

DIR holds corpus.json (id → "Question: …\\nAnswer: …"), queries.json (id → text) and qrels.json
(id → {document: grade}; 2 answers the query, 1 helps). The index is built from the corpus and the
program's own words, as that of a city that writes none; `--with-city` adds the demonstration
city's. The judgements are used for scoring only.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from faq.model.content import Content
from faq.model.site import Site
from faq.read.files import list_files
from faq.read.lists import read_thesaurus
from faq.read.records import Loader
from japanese.analyze import Analyzer
from search.documents import EXCERPT_LENGTH, Document, split_answer
from search.index import analyse_documents, build_index
from search.lab.metrics import average, find_interval, find_percentile, measure_queries
from search.lab.runner import Answer, open_client, run_queries
from search.parameters import Parameters
from search.thesaurus import collect_thesaurus, merge_thesaurus

CITY = Path(__file__).parents[2] / "content"
GZIP_LEVEL = 6


def read_collection(folder: Path) -> tuple[dict[str, str], dict[str, str], dict[str, Any]]:
    """Corpus, queries and judgements of a benchmark folder."""
    corpus, queries, judgements = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("corpus", "queries", "qrels")
    )
    return corpus, queries, judgements


def read_city_thesaurus(folder: Path = CITY) -> list[tuple[str, ...]]:
    """The groups that a city's site is searched with."""
    groups, unused = read_thesaurus(Loader(folder, *list_files(folder)))
    return collect_thesaurus(Content(Site("", "", ""), thesaurus=groups, unused_words=unused))


def parse_corpus(corpus: Mapping[str, str]) -> list[Document]:
    """A document for each entry; its answer is split into index fields as an FAQ's is."""
    documents = []
    for key, text in corpus.items():
        question, _, answer = text.partition("\nAnswer:")
        title = " ".join(question.removeprefix("Question:").split())
        lead, rest = split_answer(answer.strip())
        excerpt = " ".join(answer.split())[:EXCERPT_LENGTH]
        texts = {"question": title, "lead": lead, "rest": rest}
        documents.append(Document(key, texts, title, excerpt))
    return documents


def index_corpus(
    corpus: Mapping[str, str],
    *,
    thesaurus: Sequence[Sequence[str]] | None = None,
    parameters: Parameters | None = None,
    store: str = "",
) -> dict[str, bytes]:
    """The index of a corpus, made as a site's is; without `thesaurus` with the program's."""
    documents = parse_corpus(corpus)
    groups = merge_thesaurus() if thesaurus is None else thesaurus
    analyzer = Analyzer()
    return build_index(
        documents,
        analyse_documents(documents, analyzer=analyzer),
        analyzer=analyzer,
        thesaurus=groups,
        parameters=parameters,
        store=store,
    )


def measure_bytes(index: Mapping[str, bytes]) -> dict[str, int]:
    """Part → its bytes, gzipped; `core` is all but the excerpts, which are loaded with results."""
    sizes: dict[str, int] = {}
    for name, data in index.items():
        part = name.split("-")[0].split(".")[0]
        sizes[part] = sizes.get(part, 0) + len(gzip.compress(data, GZIP_LEVEL))
    sizes["core"] = sum(size for part, size in sizes.items() if part != "excerpts")
    return sizes


def summarize(answers: Mapping[str, Answer], judgements: Mapping[str, Any]) -> dict[str, Any]:
    """Mean and 95 % interval of each metric, and the percentiles of the times in milliseconds."""
    metrics = measure_queries({key: answer.ids for key, answer in answers.items()}, judgements)
    times = [answer.milliseconds for answer in answers.values()]
    return {
        "queries": len(judgements),
        **{name: round(average(values), 4) for name, values in metrics.items()},
        "intervals": {
            name: [round(bound, 4) for bound in find_interval(list(values.values()))]
            for name, values in metrics.items()
        },
        "p50": round(find_percentile(times, 0.5), 2),
        "p95": round(find_percentile(times, 0.95), 2),
    }


def evaluate_folder(folder: Path, *, with_city: bool = False) -> dict[str, Any]:
    """All metrics, times and sizes for a benchmark folder."""
    corpus, queries, judgements = read_collection(folder)
    index = index_corpus(corpus, thesaurus=read_city_thesaurus() if with_city else None)
    with open_client(index) as page:
        answers = run_queries(page, queries)
    report = summarize(answers, judgements)
    return {"documents": len(corpus), **report, "bytes": measure_bytes(index)}


def print_report(report: Mapping[str, Any]) -> None:
    """Prints a report of `evaluate_folder` as text."""
    print(f"{report['documents']} documents, {report['queries']} queries")
    for name, (low, high) in report["intervals"].items():
        print(f"{name:10}{report[name]:8.4f}   [{low:.4f}, {high:.4f}]")
    print(f"p50 {report['p50']} ms, p95 {report['p95']} ms")
    for part, size in report["bytes"].items():
        print(f"{part:12}{size:>10,} bytes gzipped")


def main(arguments: Sequence[str]) -> int:
    """Runs the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m search.lab.evaluate", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")
    parser.add_argument(
        "--with-city", action="store_true", help="add the demonstration city's words"
    )
    options = parser.parse_args(arguments)
    report = evaluate_folder(options.folder, with_city=options.with_city)
    if options.as_json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        print_report(report)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
