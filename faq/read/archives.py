"""Whether a file is an Excel book that may be unpacked: its kind, its sizes, its XML."""

from __future__ import annotations

import io
import zipfile
from typing import IO
from xml.parsers import expat

from faq.model.problem import Place, make_error
from faq.read.raw import OLE_HEAD, ZIP_HEAD, TableError

# What a book may hold once unpacked: a table of 100,000 rows has some 100 MB.
UNPACKED_LIMIT = 300_000_000
PARTS_LIMIT = 5_000
_MEGABYTE = 1_000_000
_CHUNK = 1 << 16
# What an OLE container names the book in it that Excel has locked with a password.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
# ZIP folders that are no such book, by a file that only they have.
_OTHER_KINDS = {"mimetype": "file_is_other_kind", "xl/workbook.bin": "file_is_other_kind"}


def check_book(data: bytes, *, file: str) -> None:
    """Raises `TableError` for other kinds of files, and for a book that unpacks to too much.

    The sizes are those that the ZIP folder declares; no more than that is ever unpacked. Refused
    is also a document type in any XML: no program writes one into a book, and only there can
    entities be declared that stand for others until the memory is full.
    """

    def refuse(code: str, **values: object) -> TableError:
        return TableError(make_error(Place(file), code, **values))

    if data.startswith(OLE_HEAD):
        raise refuse("file_is_locked" if _LOCKED in data else "file_is_old_excel")
    if not data.startswith(ZIP_HEAD):
        raise refuse("file_is_no_book")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if size > UNPACKED_LIMIT:
                sizes = {"size": size // _MEGABYTE, "limit": UNPACKED_LIMIT // _MEGABYTE}
                raise refuse("book_too_large", **sizes)
            if len(parts) > PARTS_LIMIT:
                raise refuse("book_of_too_many_parts", count=len(parts), limit=PARTS_LIMIT)
            for name in archive.namelist():
                if name in _OTHER_KINDS:
                    raise refuse(_OTHER_KINDS[name])
            for part in parts:
                with archive.open(part) as xml:
                    if _has_document_type(xml):
                        raise refuse("file_is_broken")
    # What zipfile raises for damage, unknown ways to pack, and a password of the folder.
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise refuse("file_is_broken") from None


def _has_document_type(file: IO[bytes]) -> bool:
    """Whether an XML file has a DOCTYPE before its root element; false for what is not XML."""

    found: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda *_: found.append(False)
    parser.StartDoctypeDeclHandler = lambda *_: found.append(True)
    try:
        while not found and (chunk := file.read(_CHUNK)):
            parser.Parse(chunk, False)
    except expat.ExpatError:
        pass
    return found[:1] == [True]
