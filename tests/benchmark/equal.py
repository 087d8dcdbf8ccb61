"""Whether two built sites are equal work: their files by kind, their bytes, the words of sample pages."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path

# What kind a file is of, by the first pattern that fits; rivals name some files otherwise.
KINDS = (
    ("pictures for other sites", r".*\.png"),
    ("claims", r"documents/[^/]+/claim-\d+/index\.html"),
    ("their records", r"documents/[^/]+/claim-\d+/index\.json"),
    ("their Markdown", r"documents/[^/]+/claim-\d+/index\.md"),
    ("their embeds", r"documents/[^/]+/claim-\d+/embed(/index)?\.html"),
    ("their oEmbed answers", r"documents/[^/]+/claim-\d+/(embed/)?oembed\.json"),
    ("their citations", r"documents/[^/]+/claim-\d+/cite\.(json|bib)"),
    ("their fact check answers", r"api/factchecktools/.*"),
    ("files to keep", r"offline/.*|documents/[^/]+/offline\.html"),
    ("annotations", r"documents/[^/]+/annotations\.json"),
    ("documents", r"documents/[^/]+/index\.html"),
    ("speakers", r"speakers/[^/]+/(.+/)?index\.html"),
    ("topics and verdicts", r"(topics|verdicts)/[^/]+/(.+/)?index\.html"),
    ("publishers", r"sources/[^/]+/(.+/)?index\.html"),
    ("events", r"(timelines/[^/]+/event-\d+|events/event-\d+)/(.+/)?index\.html"),
    ("timelines", r"timelines/[^/]+/(\d+/)?index\.html"),
    ("slides", r"api/timelines/.*|timelines/.*/timelinejs\.json"),
    ("feeds", r"(.*/)?feed\.(xml|json)"),
    ("schemas", r"api/schema/.*"),
    ("the search index", r"search/.*\.json"),
    ("all data", r"api/.*"),
    ("calendar and sitemap", r"predictions/due\.ics|sitemap\.xml"),
    ("fonts, scripts, icon", r"assets/.*"),
    ("records of other pages", r"(.*/)?index\.json"),
    ("other pages", r".*\.html"),
    ("other files", r".*"),
)
# Pages whose words are compared: ours, and where a rival has it elsewhere.
SAMPLES = (
    *((f"documents/document-0/claim-{number}/index.html", "") for number in range(12)),
    ("documents/document-1/claim-5/index.html", ""),
    ("documents/document-1/claim-5/embed/index.html", "documents/document-1/claim-5/embed.html"),
    ("documents/document-1/claim-5/index.md", ""),
    ("documents/document-0/index.html", ""),
    ("speakers/speaker-0/index.html", ""),
    ("topics/replies/index.html", ""),
    ("verdicts/wrong/index.html", ""),
    ("sources/publisher-0/index.html", ""),
    ("timelines/line-0/index.html", ""),
    ("timelines/line-0/event-0/index.html", "events/event-0/index.html"),
)


def kind(name: str) -> str:
    """Return what kind of file a path is of."""
    return next(kind for kind, pattern in KINDS if re.fullmatch(pattern, name))


def weights(site: Path) -> dict[str, tuple[int, int]]:
    """Return by kind how many files a site has, and how many bytes."""
    files: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for path in site.rglob("*"):
        if path.is_file():
            found = kind(path.relative_to(site).as_posix())
            files[found] += 1
            sizes[found] += path.stat().st_size
    return {name: (files[name], sizes[name]) for name, _ in KINDS if files[name]}


class _Words(HTMLParser):
    """The words that readers see."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, _: object) -> None:
        """Begin to hear nothing in styles and scripts."""
        self.hidden += tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        """Hear again after them."""
        self.hidden -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        """Take words in."""
        self.found += [] if self.hidden else data.split()


def words(page: str) -> list[str]:
    """Return the words of a page, without tags, styles and scripts."""
    reader = _Words()
    reader.feed(page)
    reader.close()
    return reader.found


def differences(ours: Path, theirs: Path) -> Iterator[tuple[str, int, list[str]]]:
    """Yield for each sample page its path, how many words it has, and where the rival's differs."""
    for name, other in SAMPLES:
        here, there = ours / name, theirs / (other or name)
        if not here.exists():
            continue
        own = words(here.read_text("utf-8"))
        if there.exists():
            yield name, len(own), list(_changes(own, words(there.read_text("utf-8"))))
        else:
            yield name, len(own), ["it is missing there"]


def _changes(own: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    for change, a, b, c, d in difflib.SequenceMatcher(None, own, other, autojunk=False).get_opcodes():
        if change != "equal":
            yield f"“{_brief(own[a:b])}” there “{_brief(other[c:d])}”"


def _brief(found: Sequence[str]) -> str:
    return " ".join(found if len(found) < 12 else [*found[:5], "…", *found[-5:]])


def tables(sites: Mapping[str, Mapping[str, tuple[int, int]]]) -> Iterator[str]:
    """Yield as Markdown which files of each kind the sites have, and their megabytes."""
    yield "| Files, MB | " + " | ".join(sites) + " |"
    yield "|---|" + "--:|" * len(sites)
    for name in [name for name, _ in KINDS if any(name in found for found in sites.values())]:
        cells = [found.get(name, (0, 0)) for found in sites.values()]
        yield f"| {name} | " + " | ".join(f"{n:,}, {size / 1e6:.2f}" for n, size in cells) + " |"
    sums = [[sum(part) for part in zip(*found.values(), strict=True)] for found in sites.values()]
    yield "| **all** | " + " | ".join(f"**{n:,}, {size / 1e6:.1f}**" for n, size in sums) + " |"
