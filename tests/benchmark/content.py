"""Generated content for measuring: a site of any size, the same for the same seed.

Documents with their texts, speakers, sources that several claims share, timelines whose events
settle claims, corrections, predictions, relations. Words are drawn from real English in the
proportions in which a language uses its words: few often, most seldom.

    python tests/benchmark/content.py 10000 /some/folder
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PER_DOCUMENT = 50
FIRST = dt.date(2015, 1, 1)
CHECKED = dt.date(2026, 11, 1)
KINDS = ("statement", "statement", "statement", "statement", "prediction", "opinion")
STATEMENT = {
    "correct": 20,
    "mostly-correct": 18,
    "mixed": 16,
    "mostly-wrong": 12,
    "wrong": 22,
    "unproven": 12,
}
PREDICTION = {
    "came-true": 15, "largely-came-true": 12, "came-true-in-part": 18, "hardly-came-true": 12,
    "did-not-come-true": 28, "still-open": 15,
}  # fmt: skip
SYLLABLES = """ba ce di fo gu la me ni po ru sa te vi wo zu bra cle dri flo gra ple tri stu kan den
mor vel tis lan gar pol ner sim tor wen har bel cor dan"""
COMMON = """the of and to in a is that for it was on are as with be by at this have from or had not
but what all were when we there can an your which their said if do will each about how up out them
then she many some so these would other into has more her two like him see time could no make than
first been its who now people my made over did down only way find use may water long little very
after words called just where most know report year million government percent country minister
budget treaty border troops election energy price vaccine climate law court council police school
hospital tax statement official figure record agreement meeting parliament company worker market
army missile"""


@dataclass(frozen=True)
class Language:
    """Words to draw from, the common ones often."""

    random: random.Random
    words: Sequence[str]
    weights: Sequence[float]

    def sentence(self, low: int, high: int) -> str:
        """Return a sentence of so many words, without its full stop."""
        count = self.random.randint(low, high)
        text = " ".join(self.random.choices(self.words, cum_weights=self.weights, k=count))
        return text[:1].upper() + text[1:]

    def paragraph(self, low: int, high: int) -> str:
        """Return so many sentences."""
        return " ".join(f"{self.sentence(8, 22)}." for _ in range(self.random.randint(low, high)))


def language(seed: int) -> Language:
    """Return a language of some 6,000 words whose frequencies fall with their rank (Zipf's law)."""
    chance = random.Random(seed)
    syllables, common = SYLLABLES.split(), COMMON.split()
    made = {"".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(6000)}
    words = [*common, *sorted(made - set(common))]
    return Language(chance, words, list(accumulate(1 / (rank + 2) for rank in range(len(words)))))


def content(claims: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yield the path below `content/` and the text of every file of a site with so many claims."""
    tongue = language(seed)
    documents = max(2, claims // PER_DOCUMENT)
    speakers = max(5, documents // 4)
    for name in ("verdicts.yaml", "topics.yaml", "pages/method.md", "pages/corrections-policy.md"):
        yield name, (ROOT / "content" / name).read_text("utf-8")
    topics = [line.split(": ")[1] for line in (ROOT / "content/topics.yaml").read_text().splitlines()
              if line.strip().startswith("- id:")]  # fmt: skip
    yield "site.yaml", _site(claims)
    for number in range(speakers):
        yield f"speakers/speaker-{number}.yaml", _speaker(tongue, number)
    counts = [claims // documents + (number < claims % documents) for number in range(documents)]
    for number, count in enumerate(counts):
        yield from _document(tongue, number, count, speakers, topics)
    for number in range(timelines_of(documents)):
        yield f"timelines/line-{number}.yaml", _timeline(tongue, number, documents)


def timelines_of(documents: int) -> int:
    """Return how many timelines there are: one for twenty documents."""
    return max(1, documents // 20)


def write(root: Path, claims: int, seed: int = 1) -> None:
    """Write such a site below `root`, which must hold no content yet."""
    for name, text in content(claims, seed):
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _site(claims: int) -> str:
    return (
        f"title: The {claims:,} Claims\ntagline: A generated site for measuring\n"
        "description: Generated claims in generated documents; nothing here is about the world.\n"
        "address: https://check.example.org/bench/\nlanguage: en\npublisher: {name: The Bench}\n"
        "licence: {name: CC BY 4.0, url: 'https://creativecommons.org/licenses/by/4.0/'}\n"
        "repository: https://example.com/bench/check\nnavigation:\n  - {label: Documents, to: documents/}\n"
        "  - {label: Speakers, to: speakers/}\n  - {label: Timelines, to: timelines/}\n"
        "turning_point: {date: 2020-03-11, label: the turn}\nstarted: 2026-01-01\n"
    )


def _speaker(tongue: Language, number: int) -> str:
    first, last = (word.capitalize() for word in tongue.random.sample(tongue.words[-4000:], 2))
    kind = "person" if number % 4 else "organisation"
    return f"name: {first} {last}\nrole: {tongue.sentence(3, 6)}\nkind: {kind}\n"


def _day(number: int) -> dt.date:
    """Return the day of a document; a hundred days after it the event that settles its claims."""
    return FIRST + dt.timedelta(days=(number * 37) % 3600)


def _document(
    tongue: Language, number: int, count: int, speakers: int, topics: Sequence[str]
) -> Iterator[tuple[str, str]]:
    folder = f"documents/document-{number}"
    quotes = [f"{tongue.sentence(10, 24)} in the year {number}-{place}" for place in range(count)]
    lines = [f"{quote}. {tongue.paragraph(0, 2)}".strip() for quote in quotes]
    text = "\n\n".join(" ".join(lines[at : at + 3]) for at in range(0, count, 3)) + "\n"
    author = tongue.random.randrange(speakers)
    yield f"{folder}/text.txt", text
    yield f"{folder}/document.yaml", _card(
        title=tongue.sentence(4, 9), short=f"Document {number}", form="Report",
        publisher=f"Publisher {number % 97}", author=f"speaker-{author}", date=_day(number).isoformat(),
        language="en", url=f"https://example.org/document/{number}", rights="Generated; may be copied.",
        summary=tongue.paragraph(1, 2), text={"sha256": hashlib.sha256(text.encode()).hexdigest()},
    )  # fmt: skip
    for place, quote in enumerate(quotes):
        speaker = f"speaker-{tongue.random.randrange(speakers)}" if place % 3 == 0 else f"speaker-{author}"
        named = {"quote": quote, "speaker": speaker, "topics": tongue.random.sample(topics, 2)}
        yield f"{folder}/claim-{place}.yaml", _claim(tongue, number, place, named)


def _claim(tongue: Language, number: int, place: int, named: Mapping[str, object]) -> str:
    chance = tongue.random
    kind, said = chance.choice(KINDS), _day(number)
    scale = PREDICTION if kind == "prediction" else STATEMENT
    verdict = chance.choices([*scale], [*scale.values()])[0]
    settled = verdict not in ("unproven", "still-open")
    sources = [_source(tongue, number, place, at) for at in range(chance.randint(2, 5))]
    fields: dict[str, object] = {
        "claim": f"{tongue.sentence(8, 18)} {number}-{place}.",
        "short": f"{tongue.sentence(4, 6)[:60]} {number}-{place}",
        **named,
        "kind": kind,
        "checked": CHECKED.isoformat(),
        "by": "The desk",
        "reviewed_by": "Second reader",
        "summary": tongue.paragraph(2, 2)[:300],
        "reason": tongue.sentence(6, 11)[:98],
        "published": f"2026-{chance.randint(1, 9):02}-{chance.randint(1, 28):02}",
    }
    if place % 7 == 3:
        other = f"document-{number}/claim-{place - 3}"
        fields["related"] = [{"supports": other, "why": tongue.sentence(5, 9)}]
    if kind == "opinion":
        return _card(**fields, uncheckable=tongue.sentence(6, 12) + ".")
    fact = {"text": tongue.sentence(8, 20) + ".", "sources": ["first"]}
    then: dict[str, object] = {"facts": [{"date": str(said.year - 1), **fact}]}
    if kind == "prediction":
        then = {"judgement": chance.choice(("well-founded", "arguable", "unfounded")), **then}
        fields["prediction"] = {"criterion": tongue.sentence(8, 16) + "."}
        if settled:
            fields["prediction"] = {**fields["prediction"], "resolved": "2025-06-01"}  # type: ignore[dict-item]
    if settled:
        fields["settled_by"] = f"event-{number}"
    if place % 20 == 11:
        change = {"from": next(name for name in scale if name != verdict), "to": verdict}
        note = tongue.paragraph(1, 1)
        fields["corrections"] = [{"date": "2026-10-02", "class": "correction", **change, "note": note}]
    keys = [source["key"] for source in sources]
    reasoning = "\n\n".join(
        f"{tongue.paragraph(1, 3)}[^{key}] {tongue.paragraph(0, 2)}".strip() for key in keys
    )
    return _card(
        **fields, verdict=verdict, correct=tongue.sentence(6, 12) + ".", then=then,
        since=[{"date": str(said + dt.timedelta(days=100)), **fact}], reasoning=reasoning,
        would_change=tongue.sentence(8, 14) + ".", sources=sources,
    )  # fmt: skip


def _source(tongue: Language, number: int, place: int, at: int) -> dict[str, object]:
    """Return one source; the first of a claim is shared by the claims of its document."""
    name = f"{number}" if at == 0 else f"{number}-{place // 2}-{at}"
    stance = ("supports", "refutes", "context")[at % 3]
    return {
        "key": ("first", "second", "third", "fourth", "fifth")[at],
        "title": f"Report {name} on the matter",
        "publisher": f"Publisher {(number * 7 + at) % 193}",
        "date": str(_day(number).year - 1) if at == 0 else "2024-05",
        "url": f"https://example.net/source/{name}",
        "kind": ("primary", "official", "reporting", "data", "analysis")[at],
        "stance": stance,
        "note": tongue.sentence(6, 14) + ".",
    }


def _timeline(tongue: Language, number: int, documents: int) -> str:
    mine = range(number, documents, timelines_of(documents))
    events = [
        {
            "id": f"event-{document}",
            "date": (_day(document) + dt.timedelta(days=100)).isoformat(),
            "title": tongue.sentence(4, 9),
            "text": tongue.paragraph(1, 2),
            "sources": [
                {key: value for key, value in _source(tongue, document, 0, 0).items() if key != "stance"}
            ],
        }
        for document in mine
    ]
    events.sort(key=lambda event: str(event["date"]))
    return _card(title=tongue.sentence(4, 7), summary=tongue.paragraph(1, 2),
                 documents=[f"document-{document}" for document in mine], events=events)  # fmt: skip


def _card(**fields: object) -> str:
    """Return fields as YAML, long texts in blocks as editors write them."""
    return "".join(_field(name, value) for name, value in fields.items())


def _field(name: str, value: object) -> str:
    if isinstance(value, str) and "\n" in value:
        block = "\n".join(f"  {line}".rstrip() for line in value.split("\n"))
        return f"{name}: |\n{block}\n"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        entries = ("\n".join(f"    {key}: {_flow(part)}" for key, part in entry.items()) for entry in value)
        return f"{name}:\n" + "".join(f"  - {entry.strip()}\n" for entry in entries)
    return f"{name}: {_flow(value)}\n"


def _flow(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> int:
    """Write a site as the command line asks."""
    parser = argparse.ArgumentParser(description="Write generated content for measuring.")
    parser.add_argument("claims", type=int)
    parser.add_argument("root", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if (options.root / "content").exists():
        print(f"{options.root} has content already.", file=sys.stderr)
        return 1
    write(options.root, options.claims, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
