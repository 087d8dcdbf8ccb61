"""Tables: the record in rows and columns, as CSV (RFC 4180) for spreadsheets and databases.

A cell that a spreadsheet would take for a formula begins with an apostrophe instead (OWASP, "CSV
Injection"). Several values of one cell are parted by a space; none of them holds one.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from .catalogue import Catalogue
from .claimreview import absolute
from .dump import joined
from .evidence import origins
from .shown import Shown
from .words import N_

Row = Mapping[str, Any]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Table:
    """One table: its columns, each with its type and what it holds, and its rows.

    `rows` gives them for a catalogue, or where they are told `by_claim` for one of its claims.
    Types are those of the Frictionless Table Schema. `key` names the column that no two rows share;
    `links` names for a column the table and column in which its values stand.
    """

    name: str
    title: str
    columns: Mapping[str, tuple[str, str]]
    rows: Callable[..., Iterator[Row]]
    key: str = ""
    links: Mapping[str, tuple[str, str]] | None = None
    by_claim: bool = False

    def csv(self, catalogue: Catalogue) -> bytes:
        """Return the table as CSV in UTF-8, its lines ended by CR LF, its first line the names."""
        if self.by_claim:
            return joined(catalogue.each(partial(_lines, self)), begin=_written([self.columns]).encode())
        return f"{_written([self.columns])}{_lines(self, catalogue)}".encode()


def _lines(table: Table, *of: Any) -> str:
    return _written([cell(row.get(name)) for name in table.columns] for row in table.rows(*of))


def _written(rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


def cell(value: object) -> str:
    """Return a value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _claims(catalogue: Catalogue, claim: Shown) -> Iterator[Row]:
    yield {**_identity(catalogue, claim), **_words(claim), **_judged(claim)}


def _identity(catalogue: Catalogue, claim: Shown) -> Row:
    card, version = claim.card, catalogue.versions.get(claim.file)
    return {
        "id": claim.id,
        "url": absolute(catalogue.library.site, claim.address),
        "document": claim.document.id,
        "speaker": claim.speaker.id,
        "quoted": claim.quoted and claim.quoted.id,
        "said_first": claim.said.first,
        "said_last": claim.said.last,
        "said_inferred": claim.inferred,
        "paragraph": claim.paragraph,
        "kind": card.kind,
        "topics": " ".join(card.topics),
        "sources": len(card.sources),
        "origins": len(origins(card.sources)),
        "published": card.published,
        "changed": claim.changed,
        "withdrawn": card.withdrawn and card.withdrawn.date,
        "commit": version and version.commit,
    }


def _words(claim: Shown) -> Row:
    card = claim.card
    said = {name: getattr(card, name) for name in (
        "claim", "short", "quote", "summary", "reason", "correct", "uncheckable", "reasoning", "would_change",
    )}  # fmt: skip
    return {**said, "criterion": card.prediction and card.prediction.criterion}


def _judged(claim: Shown) -> Row:
    card, verdict = claim.card, claim.verdict
    return {
        "verdict": verdict.id,
        "verdict_label": verdict.label,
        "verdict_value": verdict.value,
        "judgement_then": card.then and card.then.judgement,
        "reporting": card.reporting and card.reporting.verdict,
        "checked": card.checked,
        "by": card.by,
        "reviewed_by": card.reviewed_by,
        "review_by": card.review_by,
        "due": card.prediction and card.prediction.due,
        "resolved": card.prediction and card.prediction.resolved,
        "overtaken": card.overtaken,
        "settled_by": card.settled_by,
    }


def _sources(_catalogue: Catalogue, claim: Shown) -> Iterator[Row]:
    fields = ("key", "title", "publisher", "date", "url", "archived", "accessed", "read", "language", "kind",
              "derived_from", "stance", "quote", "note")  # fmt: skip
    for number, source in enumerate(claim.card.sources, 1):
        values = {name: getattr(source, name) for name in fields}
        yield {"claim": claim.id, "number": number, **values, "origin": source.origin}


def _corrections(_catalogue: Catalogue, claim: Shown) -> Iterator[Row]:
    for entry in claim.card.corrections:
        yield {"claim": claim.id, "date": entry.date, "class": entry.class_, "from": entry.from_,
               "to": entry.to, "was": entry.was, "note": entry.note}  # fmt: skip


def _documents(catalogue: Catalogue) -> Iterator[Row]:
    for entry in catalogue.documents:
        card = entry.card
        names = ("title", "short", "form", "publisher", "author", "language", "url", "archived", "date_note")
        yield {"id": entry.id, **{name: getattr(card, name) for name in names}, "date_first": card.date.first,
               "date_last": card.date.last, "sha256": card.text.sha256}  # fmt: skip


def _speakers(catalogue: Catalogue) -> Iterator[Row]:
    for name, entry in catalogue.library.speakers.items():
        fields = ("name", "role", "kind", "same_as", "note")
        yield {"id": name, **{field: getattr(entry.card, field) for field in fields}}


def _verdicts(catalogue: Catalogue) -> Iterator[Row]:
    for verdict in catalogue.library.verdicts.values():
        names = ("id", "of", "label", "value", "says", "meaning")
        yield {name: getattr(verdict, name) for name in names}


def _events(catalogue: Catalogue) -> Iterator[Row]:
    for entry in catalogue.library.timelines.values():
        for event in entry.card.events:
            urls = " ".join(source.url for source in event.sources)
            yield {"id": event.id, "timeline": entry.id, "date": event.date, "title": event.title,
                   "text": event.text, "sources": urls}  # fmt: skip


def _columns(lines: str) -> dict[str, tuple[str, str]]:
    """Return columns from lines of name, type and what it holds."""
    parts = (line.split(maxsplit=2) for line in lines.strip().splitlines())
    return {name: (kind, said) for name, kind, said in parts}


CLAIMS = Table("claims", N_("Every claim and its verdict"), _columns("""
    id               string   Its id, document/claim.
    url              string   The address of its page.
    document         string   The document in which it stands.
    speaker          string   Who asserts it.
    quoted           string   Whose words it reports.
    said_first       string   The first of the days on which it was made: a date, a month or a year.
    said_last        string   The last of them.
    said_inferred    boolean  Whether that date was inferred.
    paragraph        integer  The paragraph in which it stands, from 1.
    kind             string   statement, quotation, prediction or opinion.
    claim            string   The assertion that is judged, in the words of the site.
    short            string   The same in at most 75 characters, where that is another.
    quote            string   The document's words.
    verdict          string   The id of the verdict, or withdrawn.
    verdict_label    string   The verdict in words.
    verdict_value    integer  Its place on the axis, 1 to 5; empty off the axis.
    judgement_then   string   Of a prediction: how it stood on that day's record.
    reporting        string   Whether the document gives what was said: faithful, altered, unverified.
    summary          string   The finding in short.
    reason           string   The finding in a line.
    correct          string   What would have been right.
    uncheckable      string   Of an opinion: why nothing could settle it.
    reasoning        string   Why this verdict; Markdown, sources cited as [^key].
    would_change     string   What evidence would change the verdict.
    criterion        string   Of a prediction: what had to happen.
    due              string   Of a prediction: by when.
    resolved         string   Of a prediction: when its outcome was plain.
    overtaken        string   From when on it was no longer so.
    settled_by       string   The event that settles it.
    topics           string   The ids of its topics, parted by spaces.
    sources          integer  How many sources it has.
    origins          integer  From how many independent origins they come.
    checked          string   The day up to which evidence was weighed.
    by               string   Who checked it.
    reviewed_by      string   Who read it a second time.
    review_by        string   When it must be looked at again.
    published        string   The day of first publication.
    changed          string   The day of the last change that readers are told of.
    withdrawn        string   The day on which it was withdrawn.
    commit           string   The commit that last changed its card, where that is known.
"""), _claims, "id", {"document": ("documents", "id"), "speaker": ("speakers", "id"),
                      "settled_by": ("events", "id")}, by_claim=True)  # fmt: skip
SOURCES = Table("sources", N_("The sources of each claim"), _columns("""
    claim            string   The claim.
    number           integer  Its number on the page of the claim.
    key              string   The name by which the claim cites it.
    title            string   Its title, in its own language.
    publisher        string   Who published it at this address.
    date             string   When it was published.
    url              string   Its address.
    archived         string   A snapshot in an archive.
    accessed         string   The day on which the address was opened.
    read             string   How much of it was read in an archived copy: text, part, address.
    language         string   Its language where it is not the site's.
    kind             string   primary, official, reporting, data or analysis.
    derived_from     string   Whose report or text it carries.
    origin           string   Whose knowledge it carries.
    stance           string   supports, refutes or context.
    quote            string   The few words relied on.
    note             string   What it says that matters here.
"""), _sources, "", {"claim": ("claims", "id")}, by_claim=True)  # fmt: skip
CORRECTIONS = Table("corrections", N_("Every change after publication"), _columns("""
    claim            string   The claim.
    date             string   When it was made.
    class            string   correction, clarification, update, retraction or typo.
    from             string   The verdict before, where it changed.
    to               string   The verdict after, where it changed.
    was              string   The claim as it read before, where its wording changed.
    note             string   What changed and why; Markdown.
"""), _corrections, "", {"claim": ("claims", "id")}, by_claim=True)  # fmt: skip
DOCUMENTS = Table("documents", N_("The documents under examination"), _columns("""
    id               string   Its id.
    title            string   Its title.
    short            string   How the site calls it in short.
    form             string   What it is.
    publisher        string   Who published it.
    author           string   The speaker who asserts what it says in its own voice.
    date_first       string   The first of the days on which it was published.
    date_last        string   The last of them.
    date_note        string   How the date is known, where it was inferred.
    language         string   The language of the text that was judged.
    url              string   Where it can be read.
    archived         string   A snapshot in an archive.
    sha256           string   The digest of its normalised text.
"""), _documents, "id", {"author": ("speakers", "id")})  # fmt: skip
SPEAKERS = Table("speakers", N_("Who asserts or is quoted"), _columns("""
    id               string   Their id.
    name             string   Their name.
    role             string   Office or nature at the time of the claims.
    kind             string   person or organisation.
    same_as          string   Their Wikidata address, where it is certain.
    note             string   What a reader must know about the role; Markdown.
"""), _speakers, "id")  # fmt: skip
VERDICTS = Table("verdicts", N_("The scale"), _columns("""
    id               string   Its id.
    of               string   What it is a verdict on: statement, prediction, opinion.
    label            string   The verdict in words.
    value            integer  Its place on the axis, 1 to 5; empty off the axis.
    says             string   right, wrong or neither.
    meaning          string   Its definition.
"""), _verdicts, "id")  # fmt: skip
EVENTS = Table("events", N_("The events of the timelines"), _columns("""
    id               string   Its id.
    timeline         string   The timeline on which it stands.
    date             string   The day, the month or the year.
    title            string   What happened, in a line.
    text             string   A sentence or two more; Markdown.
    sources          string   Where it is recorded: addresses, parted by spaces.
"""), _events, "id")  # fmt: skip

TABLES: Iterable[Table] = (CLAIMS, SOURCES, CORRECTIONS, DOCUMENTS, SPEAKERS, VERDICTS, EVENTS)
