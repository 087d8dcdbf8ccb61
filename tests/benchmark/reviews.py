"""Generated reviews of others for measuring the import: any number, the same for the same seed.

A feed as Data Commons gives it, with the defects that readers of real feeds have to mend: every
kind in a small share of the records, broken JSON among them. Words are drawn as in content.py;
people, sites and addresses are invented (example.org and the like, RFC 2606).

    python tests/benchmark/reviews.py 10000 /some/feed.json
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from content import Language, language  # noqa: E402
from factcheck.ratings import _PROPOSED  # noqa: E402

TOWNS = ("Arden", "Borley", "Corwen", "Dunmore", "Elsing", "Farley", "Gorsham")
SITES = [(f"Checkers of {town}", f"{town.lower()}.example.{end}") for town in TOWNS for end in ("org", "com")]
RATINGS = [" ".join(word.split()) for words in _PROPOSED.values() for word in words.split("|")][::2][:125]
FREE = ["Four bananas", "Meh", "Satire", "Not a fact", "See our analysis", "Opinion"]
Node = dict[str, Any]


def _lost_slash(node: Node, _: Language) -> None:
    node["itemReviewed"]["firstAppearance"] = {"url": "https:/posts.example.net/lost"}


def _joined(node: Node, _: Language) -> None:
    node["itemReviewed"]["appearance"] = "http://posts.example.net/1, http://posts.example.net/2"


def _minus_one(node: Node, _: Language) -> None:
    node["reviewRating"] |= {"ratingValue": "-1", "bestRating": "-1", "worstRating": "-1"}


def _blank_number(node: Node, _: Language) -> None:
    node["reviewRating"] |= {"ratingValue": "", "bestRating": 5, "worstRating": 1}


def _no_date(node: Node, _: Language) -> None:
    del node["datePublished"]


def _order(node: Node, _: Language) -> None:
    node["itemReviewed"]["datePublished"] = "2026-10-30"


def _epoch(node: Node, _: Language) -> None:
    node["itemReviewed"]["datePublished"] = "1970-01-01T00:00:00Z"


def _html(node: Node, _: Language) -> None:
    node["claimReviewed"] = f"<p>{node['claimReviewed']} &amp; <b>more</b>&nbsp;of it</p>"


def _escaped(node: Node, _: Language) -> None:
    node["claimReviewed"] = f"&amp;quot;{node['claimReviewed']}&amp;quot;"


def _mojibake(node: Node, _: Language) -> None:
    node["claimReviewed"] += " in the cafÃ©"


def _unseen(node: Node, _: Language) -> None:
    node["claimReviewed"] += "\u200b"


def _author_text(node: Node, _: Language) -> None:
    node["itemReviewed"]["author"] = "Viral posts"


def _authors(node: Node, _: Language) -> None:
    node["itemReviewed"]["author"] = [{"@type": "Person", "name": "Ada Arden"}, {"name": "Bo Borley"}]


def _checker(node: Node, _: Language) -> None:
    node["itemReviewed"]["author"] = dict(node["author"])


def _unknown(node: Node, _: Language) -> None:
    node["itemReviewed"]["author"] = {"name": "Unknown"}


def _item_list(node: Node, _: Language) -> None:
    node["itemReviewed"] = [node["itemReviewed"]]


def _types(node: Node, _: Language) -> None:
    node["@type"] = ["Review", "ClaimReview"]


def _relative(node: Node, _: Language) -> None:
    node["url"] = node["url"].removeprefix(node["author"]["url"].rstrip("/"))


def _own_page(node: Node, _: Language) -> None:
    node["itemReviewed"]["appearance"] = [{"url": node["url"]}]


def _sentence(node: Node, words: Language) -> None:
    node["reviewRating"]["alternateName"] = f"{words.sentence(9, 20)}."


def _no_rating(node: Node, _: Language) -> None:
    node["reviewRating"] = {"@type": "Rating", "ratingValue": "2", "bestRating": "5", "worstRating": "1"}


def _no_claim(node: Node, _: Language) -> None:
    del node["claimReviewed"]


def _no_address(node: Node, _: Language) -> None:
    del node["url"]


def _properties(node: Node, _: Language) -> None:
    node["itemReviewed"] = {"properties": node["itemReviewed"]}


DEFECTS: tuple[Callable[[Node, Language], None], ...] = (
    _lost_slash, _joined, _minus_one, _blank_number, _no_date, _order, _epoch, _html, _escaped, _mojibake,
    _unseen, _author_text, _authors, _checker, _unknown, _item_list, _types, _relative, _own_page, _sentence,
    _no_rating, _no_claim, _no_address, _properties,
)  # fmt: skip


def nodes(count: int, seed: int = 1) -> Iterator[Node]:
    """Give so many reviews; a third of them have a defect, one in fifty is there twice."""
    words = language(seed)
    chance = random.Random(seed)
    people = [f"{words.sentence(1, 1)} {words.sentence(1, 1)}" for _ in range(max(20, count // 8))]
    before: Node | None = None
    for number in range(count):
        if before and chance.random() < 0.02:
            yield before
            continue
        node = _node(number, words, chance, people)
        if chance.random() < 0.33:
            DEFECTS[number % len(DEFECTS)](node, words)
        before = node
        yield node


def _node(number: int, words: Language, chance: random.Random, people: list[str]) -> Node:
    publisher, host = SITES[chance.randrange(len(SITES))]
    day = dt.date(2015, 1, 1) + dt.timedelta(days=chance.randrange(4200))
    who = chance.randrange(len(people))
    claim = words.sentence(6, 22)
    same = {"sameAs": f"https://www.wikidata.org/wiki/Q{9000000 + who}"} if who % 3 == 0 else {}
    value = chance.randint(1, 5)
    rating = chance.choice(RATINGS) if chance.random() < 0.98 else chance.choice(FREE)
    return {
        "@context": "http://schema.org",
        "@type": "ClaimReview",
        "url": f"https://www.{host}/checks/{number}-{'-'.join(claim.lower().split()[:8])}/",
        "author": {"@type": "Organization", "name": publisher, "url": f"https://www.{host}/"},
        "claimReviewed": claim,
        "datePublished": day.isoformat(),
        "inLanguage": "en",
        "reviewRating": {
            "@type": "Rating", "alternateName": chance.choice((str, str.upper, str.capitalize))(rating),
            "ratingValue": str(value), "bestRating": "5", "worstRating": "1",
            "ratingExplanation": words.paragraph(1, 3),
        },
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": people[who], "jobTitle": words.sentence(1, 3), **same},
            "datePublished": (day - dt.timedelta(days=chance.randrange(40))).isoformat(),
            "firstAppearance": {"@type": "CreativeWork", "url": f"https://posts.example.net/p/{number}"},
        },
        "sdLicense": "https://creativecommons.org/licenses/by/4.0/",
    }  # fmt: skip


def feed(count: int, seed: int = 1) -> Iterator[str]:
    """Give a feed piece by piece; one record in four hundred is broken JSON."""
    chance = random.Random(seed + 1)
    head = {"@context": "https://schema.org", "@type": "DataFeed", "dateModified": "2026-11-01T00:00:00Z"}
    yield json.dumps(head)[:-1] + ', "dataFeedElement": [\n'
    for number, node in enumerate(nodes(count, seed)):
        item = {"@type": "DataFeedItem", "dateCreated": "2026-11-01", "item": [node], "url": node.get("url")}
        text = json.dumps(item, ensure_ascii=False)
        if chance.random() < 0.0025 and node.get("claimReviewed"):
            text = chance.choice(BREAKS)(text)
        yield (",\n" if number else "") + text
    yield "\n]}\n"


BREAKS: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace('"claimReviewed": "', '"claimReviewed": "They said "no" and ', 1),
    lambda text: text.replace('"claimReviewed": "', '"claimReviewed": "Two\nlines ', 1),
    lambda text: f"{text[:-1]},}}",
    lambda text: text.replace('"item": [{', '"item": [{{', 1),
)


def main() -> None:
    """Write a feed into a file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with options.file.open("w", encoding="utf-8") as file:
        file.writelines(feed(options.count, options.seed))


if __name__ == "__main__":
    main()
