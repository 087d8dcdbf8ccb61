"""What the loom is given: documents as they are, and a crowd gathered by its dates."""

import datetime as dt
from dataclasses import replace

from conftest import ROOT

from factcheck import picture
from factcheck.catalogue import Catalogue, catalogue
from factcheck.library import Entry, Library, read_library

SMALL = ROOT / "tests/small"


def library() -> Library:
    found, _ = read_library(SMALL)
    assert found
    return found


def crowd(documents: int) -> Catalogue:
    """Return a catalogue with so many copies of a document, a day apart, and of its claims."""
    small = library()
    letter = small.documents["open-letter"]
    claims = [entry for name, entry in small.claims.items() if name.startswith("open-letter/")]
    copies = {}
    for number in range(documents):
        day = str(dt.date(2024, 5, 2) + dt.timedelta(days=number))
        date = type(letter.card.date)(*(type(letter.card.date.first)(day),) * 2)
        card = letter.card.model_copy(update={"date": date, "short": f"Letter {number}"})
        copies[f"letter-{number}"] = Entry(f"letter-{number}", letter.file, card)
    said = {
        f"{name}/{entry.id.split('/')[1]}": replace(
            entry,
            id=f"{name}/{entry.id.split('/')[1]}",
            card=entry.card.model_copy(update={"related": (), "formerly": ()}),
        )
        for name in copies
        for entry in claims
    }
    return catalogue(replace(small, documents=copies, claims=said, proofs={}, texts={}))


def captions(loom: picture.Loom) -> list[str]:
    return [text.content for text in loom.lying.texts if text.y in (24, 44)]


def test_a_few_claims_have_a_thread_each():
    loom = picture.loom(catalogue(library()))
    assert loom
    assert not loom.crowd
    assert "Open letter, 13 claims" in captions(loom)
    assert len(loom.lying.stitches) == len(loom.upright.stitches) == 17


def test_only_what_was_settled_or_is_open_has_a_thread():
    loom = picture.loom(catalogue(library()))
    assert loom
    drawn = {stitch.href: stitch for stitch in loom.lying.stitches}
    assert drawn["documents/open-letter/length/"].dot
    assert drawn["documents/open-letter/new-bridge/"].open
    assert not drawn["documents/open-letter/crossings/"].thread  # rated, by no event of a timeline


def test_a_crowd_begins_beyond_sixty_claims():
    loom = picture.loom(crowd(4))
    assert loom
    assert not loom.crowd
    loom = picture.loom(crowd(5))
    assert loom
    assert loom.crowd
    assert "Said 2–3 May 2024" in captions(loom)


def test_a_crowd_in_many_documents_is_gathered_by_its_dates():
    loom = picture.loom(crowd(30))
    assert loom
    assert loom.crowd
    assert {"Said 2–11 May 2024", "10 texts, 130 claims"} <= set(captions(loom))
    assert len(loom.lying.stitches) <= picture.SHEAVES * 7
    assert {stitch.href for stitch in loom.lying.stitches} == {"documents/"}
    right = max(stitch.x + stitch.size for stitch in loom.lying.stitches)
    assert right < loom.lying.width
    assert loom.upright.height < 1200
