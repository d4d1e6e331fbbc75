"""A content folder → all that commands work with: content, its analyzer, every problem."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from faq.check.content import check_content
from faq.model.choices import Audience
from faq.model.content import Content
from faq.model.near import hint_name
from faq.model.problem import (
    CellError,
    ContentError,
    Place,
    Problem,
    make_error,
    make_warning,
    select_errors,
)
from faq.read.content import read_content
from faq.read.files import read_file, resolve_path
from faq.window.select import Shown, select_window
from furigana.reading import Reader, align_reading, load_readings
from japanese.analyze import Analyzer
from japanese.letters import to_hiragana
from pipeline.cache import Cache
from search.parameters import Parameters, parse_parameters, read_parameters
from search.thesaurus import find_group, find_shadowed, load_thesaurus

OWN_PARAMETERS = "search-parameters.json"
# The shelf of the FAQs that were read.
ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A content with the values made from it once: its analyzer, its ranking's parameters.

    `analyzer` knows the city's own words, unless they are among the `problems`.
    """

    content: Content
    analyzer: Analyzer
    parameters: Parameters
    problems: tuple[Problem, ...]

    def require(self) -> Loaded:
        """Itself; raises `ContentError` where the content cannot be built."""
        if select_errors(self.problems):
            raise ContentError(self.problems)
        return self

    def show(self, *, at: datetime, audience: Audience) -> Shown:
        """What the audience may see at that moment."""
        return select_window(
            self.content, at=at, audience=audience, normalize=self.analyzer.normalize
        )

    def describe_readings(self) -> object:
        """All that furigana depend on besides the texts and the program."""
        return self.content.readings, self.content.user_words

    def make_reader(self) -> Reader:
        """A reader for furigana, the city's own readings before the built-in ones."""
        own = {item.word: to_hiragana(item.reading) for item in self.content.readings}
        return Reader(load_readings().add_words(own), self.analyzer)


def load_content(folder: Path, *, cache: Cache | None = None) -> Loaded:
    """Reads and checks a content folder; problems are collected, none is raised.

    What the `cache` has of it is not read again.
    """
    cache = cache or Cache()
    content, problems = read_content(folder, memory=cache.open_shelf(ROWS))
    problems += check_content(content)
    analyzer, found = cache.remember(
        "analyzer", content.user_words, lambda: _open_analyzer(content)
    )
    problems += [*found, *_check_readings(content), *_check_thesaurus(content)]
    parameters, found = _read_parameters(folder)
    return Loaded(content, analyzer, parameters, (*problems, *found))


def _open_analyzer(content: Content) -> tuple[Analyzer, list[Problem]]:
    try:
        return Analyzer((item.word, item.reading) for item in content.user_words), []
    except ValueError as error:
        place = Place(f"{content.folder}/userdict.csv")
        return Analyzer(), [make_error(place, "user_word_bad", detail=str(error))]


def _read_parameters(folder: Path) -> tuple[Parameters, list[Problem]]:
    """The ranking's weights that the city learned, else the program's."""
    path = folder / OWN_PARAMETERS
    if not os.path.lexists(path):
        return read_parameters(), []
    place = Place(f"{resolve_path(folder).name}/{OWN_PARAMETERS}")
    try:
        return parse_parameters(read_file(path)), []
    except CellError as error:
        return read_parameters(), [make_error(place, error.code, **error.values)]
    except ValueError:
        return read_parameters(), [make_error(place, "parameters_bad")]


def _check_thesaurus(content: Content) -> list[Problem]:
    """Words that two groups claim, and groups to do without that the program does not have."""
    groups = content.thesaurus
    file = f"{content.folder}/thesaurus.yml"
    problems = []
    for group in content.unused_words:
        for word in group.words:
            if not find_group(word):
                hint = hint_name(word, [one for words in load_thesaurus() for one in words])
                place = Place(file, group.row, "使わない")
                problems.append(make_warning(place, "thesaurus_unknown", value=word, hint=hint))
    for number, word, first in find_shadowed([group.words for group in groups]):
        place = Place(file, groups[number].row)
        other = groups[first]
        values = {"value": word, "row": other.row, "first": "、".join(other.words[:3])}
        problems.append(make_warning(place, "thesaurus_twice", **values))
    return problems


def _check_readings(content: Content) -> list[Problem]:
    """Readings that do not fit their spelling, and spellings that occur nowhere."""
    problems = []
    # Any text may hold the word: a list of all fields would have to be kept up with them.
    everything = repr(replace(content, readings=())) if content.readings else ""
    for item in content.readings:
        place = Place(f"{content.folder}/readings.yml", item.row, item.word)
        if item.reading and not align_reading(item.word, to_hiragana(item.reading)):
            problems.append(make_error(place, "reading_misfit", reading=to_hiragana(item.reading)))
        elif item.word not in everything:
            problems.append(make_warning(place, "reading_unused", value=item.word))
    return problems
