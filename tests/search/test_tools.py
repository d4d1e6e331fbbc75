"""The tools around the search: evaluate, learn, a city's own test queries."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from search.lab.learn import CHANGES, change_parameters
from search.lab.metrics import find_interval, find_paired_interval, measure_ndcg, measure_queries
from search.lab.rerank import Candidates, fit_weights, rerank_candidates
from search.parameters import read_parameters
from tests.conftest import AT, ROOT, UMIBE


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    corpus = {
        "a": "Question: 住民票はどこで取れますか\nAnswer: 市民課の窓口で取れます。",
        "b": "Question: 粗大ごみを捨てたい\nAnswer: 電話で申し込んでください。",
        "c": "Question: 国民健康保険に入りたい\nAnswer: 保険課で手続きします。",
    }
    queries = {"1": "じゅうみんひょう", "2": "大きなゴミの捨て方", "3": "国保"}
    grades = {"1": {"a": 2}, "2": {"b": 2}, "3": {"c": 1}}
    for name, data in (("corpus", corpus), ("queries", queries), ("qrels", grades)):
        (tmp_path / f"{name}.json").write_text(
            json.dumps(data, ensure_ascii=False), encoding="utf-8"
        )
    return tmp_path


def test_evaluate_prints_every_figure(collection: Path) -> None:
    done = run("-m", "search.lab.evaluate", str(collection), "--json")
    report = json.loads(done.stdout)
    assert (report["ndcg10"], report["recall10"], report["hit1"], report["zero"]) == (1, 1, 1, 0)
    assert set(report["intervals"]) == {"ndcg10", "recall10", "hit1", "hit3", "hit10", "zero"}
    assert report["bytes"]["core"] > 0
    assert report["p95"] >= report["p50"] > 0


def test_judgements_change_the_metrics(collection: Path) -> None:
    (collection / "qrels.json").write_text(
        '{"1": {"b": 2}, "2": {"a": 2}, "3": {"a": 2}}', encoding="utf-8"
    )
    report = json.loads(run("-m", "search.lab.evaluate", str(collection), "--json").stdout)
    assert report["hit1"] == 0


def test_gains_are_linear_and_discounted_by_the_logarithm_of_the_place() -> None:
    assert measure_ndcg(["x", "a"], {"a": 2}) == pytest.approx(0.6309, abs=1e-4)
    assert measure_ndcg(["b", "a"], {"a": 2, "b": 1}) == pytest.approx(
        (1 + 2 / 1.58496) / (2 + 1 / 1.58496), abs=1e-4
    )


def test_hits_count_only_questions_that_have_an_answer() -> None:
    figures = measure_queries({"1": ["a"], "2": []}, {"1": {"a": 2}, "2": {"b": 1}})
    assert figures["hit1"] == {"1": 1.0}
    assert figures["zero"] == {"1": 0.0, "2": 1.0}
    assert figures["recall10"] == {"1": 1.0, "2": 0.0}


def test_intervals_hold_the_mean_and_are_the_same_in_every_run() -> None:
    values = [0.0, 1.0] * 50
    low, high = find_interval(values)
    assert low < 0.5 < high
    assert find_interval(values) == (low, high)
    assert find_paired_interval({"a": 1.0, "b": 1.0}, {"a": 0.5, "b": 0.5}) == (0.5, 0.5, 0.5)


def test_a_feature_that_marks_the_answers_is_learned() -> None:
    features = np.array([[1.0, 0.0], [0.9, 1.0], [0.8, 0.0]])
    candidates = Candidates(("x", "y", "z"), features, np.array([0.0, 2.0, 0.0]))
    names = ["score", "distinctive"]
    assert rerank_candidates(candidates, fit_weights([candidates] * 20, names))[0] == "y"
    assert rerank_candidates(candidates, fit_weights([], names))[0] == "x"


@pytest.mark.parametrize("name", CHANGES)
def test_each_parameter_that_is_tried_changes_something(name: str) -> None:
    start = read_parameters(ROOT / "search" / "lab" / "recipe.json")
    for value in CHANGES[name]:
        assert change_parameters(start, [(name, value)]) != start


def build_without(module: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Builds a site where importing the module fails."""
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: 住民票, 回答: あ, 状態: 承認済み}\n", encoding="utf-8"
    )
    script = f"import runpy, sys; sys.modules[{module!r}] = None; runpy.run_path('build.py', run_name='__main__')"
    options = ("--content", str(folder), "--out", str(folder.parent / "public"))
    return run("-c", script, *options)


@pytest.mark.parametrize("module", ["search.lab", "playwright"])
def test_a_site_is_built_without_the_lab_and_what_it_needs(module: str, folder: Path) -> None:
    done = build_without(module, folder)
    assert done.returncode == 0, done.stderr


def test_a_module_that_a_build_needs_is_noticed(folder: Path) -> None:
    done = build_without("search.index", folder)
    assert "search.index" in done.stderr
    assert done.returncode != 0


def test_the_city_s_questions_find_their_answers() -> None:
    arguments = ("--content", str(UMIBE), "--at", AT.isoformat())
    done = run("build.py", "check", "--search", *arguments)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "5 件のうち 4 件が合格しました" in done.stdout
    assert "新しく外れたもの 0 件" in done.stdout


def test_a_query_that_no_longer_finds_its_answer_is_reported(folder: Path) -> None:
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: 住民票が欲しい, 回答: 窓口で, 状態: 承認済み}\n"
        "- {番号: 2, 質問: ごみを捨てたい, 回答: 集積所へ, 状態: 承認済み}\n",
        encoding="utf-8",
    )
    tests = folder / "search-tests.yml"
    tests.write_text(
        "- {質問: 住民票, 番号: [1]}\n- {質問: 住民票, 番号: [2], 以内: 1}\n", encoding="utf-8"
    )
    done = run("build.py", "check", "--search", "--content", str(folder))
    assert done.returncode == 1
    assert (
        "search-tests.yml 2行目「住民票」: 1番目までに出るはずの答えが、出ませんでした"
        in done.stdout
    )
    tests.write_text("- {質問: 住民票, 番号: [2], 未達: はい}\n", encoding="utf-8")
    assert run("build.py", "check", "--search", "--content", str(folder)).returncode == 0
    tests.write_text("- {質問: 住民票, 番号: [9]}\n", encoding="utf-8")
    done = run("build.py", "check", "--search", "--content", str(folder))
    assert "番号「9」のFAQは、いま公開されていません" in done.stdout + done.stderr


def test_too_few_questions_teach_nothing(folder: Path) -> None:
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: 住民票, 回答: あ, 状態: 承認済み}\n", encoding="utf-8"
    )
    (folder / "search-tests.yml").write_text("- {質問: 住民票, 番号: [1]}\n", encoding="utf-8")
    done = run("build.py", "learn", "--content", str(folder))
    assert done.returncode != 0
    assert "50 件より少ない" in done.stderr + done.stdout
    assert not (folder / "search-parameters.json").exists()
