"""The import: reviews of others read from files, and brought into the content folder as drafts.

Every record is read before anything is written; what they come to waits in a temporary file, so
that memory does not grow with them. Then speakers, documents and ratings are written, then the
cards, each file whole. So an import that is stopped leaves sound content, and the next goes on.
"""

import datetime as dt
import json
import shutil
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TextIO

from pydantic import ValidationError
from tqdm import tqdm

from . import arrivals, cards, intake, ratings
from .arrivals import Speakers
from .claim import Claim
from .cleaning import Mended
from .columns import Columns
from .faults import describe
from .filing import Arrived, Filing
from .folder import read_folder
from .graph import reviews_in
from .ledger import Ledger
from .library import Library, parse_library
from .problems import Problem
from .review import Review, review_of
from .terminal import report

File = tuple[Path, intake.Form, Columns | None]


@dataclass
class Reception:
    """Who and what is known before and during an import."""

    root: Path
    library: Library
    today: dt.date
    ledger: Ledger
    speakers: Speakers
    places: dict[str, str] = field(default_factory=dict)  # by key: the card, as document/claim
    taken: dict[str, set[str]] = field(default_factory=dict)  # by document: the ids of its cards
    seen: set[str] = field(default_factory=set)
    collections: dict[str, arrivals.Collection] = field(default_factory=dict)
    words: dict[str, tuple[str, str | None]] = field(default_factory=dict)


def read_columns(path: Path | None) -> tuple[Columns | None, list[Problem]]:
    """Return what a file says of the columns of a table, or what is wrong with it."""
    if path is None:
        return None, []
    try:
        return cards.read(Columns, path.name, path.read_bytes())
    except OSError as error:
        why = f"this file cannot be read: {error.strerror or error}"
        return None, [Problem(str(path), 0, 0, "unreadable", why, "Name the file with the columns.")]


def prepare(files: Sequence[Path], columns: Columns | None) -> tuple[list[File], list[str]]:
    """Return what each file is and how it is read, or in sentences what is wrong with them."""
    known: list[File] = []
    faults = []
    for path in files:
        form, why = intake.form_of(path)
        meant = None
        if form == "table":
            meant, why = intake.columns_of(path, columns)
        if why or form is None:
            faults.append(f"{path}: {why}")
        else:
            known.append((path, form, meant))
    return known, faults


def read_known(root: Path) -> tuple[Library | None, list[Problem]]:
    """Return the content without its claims."""
    content = root / "content"
    files, problems = {}, list[Problem]()
    for name in ("site.yaml", "verdicts.yaml", "topics.yaml", "ratings.yaml"):
        if (content / name).is_file():
            files[name] = (content / name).read_bytes()
    speakers, unread = read_folder(content / "speakers")
    files |= {f"speakers/{name}": raw for name, raw in speakers.items()}
    for path in sorted(content.glob("documents/*/document.yaml")):
        files[path.relative_to(content).as_posix()] = path.read_bytes()
    library, faults = parse_library(files)
    problems += [*unread, *faults]
    return (None if problems else library), problems


def receive(reception: Reception, files: Sequence[File]) -> None:
    """Read all records of the files, and write what they come to."""
    _look_around(reception)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as waiting:
        total = sum(path.stat().st_size for path, _, _ in files)
        with tqdm(total=total, desc="reading", unit="B", unit_scale=True, disable=None, leave=False) as bar:
            done = 0
            for path, form, columns in files:
                for found in _found(reception, path, form, columns):
                    _take(reception, found, columns, waiting)
                    bar.update(done + found.done - bar.n)
                done += path.stat().st_size
        waiting.seek(0)
        lines = tqdm(waiting, desc="writing", total=len(reception.seen), disable=None, leave=False)
        Filing(reception.root / "content", reception.library, reception.today, reception.ledger).file(
            Arrived(reception.speakers.new, reception.collections, reception.words), map(json.loads, lines)
        )


def _look_around(reception: Reception) -> None:
    """Learn which cards there are, and which reviews they came from."""
    for path in sorted((reception.root / "content").glob("documents/*/*.yaml")):
        document, name = path.parent.name, path.stem
        reception.taken.setdefault(document, set()).add(name)
        raw = path.read_bytes()
        if b"\nimported:" in raw and name != "document":
            data, _ = cards.load(path.name, raw)
            origin = data.get("imported") if isinstance(data, dict) else None
            if isinstance(origin, dict) and origin.get("url") and origin.get("claim"):
                key = arrivals.key(str(origin["url"]), str(origin["claim"]))
                reception.places.setdefault(key, f"{document}/{name}")


def _found(
    reception: Reception, path: Path, form: intake.Form, columns: Columns | None
) -> Iterator[intake.Found]:
    """Give the records of a file, and tell of what keeps it from being read whole."""
    line = intake.line_of_no_utf8(path) if form != "page" else 0
    if line:
        reception.ledger.mended(f"{path.name}:{line}", [("encoding", "the first such line")])
    try:
        yield from intake.found_in(path, form, columns)
    except OSError as error:
        reception.ledger.refuse(path.name, f"it cannot be read to its end: {error.strerror or error}")


def _take(reception: Reception, found: intake.Found, columns: Columns | None, waiting: TextIO) -> None:
    """Take one record in: each of its reviews waits to be written, or the account says why not."""
    ledger, reading = reception.ledger, found.reading
    if reading.fault:
        ledger.refuse(found.place, reading.fault)
        return
    ledger.mended(found.place, [("json", how) for how in reading.mended])
    day_first = None if columns is None or columns.dates is None else columns.dates == "day-first"
    nodes = list(reviews_in(reading.value))
    if not nodes and not _is_other(reading.value):
        ledger.refuse(found.place, "there is no ClaimReview in it")
    for node in nodes:
        review, mended, why = review_of(node, found.base, reception.today, day_first)
        if review is None:
            ledger.mended(found.place, mended)
            ledger.refuse(found.place, why)
        else:
            _enter(reception, found.place, review, mended, waiting)


def _is_other(value: Any) -> bool:
    """Return whether a value is a thing of schema.org of which nobody expects a review."""
    kind = value.get("@type") if isinstance(value, Mapping) else None
    return isinstance(value, Mapping) and (
        "@graph" in value or kind not in (None, "DataFeedItem", "DataFeed")
    )


def _enter(reception: Reception, place: str, review: Review, mended: Mended, waiting: TextIO) -> None:
    key = arrivals.key(review.url, review.claim)
    if key in reception.seen:
        reception.ledger.repeat(place, review.url)
        return
    if fault := _fault(review):
        reception.ledger.refuse(place, fault)
        return
    reception.seen.add(key)
    speaker = reception.speakers.id_of(review.claimant, mended)
    document = arrivals.document_id(review)
    at = reception.places.get(key)
    if at is None:
        taken = reception.taken.setdefault(document, set())
        name = arrivals.card_id(review, key, taken)
        taken.add(name)
        at = f"{document}/{name}"
    if at.startswith(f"{document}/"):
        first, last = arrivals.days(review, reception.today)
        known = reception.collections.get(document)
        language = review.language or reception.library.site.language
        fresh = arrivals.Collection(review.publisher, language, first, last)
        reception.collections[document] = known.with_(first, last) if known else fresh
    _note_rating(reception, review, mended)
    reception.ledger.mended(place, mended)
    waiting.write(json.dumps([at, speaker, asdict(review)], ensure_ascii=True) + "\n")


def _fault(review: Review) -> str:
    """Return why no card can hold a review, nothing where one can."""
    fields = arrivals.card(review, arrivals.NOT_NAMED, None, "2000")
    try:
        Claim.model_validate(fields)
    except ValidationError as error:
        finding = describe(Claim, "", error.errors(include_url=False)[0])
        return finding.message
    return ""


def _note_rating(reception: Reception, review: Review, mended: Mended) -> None:
    """Keep the words of a rating that no entry has yet, with what is proposed for it."""
    if not review.rating:
        return
    short = ratings.folded(review.rating)
    if ratings.is_sentence(review.rating):
        mended.append(("sentence", review.rating))
    elif short not in reception.words:
        verdicts = reception.library.scale.verdicts
        reception.words[short] = review.rating, ratings.proposed(review.rating, review.share, verdicts)


def run(options: Namespace) -> int:
    """Import files as the command line says; return 0 where any review is a card now."""
    columns, problems = read_columns(options.columns)
    files, faults = prepare(options.files, columns) if not problems else ([], [])
    if options.report and not options.report.resolve().parent.is_dir():
        faults.append(f"{options.report}: there is no folder to write it in.")
    library, unread = read_known(options.root)
    problems += unread
    report(problems)
    if library is None or problems or faults:
        print("\n".join([*faults, "Nothing was imported."]), file=sys.stderr)
        return 1
    with tempfile.TemporaryFile("w+", encoding="utf-8") as every:
        ledger = Ledger(lambda line: print(f"- {line}", file=every))
        known = {name: entry.card for name, entry in library.speakers.items()}
        try:
            receive(Reception(options.root, library, options.today, ledger, Speakers(known)), files)
        except OSError as error:
            print(f"The import stopped: {error}. What is written is whole; import again.", file=sys.stderr)
            return 1
        account = "\n".join(ledger.lines())
        print(account)
        if options.report:
            every.seek(0)
            with options.report.open("w", encoding="utf-8") as written:
                written.write(f"# What came of an import\n\n```text\n{account}\n```\n\n## Every mend\n\n")
                shutil.copyfileobj(every, written)
    return 0 if ledger.came_in else 1
