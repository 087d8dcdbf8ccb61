"""The import of other people's reviews: every form and defect, what is kept, what is told.

A case of tests/imports/*.md gives files, and what is said and written when they are imported into
the small site. `pytest --accept` writes what comes of it now.
"""

import io
import json
import re
import shutil
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(ROOT / "tests/benchmark"))

import reviews

import build
from factcheck import cards, mending, ratings, stream
from factcheck.columns import Columns
from factcheck.folder import read_folder
from factcheck.library import read_library

TODAY = "2026-11-21"
FILES = sorted((ROOT / "tests/imports").glob("*.md"))
PART = re.compile(
    r"^## (?P<title>.+)\n|^```(?P<kind>file|text) ?(?P<name>.*)\n(?P<body>(?:.*\n)*?)```$", re.M
)
SITE = "content/documents/facts-example-net"
Run = Callable[..., tuple[int, str, str]]


@dataclass(frozen=True)
class Case:
    """One case: where it stands, its files, and where it says what comes of them."""

    file: Path
    title: str
    given: tuple[tuple[str, str], ...]
    told: re.Match[str]

    def __str__(self) -> str:
        return f"{self.file.stem}: {self.title}"


def read_cases(file: Path) -> list[Case]:
    cases, title, files = [], "", []
    for part in PART.finditer(file.read_text("utf-8")):
        if part["title"]:
            title, files = part["title"], []
        elif part["kind"] == "text":
            cases.append(Case(file, title, tuple(files), part))
        else:
            files.append((part["name"], part["body"]))
    return cases


@pytest.fixture
def run(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Import files into the small site; return how it ended and what it said, out and err."""

    def main(*words: str | Path, verb: str = "import") -> tuple[int, str, str]:
        code = build.main([verb, "--root", str(small), "--today", TODAY, *map(str, words)])
        out, err = capsys.readouterr()
        return code, out, err.replace(f"{tmp_path}/", "").replace(f"{small}/", "")

    return main


def held(root: Path) -> dict[str, bytes]:
    return read_folder(root / "content")[0]


def came_of(case: Case, root: Path, folder: Path, run: Run) -> str:
    """Return the account of an import, and every card that it wrote; other files by their names."""
    before, words = held(root), []
    for name, body in case.given:
        (folder / name).write_text(body, "utf-8")
        words += ["--columns", folder / name] if name == "columns.yaml" else [folder / name]
    code, out, err = run(*words)
    assert code == (0 if "imported as drafts" in out else 1), out + err
    told = [out + err]
    for name, raw in held(root).items():
        is_card = name.startswith("documents/") and not name.endswith("document.yaml")
        if raw != before.get(name):
            added = raw.decode().removeprefix(before.get(name, b"").decode())
            told.append(f"--- {name}\n{added if is_card or name == 'ratings.yaml' else ''}")
    assert [str(p) for p in build.assemble(root, build.dt.date(2026, 11, 21)).problems] == []
    return "\n".join(told).strip("\n")


@pytest.mark.parametrize("case", [case for file in FILES for case in read_cases(file)], ids=str)
def test_what_becomes_of(case: Case, small: Path, tmp_path: Path, run: Run, accept: bool):
    said = came_of(case, small, tmp_path, run)
    if accept:
        now = next(found for found in read_cases(case.file) if found.title == case.title).told
        text = case.file.read_text("utf-8")
        case.file.write_text(f"{text[: now.start('body')]}{said}\n{text[now.end('body') :]}", "utf-8")
    else:
        assert said == case.told["body"].removesuffix("\n")


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A feed of some generated reviews, with all their defects."""
    path = tmp_path / "feed.json"
    path.write_text("".join(reviews.feed(400, seed=6)), "utf-8")
    return path


def test_a_generated_feed_comes_in_and_the_site_builds(feed: Path, run: Run):
    code, out, _ = run(feed)
    assert code == 0
    for told in (
        "broken JSON mended",
        "lost slashes",
        "joined addresses",
        "numbers of ratings",
        "Not imported:",
    ):
        assert told in out
    assert run(verb="check")[0] == 0
    assert run(verb="build")[0] == 0


def test_every_record_is_accounted_for(feed: Path, run: Run):
    numbers = re.findall(r"([0-9,]+) (?:imported|the same|not imported)", run(feed)[1].splitlines()[0])
    assert sum(int(number) for number in numbers) == 400


def test_a_second_import_changes_nothing(small: Path, feed: Path, run: Run):
    run(feed)
    before = held(small)
    times = {path: path.stat().st_mtime_ns for path in (small / "content").rglob("*.yaml")}
    out = run(feed)[1]
    assert "left as they were" in out
    assert "imported as drafts" not in out
    assert held(small) == before
    assert {path: path.stat().st_mtime_ns for path in times} == times


REVIEW = {
    "@type": "ClaimReview", "url": "https://facts.example.net/tolls",
    "claimReviewed": "The tolls have doubled.", "author": {"name": "Mill Street Facts"},
    "datePublished": "2024-06-02", "reviewRating": {"alternateName": "Humbug"},
    "itemReviewed": {"author": {"name": "Ines Holt"}},
}  # fmt: skip


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """A file with one review."""
    path = tmp_path / "review.json"
    path.write_text(json.dumps(REVIEW), "utf-8")
    return path


def confirm(root: Path, verdict: str = "wrong", word: str = "yes") -> None:
    path = root / "content/ratings.yaml"
    text = re.sub(
        r"(Humbug\n    verdict: ).*\n    confirmed: .*",
        rf'\1{verdict}\n    confirmed: "{word}"',
        path.read_text(),
    )
    path.write_text(text, "utf-8")


def test_a_rating_counts_once_an_editor_confirmed_it(small: Path, review: Path, run: Run):
    card = small / SITE / "tolls.yaml"
    run(review)
    assert "verdict" not in card.read_text()
    confirm(small)
    assert "1 given what their rating comes to now" in run(review)[1]
    assert "\nkind: statement\nverdict: wrong\n" in card.read_text()
    confirm(small, "opinion")
    run(review)
    assert "\nkind: opinion\nchecked:" in card.read_text()
    confirm(small, word="no")
    run(review)
    assert "\nkind: statement\nchecked:" in card.read_text()
    assert run(verb="check")[0] == 0


def test_a_rating_may_come_to_something_else_on_one_site(small: Path, review: Path, run: Run):
    with (small / "content/ratings.yaml").open("a") as file:
        file.write("  - words: humbug\n    site: facts.example.net\n    verdict: mixed\n    confirmed: yes\n")
    confirm(small)
    run(review)
    assert "\nverdict: mixed\n" in (small / SITE / "tolls.yaml").read_text()


def test_an_edited_card_is_left_alone_wherever_it_is(small: Path, review: Path, run: Run):
    run(review)
    old, new = small / SITE / "tolls.yaml", small / "content/documents/open-letter/tolls-now.yaml"
    new.write_text(old.read_text().replace("claim: The tolls", "claim: All tolls", 1))
    old.unlink()
    confirm(small)
    before = held(small)
    assert "1 left as they were edited" in run(review)[1]
    assert held(small) == before


def test_a_document_takes_in_the_days_of_later_imports_unless_it_was_edited(
    small: Path, review: Path, run: Run
):
    run(review)
    document = small / SITE / "document.yaml"
    older = {**REVIEW, "url": "https://facts.example.net/older", "datePublished": "2021-03-04"}
    review.write_text(json.dumps(older))
    run(review)
    assert "  from: 2021-03-04\n  to: 2024-06-02\n" in document.read_text()
    document.write_text(document.read_text().replace("rights: Still to be written.", "rights: Theirs."))
    review.write_text(
        json.dumps({**older, "url": "https://facts.example.net/oldest", "datePublished": "2020"})
    )
    before = document.read_text()
    assert "was edited, and is left as it is: its claims and reviews are of 2020 to 2020" in run(review)[1]
    assert document.read_text() == before


def test_every_usual_rating_gets_its_entry(small: Path, tmp_path: Path, run: Run):
    words = reviews.RATINGS + reviews.FREE
    assert len({ratings.folded(word) for word in words}) >= 131
    lines = (
        json.dumps(
            {**REVIEW, "url": f"https://facts.example.net/r{at}", "reviewRating": {"alternateName": word}}
        )
        for at, word in enumerate(words)
    )
    (tmp_path / "all.ndjson").write_text("\n".join(lines))
    run(tmp_path / "all.ndjson")
    library, _ = read_library(small)
    assert library
    assert library.ratings
    kept = {ratings.folded(entry.words): entry for entry in library.ratings.ratings}
    assert {ratings.folded(word) for word in words} <= set(kept)
    assert sum(1 for word in reviews.RATINGS if kept[ratings.folded(word)].verdict) > 100
    assert {entry.confirmed for entry in kept.values() if entry.words != "Nearly so"} == {"no"}


def test_what_an_editor_wrote_into_the_ratings_stays(small: Path, review: Path, run: Run):
    path = small / "content/ratings.yaml"
    path.write_text("# Ours.\nratings:\n  - {words: Nearly so, verdict: mixed, confirmed: no}\n")
    run(review)
    assert path.read_text().startswith(
        "# Ours.\nratings:\n  - {words: Nearly so, verdict: mixed, confirmed: no}\n  - words: Humbug\n"
    )
    path.write_text("ratings: [{words: Nearly so}]\n")
    assert "content/ratings.yaml does not end with a list of ratings" in run(review)[1]
    assert path.read_text() == "ratings: [{words: Nearly so}]\n"


def test_the_report_holds_every_mend(feed: Path, tmp_path: Path, run: Run):
    out = run(feed, "--report", tmp_path / "report.md")[1]
    report = (tmp_path / "report.md").read_text("utf-8")
    assert out.strip() in report
    number = int(re.findall(r"([0-9]+)  markup and entities", out)[0])
    assert report.count("- markup and entities taken out of texts: feed.json:") == number


def test_bytes_that_are_no_utf8_are_read_and_told(small: Path, review: Path, run: Run):
    review.write_bytes(json.dumps(REVIEW).replace("tolls have", "café has").encode("cp1252"))
    text = json.dumps({**REVIEW, "claimReviewed": "The café has doubled."}, ensure_ascii=False)
    review.write_bytes(text.encode("cp1252"))
    assert "bytes that are no UTF-8 read as Windows-1252" in run(review)[1]
    assert "claim: The café has doubled.\n" in (small / SITE / "tolls.yaml").read_text("utf-8")


TABLE = "Claim,Link\n1,2\n"
UNKNOWN = "this is none of the forms that can be read"
WRONG = {
    "x.txt": ("Dear all", None, f"x.txt: {UNKNOWN}"),
    "e.json": (" \n", None, "e.json: this file is empty."),
    "t.csv": (TABLE, None, "t.csv: the head of the table names no claim and address: Claim, Link."),
    "u.csv": (
        TABLE,
        "claim: Claims\nurl: Link\n",
        'no column "Claims", which "claim" names. Did you mean "Claim"?',
    ),
    "v.csv": (TABLE, "claim: Claim\n", 'c.yaml:1:1: error: "url" is missing [missing]'),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_writes_nothing(name: str, small: Path, review: Path, run: Run):
    text, columns, told = WRONG[name]
    words = [review.with_name(name)]
    words[0].write_text(text)
    if columns:
        review.with_name("c.yaml").write_text(columns)
        words += [Path("--columns"), review.with_name("c.yaml")]
    nothing_is_written(words, told, small, review, run)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["none.json"], "none.json: this file cannot be read: No such file or directory."),
        (["."], ": this is a folder. Name the files in it."),
        (["--columns", "none.yaml"], "none.yaml:1:1: error: this file cannot be read: No such file"),
        (["--report", "no/report.md"], "no/report.md: there is no folder to write it in."),
    ],
)
def test_a_wrong_path_writes_nothing(words: list[str], told: str, small: Path, review: Path, run: Run):
    paths = [Path(word) if word.startswith("--") else review.parent / word for word in words]
    nothing_is_written(paths, told, small, review, run)


def nothing_is_written(words: list[Path], told: str, small: Path, review: Path, run: Run) -> None:
    before = held(small)
    code, out, err = run(review, *words)
    assert (code, out) == (1, "")
    assert told in err
    assert err.endswith("Nothing was imported.\n")
    assert held(small) == before


def test_a_broken_scale_stops_the_import(small: Path, review: Path, run: Run):
    (small / "content/verdicts.yaml").write_text("verdicts: many\n")
    code, _, err = run(review)
    assert code == 1
    assert 'error: "verdicts" must be a list' in err
    assert not (small / SITE).exists()


def test_a_stopped_import_leaves_sound_content_and_goes_on(
    small: Path, feed: Path, run: Run, monkeypatch: pytest.MonkeyPatch
):
    whole = small.parent / "whole"
    shutil.rmtree(whole, ignore_errors=True)
    shutil.copytree(small, whole)
    build.main(["import", "--root", str(whole), "--today", TODAY, str(feed)])
    from factcheck import filing  # noqa: PLC0415

    left, put = iter(range(150)), filing.put

    def put_some(path: Path, content: bytes) -> None:
        if next(left, None) is None:
            raise OSError("no room")
        put(path, content)

    monkeypatch.setattr(filing, "put", put_some)
    assert run(feed)[::2] == (1, "The import stopped: no room. What is written is whole; import again.\n")
    monkeypatch.undo()
    run(feed)
    assert held(small) == held(whole)
    shutil.rmtree(whole)


def test_the_examples_of_the_manual_are_right():
    columns, entries = re.findall(
        r"```yaml\n(.*?)```", (ROOT / "docs/import.md").read_text("utf-8"), re.DOTALL
    )
    assert cards.read(Columns, "columns.yaml", columns.encode())[1] == []
    found, problems = cards.read(ratings.Ratings, "ratings.yaml", entries.encode())
    assert problems == []
    assert found
    assert [entry.confirmed for entry in found.ratings] == ["no", "yes"]


class Endless(io.TextIOBase):
    """A feed that is made while it is read."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self.pieces, self.given = pieces, 0

    def read(self, size: int | None = -1, /) -> str:
        """Return some of it."""
        found = ""
        while len(found) < (size or 0) and (piece := next(self.pieces, "")):
            found += piece
        self.given += len(found)
        return found


def elements(count: int) -> Iterator[str]:
    yield '{"dataFeedElement": ['
    for number in range(count):
        yield f'{", " if number else ""}{{"@type": "DataFeedItem", "n": {number}, "text": "{"x" * 2000}"}}'
    yield "]}"


def test_a_feed_is_read_piece_by_piece():
    text = Endless(elements(10_000))  # 20 MB
    tracemalloc.start()
    try:
        found = sum(1 for _ in stream.pieces(text))  # type: ignore[arg-type]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == 10_000
    assert peak < 4_000_000
    assert text.given > 20_000_000


def test_the_first_record_comes_before_the_file_is_read():
    text = Endless(elements(10_000))
    assert next(iter(stream.pieces(text))).reading.value["n"] == 0  # type: ignore[arg-type]
    assert text.given < 1_000_000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(JSON), st.integers(1, 40))
def test_json_is_read_alike_through_any_window(values: list[Any], size: int):
    chunk, stream.CHUNK = stream.CHUNK, size
    try:
        found = [piece.reading for piece in stream.pieces(io.StringIO(json.dumps(values)))]
    finally:
        stream.CHUNK = chunk
    assert [reading.value for reading in found] == values
    assert not any(reading.fault or reading.mended for reading in found)


@given(JSON)
def test_right_json_is_not_mended(value: Any):
    assert mending.read(json.dumps(value)) == mending.Reading(value)


@given(st.text(alphabet='ab ,."'), st.text(alphabet='ab ,."'))
def test_mended_json_loses_no_letter(one: str, other: str):
    """Where quotation marks inside texts are told apart at all, every letter is kept."""
    found = mending.read(f'{{"claim": "{one}", "url": "{other}"}}')
    if found.value is not None and set(found.value) == {"claim", "url"}:
        assert sorted(found.value["claim"] + found.value["url"]) == sorted(one + other)
