"""Proof of quotes: each is found exactly once in its document's text, or the text is not at hand.

The text of a document may lie beside its card (text.txt) or in a folder outside the project,
where it is found by its digest. What was found is recorded in proof.yaml, so that every later
build can tell that a quote is still the one that was proven.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from .claim import Claim
from .content import Proof, Proven
from .earlier import NOTHING, Earlier
from .library import Entry, Library
from .memory import FORGETTING, Remembering, code, key_of, once
from .problems import Finding
from .quotes import digest, find, normalise, paragraphs, quote_digest


def claims_of(library: Library, document: str) -> list[Entry[Claim]]:
    """Return the claims of a document, in the order of its text, the unproven last."""
    proof = library.proofs.get(document)

    def order(entry: Entry[Claim]) -> tuple[int, str]:
        place = place_of(entry.id, entry.card, proof.card) if proof else None
        return (place.at[1] if place else 1 << 62, entry.id)

    return sorted(library.by_document.get(document, ()), key=order)


def place_of(claim: str, card: Claim, proof: Proof) -> Proven | None:
    """Return where a quote was found: under the claim's own id, else under one that it had."""
    document, _, own = claim.partition("/")
    if own in proof.places or not card.formerly:
        return proof.places.get(own)
    former = (name.partition("/") for name in card.formerly)
    return next(
        (proof.places[name] for of, _, name in former if of == document and name in proof.places), None
    )


def texts_at_hand(library: Library, outside: Mapping[str, str]) -> dict[str, str]:
    """Return by document the normalised text that its quotes can be held to.

    `outside` gives normalised texts by their digest.
    """
    texts = {}
    for name, document in library.documents.items():
        beside = library.texts.get(name)
        text = normalise(beside) if beside else outside.get(document.card.text.sha256)
        if text is not None:
            texts[name] = text
    return texts


def prove(library: Library, texts: Mapping[str, str]) -> tuple[dict[str, Proof], list[Finding]]:
    """Hold every quote to the texts at hand; return the proofs and what was not found once."""
    proofs: dict[str, Proof] = {}
    findings: list[Finding] = []
    for name, text in texts.items():
        places = {}
        for entry in claims_of(library, name):
            card = entry.card
            found = find(text, card.quote, card.before, card.after)
            if len(found) == 1:
                at = (found[0].opens, found[0].start, found[0].end, found[0].closes)
                seal = quote_digest(card.before, card.quote, card.after)
                places[entry.id.split("/")[1]] = {"at": at, "seal": seal}
            else:
                findings.append(_not_once(entry, text, len(found)))
        findings += _unchecked(library, name, text)
        proofs[name] = Proof.model_validate(
            {
                "sha256": digest(text),
                "length": len(text),
                "paragraphs": tuple(paragraphs(text)),
                "places": dict(sorted(places.items(), key=lambda place: (place[1]["at"][1], place[0]))),
            }
        )
    return proofs, findings


def with_texts(library: Library, memory: Remembering | None = None, earlier: Earlier = NOTHING) -> Library:
    """Return a sound library whose quotes are held to the texts beside its documents, whatever is recorded.

    Those of a document are not looked for again where `memory` holds where they stand.
    """
    memory = FORGETTING if memory is None else memory

    def proven(name: str) -> Entry[Proof]:
        one = library.only(name)  # drafts may be left out of it, of which its mark does not tell
        key = key_of(b"proof", code(), library.mark(name), " ".join(one.claims).encode())
        told = once(memory, key, lambda: prove(one, texts_at_hand(one, {}))[0][name].as_json().encode())
        return Entry(name, f"content/documents/{name}/proof.yaml", Proof.model_validate_json(told))

    texts = [name for name in library.texts if name in library.documents]
    fresh = {
        name: earlier.again(("proof", name), library.mark(name), partial(proven, name)) for name in texts
    }
    return replace(library, proofs={**library.proofs, **fresh}) if fresh else library


def _not_once(entry: Entry[Claim], text: str, times: int) -> Finding:
    card = entry.card
    if times:
        message = f"the quote stands {times} times in the document"
        mend = 'Give the words around it in "before" and "after".'
    elif find(text, card.quote):
        message = "the quote stands in the document, but not between these words"
        mend = 'Copy "before" and "after" from the document, letter by letter.'
    else:
        message = "the quote does not stand in the document"
        mend = "Copy it from the document, letter by letter, with its quotation marks."
    return Finding(entry.file, ("quote",), "quote", message, mend)


def _unchecked(library: Library, name: str, text: str) -> Iterator[Finding]:
    document = library.documents[name]
    for place, statement in enumerate(document.card.unchecked):
        if not find(text, statement.quote):
            yield Finding(
                document.file,
                ("unchecked", place, "quote"),
                "quote",
                "the quote does not stand in the document",
                "Copy it from the document, letter by letter.",
            )


def texts_are_the_same(library: Library) -> Iterator[Finding]:
    """A text that lies beside a document is the text that its digest names."""
    for name, text in library.texts.items():
        document = library.documents.get(name)
        if document and digest(normalise(text)) != document.card.text.sha256:
            mend = f"Put the text back, or write the digest that it has now: {digest(normalise(text))}."
            yield Finding(
                document.file,
                ("text", "sha256"),
                "other-text",
                "the text beside this document is another than the one named here",
                mend,
            )


def quotes_stand(library: Library) -> Iterator[Finding]:
    """Every quote stands once in the text that lies beside its document."""
    yield from prove(library, texts_at_hand(library, {}))[1]


def quotes_are_proven(library: Library) -> Iterator[Finding]:
    """A quote is, letter by letter, the one that was found when the document was at hand."""
    beside = texts_at_hand(library, {})
    for entry in library.claims.values():
        name = entry.id.split("/")[0]
        document, proof = library.documents.get(name), library.proofs.get(name)
        unreadable = proof is None and {f"proof:{name}", f"text:{name}"} & library.known
        if not document or name in beside or unreadable:
            continue
        mend = 'Whoever has the document\'s text runs "build.py check --texts DIR --record".'
        if proof and proof.card.sha256 != document.card.text.sha256:
            yield Finding(
                entry.file,
                ("quote",),
                "text-changed",
                "the quote was proven against another text of this document",
                mend,
            )
            continue
        place = place_of(entry.id, entry.card, proof.card) if proof else None
        if not place:
            yield Finding(
                entry.file,
                ("quote",),
                "unproven-quote",
                "the quote was never held to its document",
                mend,
                "warning",
            )
        elif place.seal != quote_digest(entry.card.before, entry.card.quote, entry.card.after):
            message = "the quote is not the one that was proven"
            undo = f"Undo the change; if it is right, {mend[0].lower()}{mend[1:]}"
            mend = _hardly_seen(entry.card, place.seal) or undo
            yield Finding(entry.file, ("quote",), "quote-changed", message, mend)


def _hardly_seen(card: Claim, seal: str) -> str:
    """Return a mend where a quote differs from the proven one in what the eye passes over."""
    for change, mend in _HARDLY_SEEN:
        if quote_digest(*(change(words or "") for words in (card.before, card.quote, card.after))) == seal:
            return mend
    return ""


def read_texts(folder: Path) -> dict[str, str]:
    """Return the texts of a folder by their digest, normalised."""
    found = (path for path in sorted(folder.glob("*.txt")) if path.is_file())
    texts = (normalise(path.read_text("utf-8", "replace")) for path in found)
    return {digest(text): text for text in texts}


def record(root: Path, proofs: Mapping[str, Proof]) -> None:
    """Keep the proofs beside their documents, so that later builds need no text."""
    for name, proven in proofs.items():
        lines = [
            "# Written by `build.py check --texts DIR --record`: where each quote stands in the text,",
            "# in code points: its context begins, it begins, it ends, its context ends.",
            f"sha256: {proven.sha256}",
            f"length: {proven.length}",
            f"paragraphs: {list(proven.paragraphs)}",
            "places:",
        ]
        for claim, place in proven.places.items():
            lines += [f"  {claim}:", f"    at: {list(place.at)}", f"    seal: {place.seal}"]
        path = root / "content/documents" / name / "proof.yaml"
        path.write_text("\n".join(lines) + "\n", "utf-8")


def quotes_are_short(library: Library) -> Iterator[Finding]:
    """Of a document whose text may not be published the cards quote no more than two thirds."""
    for name, proof in library.proofs.items():
        document = library.documents.get(name)
        if not document or name in library.texts:
            continue
        quoted = end = 0
        for opens, closes in sorted((place.at[0], place.at[3]) for place in proof.card.places.values()):
            quoted += max(0, closes - max(opens, end))
            end = max(end, closes)
        listed = sum(len(statement.quote) for statement in document.card.unchecked)
        share = (quoted + listed) / max(1, proof.card.length)
        if share > MOST:
            message = f"the cards quote {share:.0%} of this document, whose text is not published"
            mend = f"At most {MOST:.0%}: quote the words that are judged and no more."
            yield Finding(document.file, ("text",), "too-much", message, mend, at_key=True)


MOST = 2 / 3


def _curl(words: str) -> str:
    opened = re.sub(r"""(^|[\s(])(["'])""", lambda mark: mark[1] + _OPENING[mark[2]], words)
    return opened.translate(_CLOSING)


_OPENING, _CLOSING = {'"': "“", "'": "‘"}, str.maketrans({'"': "”", "'": "’"})
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_MARKS = "Only the quotation marks differ: in the document they are"
_HARDLY_SEEN: tuple[tuple[Callable[[str], str], str], ...] = (
    (_curl, f"{_MARKS} curly, “ ” and ’."),
    (lambda words: words.translate(_STRAIGHT), f"{_MARKS} straight."),
    (lambda words: words.replace("\xa0", " "), "Only the spaces differ: delete them and type ordinary ones."),
)

RECORDED = ("unproven-quote", "quote-changed", "text-changed")

OF_DOCUMENTS: tuple[Callable[[Library], Iterator[Finding]], ...] = (
    texts_are_the_same,
    quotes_stand,
    quotes_are_proven,
    quotes_are_short,
)
