"""What only the search's analysis can tell of a city's words."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from faq.files import read_file, resolve_path
from faq.model import Content
from faq.problem import CellError, ContentError, Place, Problem, make_error, make_warning
from search.analyze import to_hiragana, use_words
from search.parameters import Parameters, parse_parameters, read_parameters
from search.reading import Reader, align_reading, load_readings
from search.thesaurus import find_shadowed

OWN_PARAMETERS = "search-parameters.json"


def read_own_parameters(folder: Path) -> Parameters:
    """The ranking's weights a city learned, else the project's; raises `ContentError`."""
    path = folder / OWN_PARAMETERS
    if not os.path.lexists(path):
        return read_parameters()
    place = Place(f"{resolve_path(folder).name}/{OWN_PARAMETERS}")
    try:
        return parse_parameters(read_file(path))
    except CellError as error:
        raise ContentError([make_error(place, error.code, **error.values)]) from None
    except ValueError:
        raise ContentError([make_error(place, "parameters_bad")]) from None


def check_parameters(folder: Path) -> list[Problem]:
    """What is wrong with a city's own weights; nothing where it has none."""
    try:
        read_own_parameters(folder)
    except ContentError as error:
        return error.problems
    return []


def check_words(content: Content) -> list[Problem]:
    """Takes the city's own words into the analysis, and finds thesaurus words that stand twice."""
    problems = []
    try:
        use_words([(item.word, item.reading) for item in content.user_words])
    except ValueError as error:
        place = Place(f"{content.folder}/userdict.csv")
        problems.append(make_error(place, "user_word_bad", detail=str(error)))
        use_words([])
    problems += _check_readings(content)
    groups = content.thesaurus
    for number, word, first in find_shadowed([group.words for group in groups]):
        place = Place(f"{content.folder}/thesaurus.yml", groups[number].row)
        other = groups[first]
        problems.append(
            make_warning(
                place,
                "thesaurus_twice",
                value=word,
                row=other.row,
                first="、".join(other.words[:3]),
            )
        )
    return problems


def make_reader(content: Content) -> Reader:
    """Reads the pages' texts, the city's own exceptions before the built-in ones."""
    own = {item.word: to_hiragana(item.reading) for item in content.readings}
    return Reader(load_readings().add_words(own))


def _check_readings(content: Content) -> list[Problem]:
    """Readings that do not fit their spelling, and spellings that stand nowhere."""
    problems = []
    # Wherever a text may stand: a table of all fields would have to be kept up with them.
    everything = repr(replace(content, readings=())) if content.readings else ""
    for item in content.readings:
        place = Place(f"{content.folder}/readings.yml", item.row, item.word)
        if item.reading and not align_reading(item.word, to_hiragana(item.reading)):
            problems.append(make_error(place, "reading_misfit", reading=to_hiragana(item.reading)))
        elif item.word not in everything:
            problems.append(make_warning(place, "reading_unused", value=item.word))
    return problems
