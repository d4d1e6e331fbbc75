"""A citizen's ways by keyboard alone, the same in every engine: `journey.yml`, walked and told.

`run_journeys` is all that an audit needs; `describe_failure` puts what it finds into Japanese.
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
PATIENCE = 20.0
MOST_TABS = 80
# Of these the name is told, of the others what stands in them.
NAMED = ("focus", "heading")

_BLANK_IN_JAPANESE = re.compile(
    f"(?<=[{HIRAGANA}{KATAKANA}{KANJI}]) (?=[{HIRAGANA}{KATAKANA}{KANJI}])"
)

Step = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Failure:
    """What an engine did not do as expected.

    `step` is empty where the engine itself failed: `expected` then names its Debian packages, and
    `found` is what it broke off with, empty where it is not installed.
    """

    engine: str
    step: str
    expected: str
    found: str


def run_journeys(
    home: str, *, query: str, engines: Sequence[Engine] = ENGINES, patience: float = PATIENCE
) -> list[Failure]:
    """Walks every journey in every engine, all engines at once; empty where all went as expected.

    A missing or broken engine is a failure, never left out; a journey ends at its first failure.
    `home` is the address of the home page with its slash; `query` is searched for, and must find
    something; `patience` is in seconds a step.
    """
    journeys = load_journeys(query)
    # Threads also because Playwright runs only once in each.
    with ThreadPoolExecutor(max(1, len(engines))) as pool:
        walk = partial(_walk_in_engine, home=home, journeys=journeys, patience=patience)
        return [failure for failures in pool.map(walk, engines) for failure in failures]


def make_missing(engine: Engine) -> Failure:
    """The failure of an engine that is not installed."""
    return Failure(engine.name, "", " ".join(engine.packages), "")


def describe_failure(failure: Failure) -> str:
    """A failure in a line of Japanese, with the way out where an engine is missing."""
    kind = "step" if failure.step else "broken" if failure.found else "missing"
    text: str = TEXTS[kind]
    return text.format(**asdict(failure) | {"found": failure.found or TEXTS["nothing"]})


def load_journeys(query: str) -> dict[str, list[Step]]:
    """The steps of every journey by its name, texts and what is searched for filled in.

    The first item of a step is what to do, the others what to expect where; `…` stands for any
    text.
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


def _walk_in_engine(
    engine: Engine, *, home: str, journeys: Mapping[str, Sequence[Step]], patience: float
) -> list[Failure]:
    if not engine.is_there():
        return [make_missing(engine)]
    failures: list[Failure] = []
    try:
        with engine.start() as driver:
            for name, steps in journeys.items():
                if wrong := _walk(driver, steps, home=home, patience=patience):
                    number, expected, found = wrong
                    step = _name_step(name, number, steps)
                    failures.append(Failure(engine.name, step, expected, found))
    except Exception as error:  # one engine's end must not hide what the others find
        failures.append(replace(make_missing(engine), found=_tell_error(error)))
    return failures


def _walk(
    driver: Driver, steps: Sequence[Step], *, home: str, patience: float
) -> tuple[int, str, str] | None:
    """What goes wrong first: the number of the step, what was expected, what was found."""
    for number, step in enumerate(steps, 1):
        (action, value), *expected = step.items()
        _act(driver, action, value, home=home)
        if action == "tab_to":
            expected.append(("focus", value))
        for place, words in expected:
            tell = partial(_tell, driver, place, home=home)
            found = wait_for(tell, partial(_matches, words), seconds=patience)
            if not _matches(words, found):
                return number, TEXTS["places"][place].format(words=words), found
    return None


def _name_step(journey: str, number: int, steps: Sequence[Step]) -> str:
    action, value = next(iter(steps[number - 1].items()))
    told = TEXTS["actions"][action].format(value=value)
    text: str = TEXTS["name"]
    return text.format(journey=journey, number=number, action=told)


def _act(driver: Driver, action: str, value: str, *, home: str) -> None:
    match action:
        case "width":
            driver.set_width(int(value))
        case "open":
            driver.open("about:blank")  # the page we are on must be a new one, too
            driver.open(home + value)
        case "press":
            driver.press(value)
        case "type":
            driver.type_text(value)
        case "back":
            driver.go_back()
        case "tab_to":
            for _ in range(MOST_TABS):
                driver.press("Tab")
                if _matches(value, _tell(driver, "focus", home=home)):
                    break
        case _:
            raise ValueError(action)


def _tell(driver: Driver, place: str, *, home: str) -> str:
    """What is at a place: the address beneath the home page, or a role with its name or text."""
    if place == "address":
        return driver.read_address().removeprefix(home)
    seen = driver.look_at(place)
    # Chromium puts a blank into a name where a heading's line ends between two phrases.
    name = _BLANK_IN_JAPANESE.sub("", seen.name)
    return f"{seen.role} {name if place in NAMED else seen.text}".strip()


def _tell_error(error: Exception) -> str:
    first = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {first}"


def _matches(words: str, found: str) -> bool:
    pattern = ".+".join(re.escape(part) for part in words.split("…"))
    return re.fullmatch(pattern, found) is not None
