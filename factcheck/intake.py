"""The files of others: which records they hold, and where each stands, read a piece at a time."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, BinaryIO, Literal
from urllib.parse import urljoin

from .columns import Columns, as_record, known, named
from .faults import suggestion
from .mending import Reading, read
from .stream import LONGEST, pieces

Form = Literal["json", "lines", "page", "table"]

_HEAD = 1 << 16
_PAGE = 1 << 25  # bytes that a saved page can have
_TAG = re.compile(r"\s*<(?:!doctype|html|head|body|script|\?xml|!--|meta|div)", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_END = re.compile(r"</script", re.IGNORECASE)
_FALLBACK = "as-windows-1252"


@dataclass(frozen=True)
class Found:
    """One record as a file holds it: its place, what it reads as, the page it is of.

    `done` is how many bytes of the file were read by then.
    """

    place: str
    reading: Reading
    base: str = ""
    done: int = 0


def form_of(path: Path) -> tuple[Form | None, str]:
    """Return what a file is, or why nothing can be read in it."""
    try:
        if path.is_dir():
            return None, "this is a folder. Name the files in it."
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        return None, f"this file cannot be read: {error.strerror or error}."
    text = head.decode(_encoding(head), _FALLBACK).lstrip()
    if not text:
        return None, "this file is empty."
    if path.suffix.lower() in (".ndjson", ".jsonl"):
        return "lines", ""
    if path.suffix.lower() in (".csv", ".tsv"):
        return "table", ""
    if text[0] in "{[":
        first, _, more = text.partition("\n")
        return ("lines" if more.lstrip()[:1] == "{" and not read(first).fault else "json"), ""
    if _TAG.match(text):
        return "page", ""
    return None, (
        "this is none of the forms that can be read: JSON, NDJSON, a web page, or a table named .csv or .tsv."
    )


def found_in(path: Path, form: Form, columns: Columns | None) -> Iterator[Found]:
    """Give every record of a file in its order. OSError where the file cannot be read to its end."""
    with path.open("rb") as file:
        if form == "page":
            yield from _page(path.name, file.read(_PAGE))
            return
        head = file.read(_HEAD)
        file.seek(0)
        with io.TextIOWrapper(file, _encoding(head), _FALLBACK, newline="") as text:
            if form == "json":
                for piece in pieces(text):
                    yield Found(f"{path.name}:{piece.line}", piece.reading, "", _done(file))
            elif form == "lines":
                yield from _lines(path.name, text, file)
            else:
                yield from _rows(path.name, text, file, columns)


def columns_of(path: Path, columns: Columns | None) -> tuple[Columns | None, str]:
    """Return which columns of a table are meant, or in a sentence why that is not plain."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    headings = _reader(io.StringIO(head.decode(_encoding(head), _FALLBACK), newline="")).fieldnames or []
    if columns is None:
        found = known(headings)
        ask = f"the head of the table names no claim and address: {', '.join(headings)}."
        return found, "" if found else f"{ask} Say which columns they are with --columns FILE."
    for field, heading in named(columns).items():
        if heading not in headings:
            likely = suggestion(heading, headings) or f"It has: {', '.join(headings)}."
            return None, f'the table has no column "{heading}", which "{field}" names. {likely}'
    return columns, ""


def line_of_no_utf8(path: Path) -> int:
    """Return the first line that holds bytes that are no UTF-8, 0 where there is none."""
    decoder, line = codecs.getincrementaldecoder("utf-8")(), 1
    with path.open("rb") as file:
        if _encoding(file.read(2)) == "utf-16":
            return 0
        file.seek(0)
        while chunk := file.read(1 << 20):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            line += chunk.count(b"\n")
    return 0


def _done(file: BinaryIO) -> int:
    return file.tell() if not file.closed else 0


def _encoding(head: bytes) -> str:
    return "utf-16" if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as Windows-1252, as browsers do (WHATWG Encoding)."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("windows-1252", "replace"), error.end


codecs.register_error(_FALLBACK, _as_windows)


def _lines(name: str, text: io.TextIOWrapper, file: BinaryIO) -> Iterator[Found]:
    number = 0
    while line := text.readline(LONGEST):
        number += 1
        if line.strip():
            yield Found(f"{name}:{number}", read(line), "", _done(file))


def _reader(text: io.TextIOBase) -> "csv.DictReader[str]":
    csv.field_size_limit(LONGEST)
    head = text.readline()
    text.seek(0)
    sign = max(",;\t|", key=head.count)
    return csv.DictReader(text, delimiter=sign, skipinitialspace=True)


def _rows(name: str, text: io.TextIOWrapper, file: BinaryIO, columns: Columns | None) -> Iterator[Found]:
    reader = _reader(text)
    columns = columns or known(reader.fieldnames or [])
    while columns:
        line = reader.line_num + 1
        try:
            row: dict[Any, Any] | None = next(reader, None)
        except csv.Error as error:
            yield Found(f"{name}:{line}", Reading(fault=f"the table breaks off: {error}"))
            return
        if row is None:
            return
        if None in row:
            reading = Reading(fault="the row has more cells than the table has columns")
        elif any(row.values()):
            reading = Reading(as_record(row, columns))
        else:
            continue
        yield Found(f"{name}:{line}", reading, "", _done(file))


class _Scripts(HTMLParser):
    """Where the scripts of JSON-LD begin in a page, what its address is, and whether it has microdata."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.begun: list[tuple[int, int]] = []
        self.addresses: dict[str, str] = {}
        self.has_microdata = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a script, an address or microdata."""
        said = {name: value or "" for name, value in attrs}
        self.has_microdata |= said.get("itemtype", "").endswith("schema.org/ClaimReview")
        if tag == "script" and said.get("type", "").strip().lower().startswith("application/ld+json"):
            line, column = self.getpos()
            self.begun.append((line, column + len(self.get_starttag_text() or "")))
        elif tag == "link" and said.get("rel", "").lower() == "canonical":
            self.addresses.setdefault("canonical", said.get("href", ""))
        elif tag == "meta" and said.get("property") == "og:url":
            self.addresses.setdefault("og:url", said.get("content", ""))
        elif tag == "base":
            self.addresses.setdefault("base", said.get("href", ""))


def _page(name: str, raw: bytes) -> Iterator[Found]:
    charset = _CHARSET.search(raw[:4096])
    encoding = charset[1].decode("ascii") if charset else _encoding(raw)
    try:
        text = raw.decode(encoding if encoding.lower() not in ("utf-8", "utf8") else "utf-8-sig", _FALLBACK)
    except LookupError:
        text = raw.decode("utf-8-sig", _FALLBACK)
    page = _Scripts()
    page.feed(text)
    canonical = page.addresses.get("canonical") or page.addresses.get("og:url", "")
    base = urljoin(page.addresses.get("base", ""), canonical)
    starts = [0, *(at.end() for at in re.finditer("\n", text))]
    for line, column in page.begun:
        yield Found(f"{name}:{line}", _script(text, starts[line - 1] + column), base, len(raw))
    if page.has_microdata and not page.begun:
        fault = "its ClaimReview is microdata, which is not read; only JSON-LD is"
        yield Found(f"{name}:1", Reading(fault=fault), base, len(raw))


def _script(text: str, start: int) -> Reading:
    """Return what a script holds; one whose text was cut by "</script" in it is put together again."""
    reading = Reading(fault="the script does not end")
    for number, end in enumerate(_END.finditer(text, start)):
        found = read(text[start : end.start()])
        if not found.fault:
            cut = ('"</script" inside a text',) if number else ()
            return Reading(found.value, (*found.mended, *cut))
        reading = found if not number else reading
        if "ends in the middle" not in reading.fault or number == 3:
            break
    return reading
