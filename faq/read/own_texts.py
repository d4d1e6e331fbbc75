"""texts/<language>.yml of a city: the sentences that differ from the program's, checked by key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from faq.model.languages import list_languages
from faq.model.near import hint_name
from faq.model.problem import CellError, Place, make_error, make_warning
from faq.read.cells import parse_text
from faq.read.raw import Raw
from faq.read.records import Loader
from faq.texts import TEXTS_FOLDER, load_texts

# A sentence may be written with the one it replaces, which `check` then compares.
_NEW, _OLD = "文", "もと"
# Not a sentence: whether the program's translators have reviewed theirs.
_NOT_TEXTS = ("reviewed",)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def read_own_texts(loader: Loader) -> dict[str, Mapping[str, Any]]:
    """Language → the city's sentences, nested as in the program's file of that language."""
    tags = [item.tag for item in list_languages()]
    known = [tag for tag in tags if (TEXTS_FOLDER / f"{tag}.yml").exists()]
    texts: dict[str, Mapping[str, Any]] = {}
    for path in loader.list_files("texts", (".yml", ".yaml")):
        file = loader.name(path)
        if path.stem not in known or path.parent.name != "texts":
            names = "、".join(f"{tag}.yml" for tag in known)
            loader.problems.append(make_error(Place(file), "texts_file", names=names))
            continue
        base = load_texts(path.stem)
        for name in _NOT_TEXTS:
            base.pop(name, None)
        for document in loader.read_documents(path.relative_to(loader.folder).as_posix()):
            texts[path.stem] = _TextReader(loader, file).read_record(document, base, "")
    return texts


class _TextReader:
    """Reads one file beside the program's texts of the same language."""

    def __init__(self, loader: Loader, file: str) -> None:
        self._loader = loader
        self._file = file

    def _report(self, raw: Raw, key: str, code: str, **values: object) -> None:
        place = Place(self._file, raw.row, key)
        self._loader.problems.append(make_error(place, code, **values))

    def read_record(self, raw: Raw, base: Mapping[str, Any], above: str) -> dict[str, Any]:
        """The sentences of a record, each by its key; `above` is the key of the record."""
        if not isinstance(raw.value, dict):
            self._report(raw, above, "not_record")
            return {}
        texts = {}
        for key, value in raw.value.items():
            name = f"{above}.{key}" if above else key
            if key not in base:
                self._report(value, name, "text_unknown", hint=hint_name(key, base))
            elif (text := self._read(value, base[key], name)) is not None:
                texts[key] = text
        return texts

    def _read(self, raw: Raw, base: Any, key: str) -> Any:
        """A sentence, a list or a record like the program's; None where it cannot be read."""
        if isinstance(base, dict):
            return self.read_record(raw, base, key)
        if isinstance(base, list):
            items = raw.get_items()
            if len(items) != len(base):
                self._report(raw, key, "text_count", count=len(base))
                return None
            return [self._read(item, old, key) for item, old in zip(items, base, strict=True)]
        return self._read_sentence(raw, base, key)

    def _read_sentence(self, raw: Raw, base: str, key: str) -> str | None:
        record = raw.get_record()
        if record and set(record) == {_NEW, _OLD}:
            if record[_OLD].get_text().strip() != base.strip():
                place = Place(self._file, raw.row, key)
                self._loader.problems.append(make_warning(place, "text_old", value=base))
            raw = record[_NEW]
        try:
            text = parse_text(raw)
        except CellError as error:
            self._report(raw, key, error.code, **error.values)
            return None
        if not text.strip():
            self._report(raw, key, "value_missing")
        elif re.search("[{}]", _PLACEHOLDER.sub("", text)) or (
            set(_PLACEHOLDER.findall(text)) != set(_PLACEHOLDER.findall(base))
        ):
            names = "、".join(dict.fromkeys(found[0] for found in _PLACEHOLDER.finditer(base)))
            code = "text_places" if names else "text_no_places"
            self._report(raw, key, code, value=base, names=names)
        return text
