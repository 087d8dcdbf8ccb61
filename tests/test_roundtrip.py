"""Out, in and out again: what the site publishes as ClaimReview is, field by field, what comes back."""

import datetime as dt
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

import build
from factcheck.catalogue import Catalogue, catalogue
from factcheck.claimreview import claim_review
from factcheck.dates import PartialDate
from factcheck.library import Entry, Library, read_library

TODAY = "2026-11-26"
SMALL = ROOT / "tests/small"
Review = Mapping[str, Any]

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=70).map(
    lambda text: " ".join(text.split())
)
SENTENCES = WORDS.filter(lambda text: sum(map(str.isalpha, text)) > 3 and "&" not in text)


def small() -> Library:
    library, _ = read_library(SMALL)
    assert library
    return library


def reviews(shown: Catalogue) -> dict[str, Review]:
    """Return every ClaimReview of a site by the words that it judges."""
    found = (claim_review(shown, claim) for claim in shown.claims)
    return {str(review["claimReviewed"]): review for review in found if review}


def imported(out: Mapping[str, Review], root: Path) -> Library:
    """Return what an empty site holds that imported these reviews and confirmed their ratings."""
    for name in ("site.yaml", "verdicts.yaml", "topics.yaml", "pages"):
        there = shutil.copytree if name == "pages" else shutil.copyfile
        (root / "content").mkdir(exist_ok=True)
        there(SMALL / "content" / name, root / "content" / name)
    file = root / "reviews.ndjson"
    file.write_text("".join(f"{json.dumps(review)}\n" for review in out.values()), "utf-8")
    words = ["import", str(file), "--root", str(root), "--today", TODAY]
    assert build.main(words) == 0
    ratings = root / "content/ratings.yaml"
    ratings.write_text(ratings.read_text("utf-8").replace('confirmed: "no"', 'confirmed: "yes"'), "utf-8")
    assert build.main(words) == 0
    library, problems = read_library(root)
    assert library, problems
    return library


def published(library: Library) -> Library:
    """Return the library once its editors have written what an import cannot bring."""

    def done(entry: Entry[Any]) -> Entry[Any]:
        came = entry.card.imported
        update = {"status": "published", "published": PartialDate(came.date), "reason": came.explanation}
        return replace(entry, card=entry.card.model_copy(update=update))

    return replace(library, claims={name: done(entry) for name, entry in library.claims.items()})


def held(review: Review) -> dict[str, Any]:
    """Return what of a ClaimReview is of the claim and its verdict, not of the site that publishes it."""
    claim, rating = review["itemReviewed"], review["reviewRating"]
    author = {name: claim["author"].get(name) for name in ("@type", "name", "jobTitle", "sameAs")}
    return {
        "claimReviewed": review["claimReviewed"],
        "text": claim["text"],
        "author": author,
        "said": claim.get("datePublished"),
        "rating": {name: rating.get(name) for name in
                   ("alternateName", "ratingValue", "bestRating", "worstRating", "ratingExplanation")},
        "datePublished": review["datePublished"],
        "inLanguage": review["inLanguage"],
        "sdLicense": review["sdLicense"],
    }  # fmt: skip


def there_and_back(shown: Catalogue) -> None:
    out = reviews(shown)
    with TemporaryDirectory() as folder:
        library = imported(out, Path(folder))
    for entry in library.claims.values():
        came, original = entry.card.imported, out[entry.card.imported.claim]  # type: ignore[union-attr]
        assert came
        works = [
            original["itemReviewed"].get("firstAppearance"),
            *original["itemReviewed"].get("appearance", ()),
        ]
        assert list(came.appearances) == [work["url"] for work in works if work]
        assert came.url == original["url"]
        assert came.publisher == original["author"]["name"]
    back = reviews(catalogue(published(library)))
    assert {name: held(review) for name, review in back.items()} == {
        name: held(review) for name, review in out.items()
    }


def test_the_reviews_of_a_site_come_back_as_they_were():
    there_and_back(catalogue(small()))


@settings(max_examples=12, deadline=None)
@given(
    short=SENTENCES,
    claim=SENTENCES,
    speaker=SENTENCES,
    reason=SENTENCES,
    day=st.dates(dt.date(1900, 1, 1), dt.date(2022, 1, 1)),
)
def test_whatever_a_card_says_comes_back(short: str, claim: str, speaker: str, reason: str, day: dt.date):
    library, name = small(), "open-letter/built-1871"
    entry = library.claims[name]
    said = type(library.documents["open-letter"].card.date)(*[PartialDate(day.isoformat())] * 2)
    card = entry.card.model_copy(update={"claim": claim, "short": short, "reason": reason, "said": said})
    speakers = {
        key: replace(one, card=one.card.model_copy(update={"name": f"{speaker} {one.card.name}"}))
        for key, one in library.speakers.items()
    }
    there_and_back(catalogue(replace(
        library, claims={name: replace(entry, card=card)}, speakers=speakers, proofs={}, texts={}
    )))  # fmt: skip
