"""`journey.yml` → failures: what citizens do, with the keyboard alone, in every browser engine.

`run_journeys` runs them all; `describe_failure` puts a failure into Japanese.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

import yaml

from a11y.engines import ENGINES
from a11y.engines.driver import Driver, Engine
from a11y.engines.process import wait_for
from faq.texts import EDITOR_TEXTS, load_texts
from japanese.letters import HIRAGANA, KANJI, KATAKANA

TEXTS = EDITOR_TEXTS["journey"]
JOURNEYS = Path(__file__).with_suffix(".yml")
STEP_TIMEOUT = 20.0
MAX_TABS = 80
# These elements are compared by their name, all others by their text.
NAMED = ("focus", "heading")

_SPACE_IN_JAPANESE = re.compile(
    f"(?<=[{HIRAGANA}{KATAKANA}{KANJI}]) (?=[{HIRAGANA}{KATAKANA}{KANJI}])"
)

Step = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Failure:
    """A step that did not give what was expected, or an engine that does not run.

    For an engine `step` is empty, `expected` names its Debian packages, and `found` is the error,
    empty where it is not installed.
    """

    engine: str
    step: str
    expected: str
    found: str


def run_journeys(
    home: str, *, query: str, engines: Sequence[Engine] = ENGINES, timeout: float = STEP_TIMEOUT
) -> list[Failure]:
    """Runs every journey in every engine, the engines in parallel; returns the failures.

    A missing or broken engine is a failure, never skipped; a journey ends at its first failure.
    `home` is the address of the home page with its slash; `query` is searched for and must have
    results; `timeout` is seconds per step.
    """
    journeys = load_journeys(query)
    # Playwright's sync API allows one instance per thread.
    with ThreadPoolExecutor(max(1, len(engines))) as pool:
        run = partial(_run_in_engine, home=home, journeys=journeys, timeout=timeout)
        return [failure for failures in pool.map(run, engines) for failure in failures]


def make_missing_failure(engine: Engine) -> Failure:
    """The failure of an engine that is not installed."""
    return Failure(engine.name, "", " ".join(engine.packages), "")


def describe_failure(failure: Failure) -> str:
    """A failure as a line of Japanese; for an engine, with the command that installs it."""
    kind = "step" if failure.step else "broken" if failure.found else "missing"
    text: str = TEXTS[kind]
    return text.format(**asdict(failure) | {"found": failure.found or TEXTS["nothing"]})


def load_journeys(query: str) -> dict[str, list[Step]]:
    """Name of a journey → its steps, with citizens' texts and the query filled in.

    The first item of a step is the action, the others are expectations: subject → what it must
    be. `…` matches any text.
    """
    raw = yaml.load(JOURNEYS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    texts, values = load_texts("ja"), {"query": query}

    def fill(text: object) -> str:
        filled = re.sub(r"\{(\w+)\}", lambda found: texts.get(found[1], found[0]), str(text))
        return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], "…"), filled)

    return {
        name: [{key: fill(value) for key, value in step.items()} for step in steps]
        for name, steps in raw.items()
    }


def _run_in_engine(
    engine: Engine, *, home: str, journeys: Mapping[str, Sequence[Step]], timeout: float
) -> list[Failure]:
    if not engine.is_installed():
        return [make_missing_failure(engine)]
    failures: list[Failure] = []
    try:
        with engine.start() as driver:
            for name, steps in journeys.items():
                if wrong := _run_steps(driver, steps, home=home, timeout=timeout):
                    number, expected, found = wrong
                    step = _name_step(name, number, steps)
                    failures.append(Failure(engine.name, step, expected, found))
    except Exception as error:  # one engine's crash must not hide what the others find
        failures.append(replace(make_missing_failure(engine), found=_format_error(error)))
    return failures


def _run_steps(
    driver: Driver, steps: Sequence[Step], *, home: str, timeout: float
) -> tuple[int, str, str] | None:
    """The first failure: number of the step, what was expected, what was found."""
    for number, step in enumerate(steps, 1):
        (action, value), *expected = step.items()
        _perform(driver, action, value, home=home)
        if action == "tab_to":
            expected.append(("focus", value))
        for subject, pattern in expected:
            read = partial(_read_subject, driver, subject, home=home)
            found = wait_for(read, partial(_matches, pattern), timeout=timeout)
            if not _matches(pattern, found):
                return number, TEXTS["subjects"][subject].format(value=pattern), found
    return None


def _name_step(journey: str, number: int, steps: Sequence[Step]) -> str:
    action, value = next(iter(steps[number - 1].items()))
    text: str = TEXTS["name"]
    done = TEXTS["actions"][action].format(value=value)
    return text.format(journey=journey, number=number, action=done)


def _perform(driver: Driver, action: str, value: str, *, home: str) -> None:
    match action:
        case "width":
            driver.set_width(int(value))
        case "open":
            driver.open("about:blank")  # else a new fragment alone would not load the page anew
            driver.open(home + value)
        case "press":
            driver.press(value)
        case "type":
            driver.type_text(value)
        case "back":
            driver.go_back()
        case "tab_to":
            for _ in range(MAX_TABS):
                driver.press("Tab")
                if _matches(value, _read_subject(driver, "focus", home=home)):
                    break
        case _:
            raise ValueError(action)


def _read_subject(driver: Driver, subject: str, *, home: str) -> str:
    """The address below the home page, or the role of an element with its name or text."""
    if subject == "address":
        return driver.read_address().removeprefix(home)
    element = driver.read_element(subject)
    # Chromium puts a space into a name where a heading's line may break between two phrases.
    name = _SPACE_IN_JAPANESE.sub("", element.name)
    return f"{element.role} {name if subject in NAMED else element.text}".strip()


def _format_error(error: Exception) -> str:
    first = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {first}"


def _matches(pattern: str, found: str) -> bool:
    expression = ".+".join(re.escape(part) for part in pattern.split("…"))
    return re.fullmatch(expression, found) is not None
