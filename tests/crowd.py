"""A crowd of claims for tests of size: as many as asked for, the same for the same seed.

Each has the shape of a real one, field for field, and other words: the words of the real claims as
often as these use them, and names that no text had before, few of them often and most of them once.
"""

import datetime as dt
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TypeVar

from factcheck.claim import Claim, Source
from factcheck.content import Speaker, Topic
from factcheck.dates import PartialDate, Period
from factcheck.fields import Record
from factcheck.library import Entry, Library

R = TypeVar("R", bound=Record)
PER_DOCUMENT, NAMES, SHARE_OF_NAMES = 14, 60_000, 0.06
SYLLABLES = "ka lo mir ten va sol bre ni dor ha gu stra pel øy ju ren bal co fin mau sk é zi on"
FIRST = dt.date(2014, 1, 1)
# Fields that hold words for readers; all others are kept as they are.
WORDS = {
    "claim", "short", "quote", "before", "after", "summary", "reason", "correct", "reasoning", "text",
    "would_change", "uncheckable", "criterion", "note", "title", "why",
}  # fmt: skip


class Voice:
    """Speaks in the words of some real texts, and in invented names."""

    def __init__(self, texts: Sequence[str], seed: int) -> None:
        self.random = random.Random(seed)
        self.words = [word for text in texts for word in re.findall(r"[^\W_]+(?:[’-][^\W_]+)*", text)]
        parts = SYLLABLES.split()
        self.names = ["".join(self.random.choices(parts, k=2 + rank % 3)).title() for rank in range(NAMES)]
        self.weights = list(accumulate(1 / (rank + 1) for rank in range(NAMES)))

    def say(self, like: str) -> str:
        """Return as many words as a text has, in sentences of about its length."""
        wanted = len(like.split())
        said = self.random.choices(self.words, k=wanted)
        for place in self.random.sample(range(wanted), round(wanted * SHARE_OF_NAMES)):
            said[place] = self.name()
        for end in range(17, wanted, 19):
            said[end] += "."
        return " ".join(said)[: len(like) or 1].strip() or self.name()

    def name(self) -> str:
        """Return an invented name, the first ones often."""
        return self.random.choices(self.names, cum_weights=self.weights)[0]

    def retell(self, card: R) -> R:
        """Return a card of the same shape in other words."""
        told: dict[str, object] = {}
        for field in type(card).model_fields:
            value = getattr(card, field)
            if isinstance(value, str) and field in WORDS:
                told[field] = self.say(value)
            elif isinstance(value, Record):
                told[field] = self.retell(value)
            elif isinstance(value, tuple) and not isinstance(value, Period):
                told[field] = tuple(self.retell(v) if isinstance(v, Record) else v for v in value)
        return card.model_copy(update=told)


def crowd(library: Library, claims: int, seed: int = 1) -> Library:
    """Return a library of so many claims, made after those of a sound library."""
    real = [entry for entry in library.claims.values() if not entry.card.withdrawn]
    patterns = [real[number % len(real)] for number in range(claims)]
    documents = range(-(-claims // PER_DOCUMENT))
    voice = Voice([text for entry in real for text in _texts(entry.card)], seed)
    topics = {f"topic-{n}": Topic(id=f"topic-{n}", label=voice.name(), line="A topic.") for n in range(24)}
    speakers = {f"speaker-{n}": _speaker(voice, n) for n in range(2 + claims // 50)}
    shape = next(iter(library.documents.values()))
    made = {
        f"document-{n}": Entry(
            f"document-{n}", f"content/documents/document-{n}/document.yaml",
            shape.card.model_copy(update={
                "title": voice.say("one two three four five"), "short": f"{voice.name()} {n}",
                "author": f"speaker-{n % len(speakers)}", "date": Period(*[_day(n)] * 2),
            }),
        )
        for n in documents
    }  # fmt: skip
    cards = {}
    for number, entry in enumerate(patterns):
        name = f"document-{number // PER_DOCUMENT}/claim-{number % PER_DOCUMENT}"
        card = _card(voice, entry.card, list(speakers), list(topics), number)
        cards[name] = Entry(name, f"content/documents/{name}.yaml", card)
    lines = {
        name: replace(entry, card=entry.card.model_copy(update={"documents": tuple(made)}))
        for name, entry in library.timelines.items()
    }
    return replace(library, documents=made, claims=cards, speakers=speakers, topics=topics, proofs={},
                   subjects=library.subjects.model_copy(update={"topics": tuple(topics.values())}),
                   timelines=lines)  # fmt: skip


def _texts(card: Record) -> list[str]:
    found: list[str] = []
    for field in type(card).model_fields:
        value = getattr(card, field)
        if isinstance(value, str) and field in WORDS:
            found.append(value)
        for part in value if isinstance(value, tuple) else [value]:
            if isinstance(part, Record):
                found += _texts(part)
    return found


def _speaker(voice: Voice, number: int) -> Entry[Speaker]:
    card = Speaker(name=f"{voice.name()} {voice.name()}", role="Speaker", kind="person")
    return Entry(f"speaker-{number}", f"content/speakers/speaker-{number}.yaml", card)


def _day(number: int) -> PartialDate:
    return PartialDate(str(FIRST + dt.timedelta(days=number * 37 % 4400)))


def _card(voice: Voice, card: Claim, speakers: list[str], topics: list[str], number: int) -> Claim:
    own = {
        "speaker": voice.random.choice(speakers) if number % 3 == 0 else None,
        "quoted": None,
        "said": None,
        "related": (),
        "topics": tuple(voice.random.sample(topics, 1 + number % 3)),
        "published": _day(number // 3),
        "corrections": (),
        "formerly": (),
        "sources": tuple(_source(voice, source, number) for source in card.sources),
    }
    return voice.retell(card.model_copy(update=own))


def _source(voice: Voice, source: Source, number: int) -> Source:
    publisher = voice.names[min(int(voice.random.paretovariate(0.6)), 400)]
    return source.model_copy(update={"publisher": publisher, "url": f"{source.url}?{number}"})
