"""The content of a generated site, in the form that other generators like best.

For Hugo a Markdown file per claim, document, speaker, topic, verdict, publisher and event, each
with JSON front matter; a claim carries what a theme would otherwise work out page by page (its
number, its place in the text, its relations), so that this is no work for Hugo. The styles are
those of the pages that `build.py` made, one for each kind of page.

    python tests/benchmark/rivals/convert.py ROOT OUT SITE hugo
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent.parent.parent)]

from factcheck.abroad import in_all  # noqa: E402
from factcheck.addresses import publisher as place_of  # noqa: E402
from factcheck.catalogue import Catalogue  # noqa: E402
from factcheck.evidence import origins  # noqa: E402
from factcheck.filters import choices  # noqa: E402
from factcheck.folder import read_folder  # noqa: E402
from factcheck.languages import read_all  # noqa: E402
from factcheck.library import read_library  # noqa: E402
from factcheck.months import Happening, joined, stretches  # noqa: E402
from factcheck.proof import with_texts  # noqa: E402
from factcheck.reading import Paragraph, merged  # noqa: E402
from factcheck.shown import Shown  # noqa: E402

Fields = dict[str, Any]
File = tuple[str, Fields, str]
# The page whose style stands for its kind.
SAMPLES = {
    "claim": "documents/*/claim-1/index.html", "embed": "documents/*/claim-1/embed/index.html",
    "document": "documents/document-0/index.html", "documents": "documents/index.html",
    "speaker": "speakers/speaker-0/index.html", "speakers": "speakers/index.html",
    "topic": "topics/*/index.html", "topics": "topics/index.html", "verdict": "verdicts/*/index.html",
    "timeline": "timelines/line-0/index.html", "timelines": "timelines/index.html",
    "event": "timelines/line-0/event-0/index.html", "publisher": "sources/publisher-0/index.html",
    "sources": "sources/index.html", "claims": "claims/index.html", "article": "method/index.html",
    "predictions": "predictions/index.html", "corrections": "corrections/index.html",
    "home": "index.html", "scale": "scale/index.html", "feeds": "feeds/index.html",
    "offline": "offline/*.html",
}  # fmt: skip

# What else stands beside a page, by its kind.
FORMS = {
    "document": ("atom", "jsonfeed", "annotations", "offline"), "speaker": ("atom", "jsonfeed"),
    "topic": ("atom", "jsonfeed"), "timeline": ("slides",),
}  # fmt: skip


def catalogue_of(root: Path) -> Catalogue:
    """Return the catalogue of a sound site."""
    library, problems = read_library(root)
    if library is None:
        raise SystemExit(f"{root} cannot be read: {problems[0].message}")
    looks, _ = read_folder(HERE.parent.parent.parent / "templates")
    words, _ = read_all([library.site.language, *library.languages], looks)
    return in_all(with_texts(library), words)


def styles(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the style of each kind of page, as a built site has it."""
    for kind, pattern in SAMPLES.items():
        page = sorted(site.glob(pattern))[0].read_text("utf-8")
        yield kind, re.search("<style>(.*?)</style>", page, re.DOTALL)[1]  # type: ignore[index]


def pages(catalogue: Catalogue) -> Iterator[File]:
    """Yield every page: its path, its front matter, its Markdown."""
    for weight, claim in enumerate(catalogue.claims, 1):
        yield f"documents/{claim.id}.md", _claim(catalogue, claim, weight), claim.card.reasoning or ""
    for weight, entry in enumerate(catalogue.documents, 1):
        rows = [_paragraph(row) for row in merged(catalogue.paragraphs[entry.id])]
        params = {"id": entry.id, "card": _plain(entry.card), "rows": rows, "file": entry.file}
        yield f"documents/{entry.id}/_index.md", _list("document", entry.card.title, weight, params), ""
    yield from _named(catalogue)
    for weight, (publisher, params) in enumerate(_publishers(catalogue), 1):
        address = place_of(publisher)
        yield f"{address}_index.md", _list("publisher", publisher, weight, params), ""
    yield from _timelines(catalogue)
    for article in catalogue.library.articles.values():
        head = {"title": article.card.title, "layout": "article", "description": article.card.description}
        yield f"{article.id}.md", head, article.text
    for name in ("documents", "speakers", "topics", "sources", "timelines", "verdicts", "events", "claims",
                 "predictions", "corrections", "scale", "feeds", "contradictions", "data"):  # fmt: skip
        yield f"{name}/_index.md", {"title": name.capitalize(), "layout": name}, ""
    yield "_index.md", {"title": "", "layout": "home"}, ""


def _list(layout: str, title: str, weight: int, params: Fields) -> Fields:
    outputs = ["html", "record", *FORMS.get(layout, ())]
    return {"title": title, "layout": layout, "weight": weight, "outputs": outputs, "params": params}


def _plain(card: Any) -> Fields:
    return dict(card.model_dump(mode="json", by_alias=True, exclude_none=True))


def _named(catalogue: Catalogue) -> Iterator[File]:
    library = catalogue.library
    for weight, (name, speaker) in enumerate(library.speakers.items(), 1):
        params = {"id": name, "card": _plain(speaker.card), "file": speaker.file}
        yield f"speakers/{name}/_index.md", _list("speaker", speaker.card.name, weight, params), ""
    for weight, (name, topic) in enumerate(library.topics.items(), 1):
        params = {"id": name, "line": topic.line}
        yield f"topics/{name}/_index.md", _list("topic", topic.label, weight, params), ""
    for weight, (name, verdict) in enumerate(library.verdicts.items(), 1):
        params = {"id": name, "meaning": verdict.meaning, "of": verdict.of}
        yield f"verdicts/{name}/_index.md", _list("verdict", verdict.label, weight, params), ""


def _claim(catalogue: Catalogue, claim: Shown, weight: int) -> Fields:
    card = claim.card
    start, end = claim.place or (0, 0)
    event = claim.event and {
        "id": claim.event.id, "title": claim.event.title, "date": str(claim.event.date)
    }  # fmt: skip
    row = next((row for row in catalogue.paragraphs[claim.document.id] if row.first == claim.paragraph), None)
    params = {
        "id": claim.id, "anchor": claim.anchor, "number": claim.number, "kind": claim.kind,
        "file": claim.file, "card": _plain(card), "tone": claim.tone, "step": claim.step,
        "glyph": claim.verdict.glyph, "label": claim.verdict.label, "verdict": claim.verdict.id,
        "document": claim.document.id, "speaker": claim.speaker.id, "said": str(claim.said.first),
        "paragraph": claim.paragraph, "start": start, "end": end, "event": event,
        "setting": row and _paragraph(row), "origins": len(origins(card.sources)),
        "related": [
            {"id": one.claim.id, "relation": one.relation, "why": one.why}
            for one in catalogue.related.get(claim.id, ())
        ],
    }  # fmt: skip
    outputs = ["html", "embed", "record", "md", "oembed", "citejson", "bib"]
    return {
        "title": claim.title, "layout": "claim", "weight": weight, "date": str(card.published),
        "lastmod": str(claim.changed), "topics": list(card.topics), "speakers": [claim.speaker.id],
        "verdicts": [claim.verdict.id], "events": [claim.event.id] if claim.event else [],
        "sources": list(dict.fromkeys(_slug(source.publisher) for source in card.sources)),
        "outputs": outputs if card.kind == "opinion" else [*outputs, "review"], "params": params,
    }  # fmt: skip


def _slug(publisher: str) -> str:
    return place_of(publisher).split("/")[1]


def _paragraph(row: Paragraph) -> Fields:
    """Return a paragraph of a document as its pages show it: passages, the pieces of each, their claims."""
    passages = [
        {"gap": gap, "pieces": [
            {"text": piece.text, "claim": piece.claim.id if piece.claim else "", "tone":
             piece.claim.tone if piece.claim else "", "ends": [end.anchor for end in piece.ends],
             "numbers": [end.number for end in piece.ends]}
            for piece in pieces
        ]}
        for gap, pieces in row.passages
    ]  # fmt: skip
    return {"first": row.first, "length": row.length, "claims": [claim.anchor for claim in row.claims],
            "passages": passages, "open_end": row.open_end}  # fmt: skip


def _publishers(catalogue: Catalogue) -> Iterator[tuple[str, Fields]]:
    events: dict[str, list[Fields]] = {}
    for cited in catalogue.cited:
        found = [{"line": line, "id": event.id, "title": event.title} for line, event in cited.events]
        events.setdefault(cited.source.publisher, []).extend(
            {"url": str(cited.source.url), **one} for one in found
        )
    for name in sorted(events, key=lambda name: (name.casefold(), name)):
        yield name, {"events": events[name]}


def _timelines(catalogue: Catalogue) -> Iterator[File]:
    for weight, entry in enumerate(catalogue.library.timelines.values(), 1):
        leaves = list(stretches(catalogue, entry))
        for leaf in leaves:
            months = [_month(month) for month in joined(leaf.items)]
            among = [catalogue.by_id[name] for name in _claims_of(months)]
            picks = choices(among, catalogue.library.verdicts.values())
            params = {
                "id": entry.id, "summary": entry.card.summary, "file": entry.file, "months": months,
                "number": leaf.number, "leaves": len(leaves), "total": leaf.total,
                "documents": [{"id": one.value, "name": one.label} for one in picks.documents],
                "speakers": [{"id": one.value, "name": one.label} for one in picks.speakers],
            }  # fmt: skip
            path = f"timelines/{entry.id}/" + ("_index" if leaf.number == 1 else f"{leaf.number}")
            yield f"{path}.md", _list("timeline", entry.card.title, weight, params), ""
        for place, event in enumerate(sorted(entry.card.events, key=lambda event: event.date.first), 1):
            params = {"card": _plain(event), "line": entry.id, "name": entry.card.title}
            yield f"events/{event.id}/_index.md", _list("event", event.title, place, params), event.text or ""


def _month(month: Any) -> Fields:
    entries = []
    for one in month.entries:
        if isinstance(one, Happening):
            event = {"id": one.event.id, "date": str(one.event.date), "title": one.event.title}
            entries.append({"event": event, "claims": [claim.id for claim in one.settles]})
        else:
            entries.append({"document": one.document.id, "claims": [claim.id for claim in one.claims]})
    return {"id": month.id, "title": month.title, "short": month.short, "weight": month.weight,
            "entries": entries}  # fmt: skip


def _claims_of(months: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(
        name for month in months for one in month["entries"] for name in one["claims"]
    ))  # fmt: skip


def write_hugo(catalogue: Catalogue, site: Path, out: Path) -> None:
    """Write a Hugo site: our layouts, the content as Markdown, the styles of the built site."""
    shutil.copytree(HERE / "hugo", out, dirs_exist_ok=True)
    for name, head, text in pages(catalogue):
        _write(out / "content" / name, f"{json.dumps(head, ensure_ascii=False, indent=1)}\n\n{text}")
    for kind, style in styles(site):
        _write(out / "assets/style" / f"{kind}.css", style)
    for file in (site / "assets").iterdir():
        _write(out / "static/assets" / file.name, file.read_bytes())
    _write(out / "data/symbols.json", json.dumps(symbols(site)))
    _write(out / "data/verdicts.json", json.dumps(
        [_plain(verdict) for verdict in catalogue.library.verdicts.values()], ensure_ascii=False
    ))  # fmt: skip
    _write(out / "data/site.json", json.dumps(_site(catalogue, site), ensure_ascii=False))


def write_eleventy(catalogue: Catalogue, site: Path, out: Path) -> None:
    """Write an Eleventy site: our templates, a JSON file per claim, all else in a few."""
    shutil.copytree(HERE / "eleventy", out, dirs_exist_ok=True)
    listed = []
    for name, head, text in pages(catalogue):
        if head["layout"] == "claim":
            claim = json.dumps({**head, "reasoning": text}, ensure_ascii=False, indent=1)
            _write(out / "claims" / name.replace(".md", ".json"), claim)
        else:
            path = name.removesuffix(".md").removesuffix("_index").rstrip("/") + "/"
            listed.append({"params": {}, "weight": 0, **head, "text": text, "path": path.lstrip("/")})
    kept = {
        "pages": listed, "site": _site(catalogue, site), "symbols": symbols(site),
        "styles": dict(styles(site)),
        "verdicts": [_plain(verdict) for verdict in catalogue.library.verdicts.values()],
    }  # fmt: skip
    for name, value in kept.items():
        _write(out / f"data/{name}.json", json.dumps(value, ensure_ascii=False))
    for file in (site / "assets").iterdir():
        _write(out / "static" / file.name, file.read_bytes())


def _site(catalogue: Catalogue, site: Path) -> Fields:
    files = {file.name.split(".")[0].replace("-", "_"): file.name for file in (site / "assets").iterdir()}
    return {**_plain(catalogue.library.site), "assets": files}


def symbols(site: Path) -> dict[str, str]:
    """Return the marks that the pages of a built site carry, by name."""
    found: dict[str, str] = {}
    for kind, pattern in SAMPLES.items():
        for page in sorted(site.glob(pattern))[:12] if kind != "offline" else ():
            marks = re.findall(r'(<symbol id="(\w+)".*?</symbol>)', page.read_text("utf-8"))
            found |= {name: whole for whole, name in marks}
    return found


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


WRITERS = {"hugo": write_hugo, "eleventy": write_eleventy}


def main() -> int:
    """Convert one site as the command line asks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("root", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("site", type=Path, help="a built site of any size, for its styles")
    parser.add_argument("rivals", nargs="*", default=[*WRITERS])
    options = parser.parse_args()
    catalogue = catalogue_of(options.root)
    for name in options.rivals:
        shutil.rmtree(options.out / name, ignore_errors=True)
        WRITERS[name](catalogue, options.site, options.out / name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
