"""Addresses: where each thing is published, and the way from one page to another.

An address is the path of a page within the site, without a slash before it: the front page is
"", a claim is "documents/vg-leader/inf-scope/". A published address never dies.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

HOME = ""
CALENDAR = "predictions/due.ics"
API = "api/index.json"
FEED = "api/claimreview-feed.json"
REVIEWS = "api/claimreview.ndjson"
SEARCH = "api/claims-search.json"
CHANGES = "api/changes.json"
SECURITY = ".well-known/security.txt"


def claim(claim_id: str) -> str:
    """Return the address of the claim `document/claim`."""
    return f"documents/{claim_id}/"


def document(document_id: str) -> str:
    """Return the address of a document's reading view."""
    return f"documents/{document_id}/"


def annotations(document_id: str) -> str:
    """Return the address of the annotations of a document: where its claims stand."""
    return f"documents/{document_id}/annotations.json"


def translation(claim_id: str, language: str) -> str:
    """Return the address of a claim in another language."""
    return f"documents/{claim_id}/{language}/"


def offline(name: str) -> str:
    """Return the address of a file to keep."""
    return f"offline/{name}.html"


def twin(address: str) -> str:
    """Return the address of the data of a page."""
    return f"{address}index.json"


def schema(kind: str) -> str:
    """Return the address of the JSON Schema of a kind of record."""
    return f"api/schema/{kind}.json"


def embed(claim_id: str) -> str:
    """Return the address of the small page of a claim that other sites show in a frame."""
    return f"documents/{claim_id}/embed/"


def oembed(claim_id: str) -> str:
    """Return the address at which other sites learn how to frame a claim."""
    return f"documents/{claim_id}/oembed.json"


def announcements(document_id: str) -> str:
    """Return the address below which the claims of a document are announced."""
    return f"api/factchecktools/pages/{document_id}/"


def announcement(claim_id: str) -> str:
    """Return the address of what announces a claim to Google's Fact Check Tools."""
    return f"api/factchecktools/pages/{claim_id}.json"


def slides(timeline_id: str) -> str:
    """Return the address of a timeline for TimelineJS."""
    return f"api/timelines/{timeline_id}.timelinejs.json"


def picture(address: str) -> str:
    """Return the address of the picture that other sites show with the page at an address."""
    return f"{address.rpartition('/')[0]}/card.png".lstrip("/")


def speaker(speaker_id: str) -> str:
    """Return the address of a speaker's page."""
    return f"speakers/{speaker_id}/"


def topic(topic_id: str) -> str:
    """Return the address of a topic's page."""
    return f"topics/{topic_id}/"


def verdict(verdict_id: str) -> str:
    """Return the address of a verdict's page."""
    return f"verdicts/{verdict_id}/"


def timeline(timeline_id: str) -> str:
    """Return the address of a timeline."""
    return f"timelines/{timeline_id}/"


def event(timeline_id: str, event_id: str) -> str:
    """Return the address of the page of one event of a timeline."""
    return f"timelines/{timeline_id}/{event_id}/"


def publisher(name: str) -> str:
    """Return the address of the page of one publisher of sources."""
    return f"sources/{slug(name)}/"


def article(page_id: str) -> str:
    """Return the address of a page of running text."""
    return f"{page_id}/"


@lru_cache(maxsize=1000)
def slug(name: str) -> str:
    """Return a name as part of an address: small ASCII letters, digits and hyphens.

    Names that lose letters on the way get a short digest, so that no two become one; so do mere
    numbers, which name the pages of a long list.
    """
    plain = unicodedata.normalize("NFKD", name.lower())
    ascii_name = "".join(c for c in plain if not unicodedata.combining(c))
    ascii_name = ascii_name.replace("'", "").replace("’", "")
    words = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")
    if not words.isdigit() and all(ord(c) < 128 or not c.isalnum() for c in ascii_name):
        return words
    return "-".join(filter(None, (words, hashlib.sha256(name.encode()).hexdigest()[:8])))


def file_of(address: str) -> str:
    """Return the file in which a page is published."""
    return f"{address}index.html" if address == HOME or address.endswith("/") else address


def relative(from_address: str, to_address: str) -> str:
    """Return the link from one page to another, so that the site works at any sub-path."""
    return links_from(from_address)(to_address)


def links_from(address: str) -> Callable[[str], str]:
    """Return what gives the link from a page to each other one."""
    here = address[: address.rfind("/") + 1]
    outward, outermost = around(here), here[: here.find("/") + 1]
    to_top = outward[-1][1]

    def link(to: str) -> str:
        if not to.startswith(outermost):  # the quick way for most
            return to_top + to
        for folder, way in outward:  # noqa: B007  (used below)
            if to.startswith(folder):  # at the latest the last, which is ""
                break
        return way + to[len(folder) :] or "./"

    return link


def around(folder: str) -> list[tuple[str, str]]:
    """Return a folder and all around it, each with the way there."""
    found, way = [(folder, "")], ""
    while folder:
        folder, way = folder[: folder.rfind("/", 0, -1) + 1], f"../{way}"
        found.append((folder, way))
    return found
