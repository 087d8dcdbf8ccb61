"""What is remembered of pages: it spares their making, and changes no byte of the site."""

import datetime as dt
import os
import random
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import yaml
from conftest import DRAWN, ROOT

import build
from build import assemble, main
from factcheck import (
    addresses,
    api,
    chronicle,
    deadlines,
    exchange,
    folder,
    index,
    offline,
    pages,
    remembered,
    search,
    spread,
    stamps,
    tables,
)
from factcheck import lists as lists_of
from factcheck import site as making
from factcheck.catalogue import Catalogue, catalogue
from factcheck.folder import read_folder
from factcheck.identity import UntraceableError
from factcheck.index import merged, stretch
from factcheck.library import parse_library, read_library
from factcheck.memory import Memory, Remembering
from factcheck.output import Staging
from factcheck.problems import Problem, errors
from factcheck.recall import Found, Recall
from factcheck.shelf import Shelf
from factcheck.shown import Shown
from factcheck.trace import Watch

TODAY = dt.date(2026, 11, 22)
FILE = "content/documents/council-reply/nobody-complained.yaml"
CLAIM = "council-reply/nobody-complained"


GATHERED = {
    "api/claims.csv", "api/claims.jsonld", "api/claims.ndjson", "api/corrections.csv", "api/sources.csv",
    addresses.CALENDAR, addresses.CHANGES, addresses.FEED, addresses.REVIEWS, addresses.SEARCH,
}  # fmt: skip


class Made(list[str]):
    """The addresses of the pages that were made, not recalled, nor gathered of what is remembered."""


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    names, render = Made(), making.render

    def noting(renderer, page):
        if page.address not in GATHERED:
            names.append(page.address)
        return render(renderer, page)

    monkeypatch.setattr(making, "render", noting)
    monkeypatch.setattr(spread, "cores", lambda: 1)  # another process would note them for itself
    return names


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests/small/content", tmp_path / "one/content")
    return tmp_path / "one"


def wrong(root: Path, memory: Remembering | None, shelf: Shelf | None) -> list[Problem]:
    return errors(assemble(root, TODAY, memory=memory, shelf=shelf).problems)


def built(root: Path, memory: Remembering, site: str = "site") -> dict[str, bytes]:
    """Return the files of the published folder, once the site is built with such a memory."""
    with Staging(root / site) as shelf:
        assert wrong(root, memory, shelf) == []
        shelf.publish()
    return held(root / site)


def held(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_as_it_was_is_not_made_again(root: Path, made: Made):
    memory = dict(DRAWN)
    first = built(root, memory)
    assert len(made) > 250
    made.clear()
    assert built(root, memory) == first
    assert made == []


@pytest.mark.usefixtures("made")
def test_dumps_share_what_they_say_of_a_claim(root: Path, monkeypatch: pytest.MonkeyPatch):
    reviewed, review = list[str](), exchange.claim_review

    def noting(catalogue, claim):
        reviewed.append(claim.id)
        return review(catalogue, claim)

    monkeypatch.setattr(exchange, "claim_review", noting)
    files = built(root, dict(DRAWN))
    announced = [name for name in files if name.startswith("api/factchecktools/")]
    assert len(reviewed) == files["api/claims.ndjson"].count(b"\n") + len(announced)


def test_a_page_is_made_again_where_it_lies_otherwise(root: Path, made: Made):
    memory = dict(DRAWN)
    first = built(root, memory)
    page = root / "site/scale/index.html"
    turn = page.read_bytes()[::-1]
    for spoil in (page.unlink, lambda: page.write_bytes(b"x"), lambda: page.write_bytes(turn)):
        made.clear()
        spoil()
        assert built(root, memory) == first
        assert made == ["scale/", "scale/index.json"]


def test_what_lies_with_a_page_that_is_gone_is_made_with_it(root: Path, made: Made):
    memory = dict(DRAWN)
    first = built(root, memory)
    claim = "documents/council-reply/nobody-complained/"
    (root / f"site/{claim}cite.bib").unlink()
    made.clear()
    assert built(root, memory) == first
    assert f"{claim}cite.bib" in made
    assert all(address.startswith(claim) for address in made)


def test_one_changed_claim_makes_only_what_shows_it(root: Path, made: Made):
    memory = dict(DRAWN)
    built(root, memory)
    made.clear()
    card = root / FILE
    card.write_text(card.read_text("utf-8").replace("would_change: ", "would_change: Now "), "utf-8")
    now = built(root, memory)
    assert "documents/council-reply/nobody-complained/" in made
    assert "scale/" not in made
    assert "documents/open-letter/index.json" not in made
    assert "documents/open-letter/" not in made
    assert now == built(root, dict(DRAWN), "anew")


def test_a_document_that_is_as_it_was_is_not_even_planned(root: Path, monkeypatch: pytest.MonkeyPatch):
    memory, planned, plan = dict(DRAWN), list[str](), pages.dossier
    monkeypatch.setattr(api, "BOUND", 14)  # one file to keep of the whole site would ask for all pages
    monkeypatch.setattr(spread, "cores", lambda: 1)
    monkeypatch.setattr(pages, "dossier", lambda *given: planned.append(given[1].id) or plan(*given))
    built(root, memory)
    assert {*planned} == {"council-reply", "open-letter"}
    planned.clear()
    card = root / FILE
    card.write_text(card.read_text("utf-8").replace("would_change: ", "would_change: Now "), "utf-8")
    built(root, memory)
    assert {*planned} == {"council-reply"}


def test_a_section_holds_as_long_as_its_planning_does(root: Path):
    """What it was planned of is asked again, not only what was asked while its pages were made."""
    memory: dict[bytes, bytes] = {}

    def recall() -> Recall:
        library, _ = read_library(root)
        assert library
        return Recall(catalogue(library), b"", memory)

    first = recall()
    _, trace = first.noting(["parts"], lambda: first.watch.catalogue.by_document["council-reply"])
    first.keep("some", trace, [], [])
    assert recall().section("some", ["parts"], Shelf()) == Found([], [], {})
    assert recall().section("some", ["others"], Shelf()) is None
    assert recall().section("another", ["parts"], Shelf()) is None
    for file, held in (
        ("open-letter/built-1871", Found([], [], {})),
        ("council-reply/nobody-complained", None),
    ):
        card = root / f"content/documents/{file}.yaml"
        card.write_text(card.read_text("utf-8").replace("reason: ", "reason: Now ", 1), "utf-8")
        assert recall().section("some", ["parts"], Shelf()) == held


def test_a_document_shows_its_neighbours_as_they_are_called_now(root: Path):
    memory = dict(DRAWN)
    built(root, memory)
    card = root / "content/documents/council-reply/document.yaml"
    card.write_text(re.sub("^title: ", "title: Now ", card.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    assert built(root, memory) == built(root, dict(DRAWN), "anew")


def test_one_changed_claim_makes_only_the_file_to_keep_of_its_document(
    root: Path, monkeypatch: pytest.MonkeyPatch
):
    memory, books, book = dict(DRAWN), list[str](), offline._book
    monkeypatch.setattr(api, "BOUND", 14)
    monkeypatch.setattr(spread, "cores", lambda: 1)
    monkeypatch.setattr(offline, "_book", lambda *given: books.append(given[2].address) or book(*given))
    built(root, memory)
    both = ["offline/council-reply.html", "offline/open-letter.html"]
    assert sorted(books) == both
    books.clear()
    card = root / FILE
    card.write_text(card.read_text("utf-8").replace("would_change: ", "would_change: Now "), "utf-8")
    now = built(root, memory)
    assert books == both[:1]
    assert now == built(root, dict(DRAWN), "anew")


def test_one_changed_claim_makes_only_the_portions_of_its_document(
    root: Path, monkeypatch: pytest.MonkeyPatch
):
    """What files of all claims hold of a claim: lines in dumps and tables, terms in the index, its day."""
    memory, asked = dict(DRAWN), list[str]()

    def noting(make):
        def noted(*given):
            asked.extend(one.id for one in given if isinstance(one, Shown))
            return make(*given)

        return noted

    makers = (
        (api, "claim_record"), (chronicle, "_of"), (deadlines, "_event"), (exchange, "claim_review"),
        (search, "row"), (search, "texts"), (tables, "_identity"),
    )  # fmt: skip
    monkeypatch.setattr(spread, "cores", lambda: 1)
    for module, name in makers:
        monkeypatch.setattr(module, name, noting(getattr(module, name)))
    built(root, memory)
    assert {name.split("/")[0] for name in asked} == {"council-reply", "open-letter"}
    asked.clear()
    built(root, memory)
    assert asked == []
    card = root / FILE
    card.write_text(card.read_text("utf-8").replace("would_change: ", "would_change: Now "), "utf-8")
    now = built(root, memory)
    assert {name.split("/")[0] for name in asked} == {"council-reply"}
    assert now == built(root, dict(DRAWN), "anew")
    topics = root / "content/topics.yaml"
    topics.write_text(re.sub("label: ", "label: Now ", topics.read_text("utf-8")), "utf-8")
    assert built(root, memory) == built(root, dict(DRAWN), "anew")


def test_one_changed_claim_plans_only_the_lists_in_which_it_stands(
    root: Path, monkeypatch: pytest.MonkeyPatch
):
    memory, planned = dict(DRAWN), list[str]()
    monkeypatch.setattr(api, "BOUND", 14)  # the file of the whole site asks for all pages
    monkeypatch.setattr(spread, "cores", lambda: 1)
    lists = (
        (lists_of, "speaker", addresses.speaker), (lists_of, "topic", addresses.topic),
        (lists_of, "publisher", addresses.publisher), (lists_of, "verdict", addresses.verdict),
        (pages, "timeline", addresses.timeline),
    )  # fmt: skip
    for module, name, address in lists:
        monkeypatch.setattr(module, name, noting(getattr(module, name), address, planned))
    built(root, memory)
    assert len(planned) > 20
    planned.clear()
    card = root / FILE
    card.write_text(card.read_text("utf-8").replace("would_change: ", "would_change: Now "), "utf-8")
    now = built(root, memory)
    (shown,) = (one for one in catalogue(read_library(root)[0]).claims if one.id == CLAIM)
    publishers = {addresses.publisher(source.publisher) for source in shown.card.sources}
    topics = {addresses.topic(topic) for topic in shown.card.topics}
    own = {addresses.speaker(shown.speaker.id), addresses.timeline("bridge")}  # withdrawn: without a verdict
    assert set(planned) == publishers | topics | own
    assert now == built(root, dict(DRAWN), "anew")


def noting(make, address, names: list[str]):
    def noted(of, *given):
        names.append(address(getattr(of, "id", of)))
        return make(of, *given)

    return noted


_indexed: list[str] = []  # of what: the entries of stretches, the parts that are merged


def _stretch(entries: str) -> str:
    _indexed.append(entries)
    return stretch(entries)


def _merged(parts: str) -> str:
    _indexed.append(parts)
    return merged(parts)


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    _indexed.clear()
    monkeypatch.setattr(spread, "cores", lambda: 1)
    monkeypatch.setattr(index, "stretch", _stretch)
    monkeypatch.setattr(index, "merged", _merged)
    monkeypatch.setattr(search, "Index", partial(index.Index, together=8))
    return _indexed


def test_one_changed_claim_makes_only_its_part_of_the_index(root: Path, indexed: list[str]):
    memory = dict(DRAWN)
    built(root, memory)
    assert len(indexed) > 3 + 20
    indexed.clear()
    card = root / FILE
    card.write_text(card.read_text("utf-8").replace("would_change: ", "would_change: Nowadays "), "utf-8")
    now = built(root, memory)
    assert ["nowadays" in made for made in indexed] == [True, True]  # its stretch, what begins with "n"
    assert now == built(root, dict(DRAWN), "anew")


def _renamed(text: str, chance: random.Random) -> str:
    """Change one plain value of a card, whichever."""
    card = yaml.safe_load(text)
    fields = [
        name for name, value in card.items() if isinstance(value, str) and " " in value and name != "quote"
    ]
    name = chance.choice(fields or [next(iter(card))])
    card[name] = f"{card[name]} again" if fields else card[name]
    return yaml.safe_dump(card, sort_keys=False, allow_unicode=True)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_changes_the_site_is_the_one_made_anew(root: Path, seed: int):
    """Random cards change, come and go; what is recalled never differs from what would be made."""
    memory, chance = dict(DRAWN), random.Random(seed)
    built(root, memory)
    left = ("proof.yaml", "site.yaml")
    cards = [path for path in sorted((root / "content").rglob("*.yaml")) if path.name not in left]
    for path in chance.sample(cards, 3):
        text = path.read_text("utf-8")
        path.write_text(_renamed(text, chance), "utf-8")
        if wrong(root, DRAWN, None):
            path.write_text(text, "utf-8")  # a change that no editor may make
    for path in chance.sample(cards, len(cards)):
        text = path.read_text("utf-8")
        path.unlink()
        if not wrong(root, DRAWN, None):
            break
        path.write_text(text, "utf-8")
    assert built(root, memory) == built(root, dict(DRAWN), "anew")


SPOILS: dict[str, Callable[[bytes], bytes]] = {
    "gone": lambda _: b"",
    "cut": lambda raw: raw[: len(raw) // 2],
    "holed": lambda raw: raw[:9000] + bytes(4000) + raw[13000:],
    "another file": lambda _: b"not a database" * 999,
}


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS)
def test_a_spoiled_memory_changes_no_byte(root: Path, spoil: Callable[[bytes], bytes]):
    file = root / ".cache/memory.sqlite"
    with Memory(file) as memory:
        for key, value in DRAWN.items():
            memory[key] = value
        first = built(root, memory)
    file.write_bytes(spoil(file.read_bytes()))
    for beside in file.parent.glob("*-*"):
        beside.unlink()
    with Memory(file) as memory:
        assert built(root, memory) == first


def test_a_memory_of_another_branch_changes_no_byte(root: Path, tmp_path: Path):
    """Two branches that share one memory and one folder each get their own site."""
    memory = dict(DRAWN)
    other = tmp_path / "other"
    shutil.copytree(root, other)
    card = other / FILE
    card.write_text(card.read_text("utf-8").replace("would_change: ", "would_change: Now "), "utf-8")
    sites = [built(root, memory), built(other, memory)]
    shutil.rmtree(other / "site")
    shutil.copytree(root / "site", other / "site")
    assert [built(root, memory), built(other, memory)] == sites


def test_a_site_of_the_same_parts_is_not_made_again(root: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    words = ["build", "--root", str(root), "--today", "2026-11-22"]
    assert main(words) == 0
    told, first = capsys.readouterr(), held(root / "site")
    monkeypatch.setattr(build, "assemble", lambda *_, **__: pytest.fail("it was made again"))
    assert main(words) == 0
    again = capsys.readouterr()
    assert again.err == told.err != ""
    assert f"0 written, {len(first)} unchanged, 0 removed" in again.out
    assert held(root / "site") == first
    assert main(["check", *words[1:]]) == 0
    assert again.err == capsys.readouterr().err


@pytest.mark.parametrize("file", ["content/site.yaml", "site/scale/index.html", "site/feed.xml"])
def test_a_site_of_other_parts_is_made_again(root: Path, monkeypatch: pytest.MonkeyPatch, file: str):
    words = ["build", "--root", str(root), "--today", "2026-11-22"]
    assert main(words) == 0
    first, made, assemble = held(root / "site"), [], build.assemble
    monkeypatch.setattr(build, "assemble", lambda *a, **k: made.append(1) or assemble(*a, **k))
    path = root / file
    path.write_bytes(path.read_bytes() + b"\n")
    assert main(words) == 0
    assert made == [1]
    assert held(root / "site") == first


def test_content_to_which_nobody_wrote_is_told_without_being_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
):
    card, memory, read = root / FILE, dict[bytes, bytes](), folder._read
    content, refused = root / "content", lambda *_: pytest.fail("a card was read")
    just_saved = stamps.of_folder(content, memory)
    monkeypatch.setattr(folder, "_read", refused)
    with pytest.raises(pytest.fail.Exception):
        stamps.of_folder(content, memory)
    monkeypatch.setattr(folder, "_read", read)
    monkeypatch.setattr(folder, "SETTLED", -1_000_000_000)  # as if nobody had saved for long
    assert stamps.of_folder(content, memory) == just_saved
    monkeypatch.setattr(folder, "_read", refused)
    assert stamps.of_folder(content, memory) == just_saved
    monkeypatch.setattr(folder, "_read", read)
    before, raw = card.stat(), card.read_bytes()
    for other in (raw.replace(b"e", b"o", 1), raw):
        card.write_bytes(other)
        os.utime(card, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert (stamps.of_folder(content, memory) == just_saved) == (other == raw)
    card.rename(card.with_name("other.yaml"))
    assert stamps.of_folder(content, memory) != just_saved


def test_what_was_read_is_told_as_its_stamps_tell_it(root: Path):
    shutil.copytree(ROOT / "templates", root / "looks")
    for place in (root / "content", root / "looks"):
        (place / "hollow/empty").mkdir(parents=True, exist_ok=True)
        told = stamps.of_folder(place, {})
        assert stamps.of_files(read_folder(place)[0]) == told
        shutil.rmtree(place / "hollow")
        assert stamps.of_folder(place, {}) == told
    library, _ = read_library(root)
    assert library and library.digest == stamps.of_folder(root / "content", {})


def test_where_files_have_no_number_nothing_tells_that_they_lasted():
    stamp = folder._Stamp("a.yaml", written=1, changed=1, size=1, number=1, mode=1)
    assert folder.is_lasting([stamp, stamp])
    assert not folder.is_lasting([stamp, stamp._replace(number=0)])


def test_what_is_saved_while_a_site_is_made_is_not_taken_for_what_stood_before(
    root: Path, monkeypatch: pytest.MonkeyPatch
):
    words = ["build", "--root", str(root), "--today", "2026-11-22"]
    card, assemble = root / FILE, build.assemble
    text = card.read_text("utf-8")

    def interrupted(*given: object, **named: object) -> object:
        card.write_text(text.replace("would_change: ", "would_change: Now "), "utf-8")
        return assemble(*given, **named)

    monkeypatch.setattr(build, "assemble", interrupted)
    assert main(words) == 0
    monkeypatch.setattr(build, "assemble", assemble)
    card.write_text(text, "utf-8")
    assert main(words) == 0
    assert held(root / "site") == built(root, dict(DRAWN), "anew")


def watching() -> tuple[Watch, Catalogue]:
    """Return what watches a small catalogue and recalls nothing of it, and that catalogue."""
    library, _ = read_library(ROOT / "tests/small")
    assert library
    shown = catalogue(library)
    return Watch(shown, *[lambda *_: pytest.fail("nothing is recalled")] * 2), shown


def test_who_takes_what_was_made_before_notes_what_its_making_asked():
    (watch, shown), made = watching(), []

    def make(given: Catalogue) -> int:
        made.append(given)
        return len(given.library.site.title) + len(given.cited)

    first, again = (watch.noting(partial(watch.catalogue.once, make)) for _ in range(2))
    assert first == again == (shown.once(make), ["library\tsite", "cited"])
    assert made == [watch.catalogue, shown]


def test_what_cannot_be_told_from_another_is_refused():
    watch, _ = watching()
    number = 1
    with pytest.raises(UntraceableError):
        watch.digest(lambda: number)
    with pytest.raises(UntraceableError):
        watch.digest(object())
    assert watch.digest(["a", "b"]) != watch.digest(["ab"])
    assert watch.digest({"a": 1}) != watch.digest({"a": "1"})


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are parsed in this process."""
    names, parse = list[str](), remembered.parsed
    monkeypatch.setattr(remembered, "parsed", lambda file, *of: names.append(file) or parse(file, *of))
    return names


@pytest.mark.parametrize("place", [ROOT, ROOT / "tests/small"])
def test_cards_are_what_they_were_without_being_parsed(place: Path, parsed: list[str]):
    memory: dict[bytes, bytes] = {}
    files, _ = read_folder(place / "content")
    first = parse_library(files, memory)
    parsed.clear()
    assert parse_library(files, memory) == first
    told = {problem.file for problem in first[1]}
    assert {file for file in parsed if not file.startswith("content/pages/")} <= told
    assert len(memory) > 2


def test_only_the_card_that_was_written_is_parsed_again(root: Path, parsed: list[str]):
    memory: dict[bytes, bytes] = {}
    for words in ("One reason", "Another reason", "One reason"):
        card = root / FILE
        card.write_text(
            re.sub(r"^reason: .*", f"reason: {words}.", card.read_text("utf-8"), flags=re.M), "utf-8"
        )
        read_library(root, memory)
        parsed.clear()
        library, _ = read_library(root, memory)
        assert library and library.claims[CLAIM].card.reason == f"{words}."
        assert FILE not in parsed
    card.write_text(card.read_text("utf-8") + "\n", "utf-8")
    read_library(root, memory)
    assert [file for file in parsed if not file.startswith("content/pages/")] == [FILE]


def test_cards_that_lie_there_as_they_did_are_not_even_read(root: Path, monkeypatch: pytest.MonkeyPatch):
    memory: dict[bytes, bytes] = {}
    monkeypatch.setattr(folder, "SETTLED", -1_000_000_000)
    first, read, names = read_library(root, memory), folder._read, []
    monkeypatch.setattr(folder, "_read", lambda entry, *of: names.append(entry.name) or read(entry, *of))
    stamps.of_folder(root / "content", memory)
    names.clear()
    assert read_library(root, memory) == first
    assert not [name for name in names if name.endswith(".yaml")]
    (root / FILE).write_text((root / FILE).read_text("utf-8") + "\n", "utf-8")
    read_library(root, memory)
    assert Path(FILE).name in names


def test_a_card_with_a_fault_is_told_each_time(root: Path):
    memory: dict[bytes, bytes] = {}
    card = root / FILE
    card.write_text(card.read_text("utf-8").replace("kind: ", "knid: "), "utf-8")
    told = [read_library(root, memory)[1] for _ in range(2)]
    assert told[0] == told[1] != []
