"""Search: what its page shows without a script, and the files that its script fetches.

Every claim is an entry, numbered from the first published to the newest, so that most builds only
add at the end. Files are named by their content, and `search/index.json` names them: whoever holds
it finds what belongs to it, or nothing.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from .assets import fingerprint
from .catalogue import Catalogue
from .claim import Claim
from .dump import as_json
from .facets import Facet, facets
from .index import Index, entry
from .page import Made, Page
from .shown import Shown
from .terms import LETTERS, MARKS, UNSPACED

# So many claims are fetched together to be shown: ten results are some 25 KB at worst.
TOGETHER = 16
NEWEST = 8
# The page holds the choices of a facet up to here; longer lists come with the index.
CHOICES = 60


def search(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The search page: without a script the newest claims and ways into the lists."""
    gettext = catalogue.words.gettext
    description = gettext("Find a claim by its words, and narrow the list.")
    yield Page("search/", "search.html", gettext("Search"), description, partial(_search, catalogue))


def _search(catalogue: Catalogue) -> Mapping[str, Any]:
    claims, found = catalogue.once(_narrowed)
    return {"newest": claims[: -NEWEST - 1 : -1], "facets": found, "most": CHOICES}


def _narrowed(catalogue: Catalogue) -> tuple[list[Shown], list[Facet]]:
    claims = numbered(catalogue)
    return claims, facets(catalogue, claims)


def fetched(catalogue: Catalogue) -> dict[str, Made]:
    """Return the files that the search script fetches, by their path within the site."""
    claims, narrowing = catalogue.once(_narrowed)
    index = Index(catalogue.derived)
    found = dict(zip((claim.id for claim in catalogue.claims), catalogue.each(_entry), strict=True))
    rows = {}
    for claim in claims:
        rows[claim.id], terms = found.pop(claim.id).split(b"\n", 1)
        index.add(terms.decode())
    files: dict[str, Made] = {}

    def keep(kind: str, content: bytes) -> str:
        name = f"{kind}/{fingerprint(content)}.json"
        files[f"search/{name}"] = content, []
        return name

    portions = (claims[at : at + TOGETHER] for at in range(0, len(claims), TOGETHER))
    directory = {
        "entries": len(claims),
        "together": TOGETHER,
        "claims": [
            keep("claims", b"[%b]\n" % b",".join(rows[claim.id] for claim in portion))
            for portion in portions
        ],
        "terms": [[shard.first, keep("terms", shard.content)] for shard in index.shards()],
        "facets": keep("facets", _json([_narrowing(facet) for facet in narrowing])),
        "marks": MARKS, "letters": LETTERS, "unspaced": UNSPACED,
    }  # fmt: skip
    return {**files, "search/index.json": (_json(directory), [])}


def _entry(catalogue: Catalogue, claim: Shown) -> str:
    """Return what a result shows of a claim as JSON, and on the lines after it its entry in the index."""
    return f"{as_json(row(catalogue, claim))}\n{entry(texts(catalogue, claim))}"


def _json(value: object) -> bytes:
    return as_json(value).encode() + b"\n"


def _narrowing(facet: Facet) -> dict[str, Any]:
    return {
        "id": facet.id,
        "values": [[value.id, value.label] for value in facet.values],
        "of": [places[0] if len(places) == 1 else places for places in facet.of],
    }


def numbered(catalogue: Catalogue) -> list[Shown]:
    """Return the claims in the order in which they were published, the newest last."""
    return sorted(catalogue.claims, key=lambda claim: claim.card.published or claim.card.checked)


def row(catalogue: Catalogue, claim: Shown) -> dict[str, str]:
    """Return what a result shows of a claim; fields without a value are left out."""
    card, words = claim.card, catalogue.words
    language = claim.document.card.language
    shown = {
        "id": claim.id,
        "verdict": claim.verdict.id,
        "overtaken": words.short(card.overtaken) if card.overtaken else "",
        "words": claim.words,
        "cut": "".join(end for end, cut in zip("<>", claim.cut, strict=True) if cut),
        "lang": language if language != catalogue.library.site.language else "",
        "dir": words.way(language),
        "why": card.reason,
        "voice": claim.voice,
        "when": claim.when,
    }
    return {name: value for name, value in shown.items() if value}


def texts(catalogue: Catalogue, claim: Shown) -> tuple[str, str, str, str]:
    """Return all words of a claim by what they are worth as a find.

    What it says; the verdict in short, and who and where; the grounds; the sources.
    """
    card, document = claim.card, claim.document.card
    topics = (catalogue.library.topics[topic].label for topic in card.topics)
    quoted = claim.quoted.card.name if claim.quoted else ""
    return (
        _joined(card.claim, card.short, card.quote),
        _joined(card.summary, card.reason, card.correct, claim.verdict.label, claim.kind, *topics,
                claim.speaker.card.name, quoted, document.short, document.title, document.publisher),
        _joined(*_grounds(card)),
        _joined(*(text for s in card.sources
                  for text in (s.title, s.publisher, s.derived_from, s.quote, s.note))),
    )  # fmt: skip


def _grounds(card: Claim) -> Iterator[str | None]:
    yield from (card.before, card.after, card.reasoning, card.uncheckable, card.would_change)
    for fact in (*(card.then.facts if card.then else ()), *card.since):
        yield fact.text
    yield card.prediction.criterion if card.prediction else None
    yield card.reporting.note if card.reporting else None
    yield card.withdrawn.reason if card.withdrawn else None
    yield from (text for correction in card.corrections for text in (correction.was, correction.note))
    yield from (relation.why for relation in card.related)


def _joined(*texts: str | None) -> str:
    return "\n".join(filter(None, texts))
