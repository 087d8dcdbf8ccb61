"""New cards: made with options or asked for, right as drafts, and clear about what they owe."""

import datetime as dt
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from build import assemble, main
from factcheck import cards, drafts, scaffold, writing
from factcheck.claim import Claim
from factcheck.fields import Text
from factcheck.library import read_library
from factcheck.places import model_of
from factcheck.problems import UNSEEN
from factcheck.shapes import shapes

TODAY = dt.date(2026, 11, 21)
CLAIM = "content/documents/open-letter/feast.yaml"
GIVEN = {
    "claim": {
        "document": "open-letter", "id": "feast", "claim": "The millers have a feast: in 2026, too.",
        "quote": "the millers’ feast of 2026", "kind": "statement",
    },
    "document": {
        "id": "second-letter", "title": 'A "second" letter: to #1', "publisher": "Wexmere Post",
        "author": "ines-holt", "date": "2024-06", "text": "letter.txt",
    },
    "speaker": {"id": "miller", "name": "Ada: the Miller", "role": "Miller", "kind": "person"},
    "timeline": {"id": "later", "title": "What came later"},
}  # fmt: skip
FILES = {
    "claim": CLAIM,
    "document": "content/documents/second-letter/document.yaml",
    "speaker": "content/speakers/miller.yaml",
    "timeline": "content/timelines/later.yaml",
}


def new(root: Path, card: str, /, *more: str, **changes: str) -> int:
    values = {**GIVEN[card], **changes}
    if card == "document":
        (root / "letter.txt").write_text("To the council\r\n\r\nAgain. \n", "utf-8")
        values["text"] = str(root / "letter.txt")
    options = [word for name, value in values.items() for word in (f"--{name.replace('_', '-')}", value)]
    return main(["new", card, "--root", str(root), "--today", TODAY.isoformat(), *options, *more])


def told(root: Path) -> list[str]:
    return [str(problem) for problem in assemble(root, TODAY).problems]


def owed(text: str) -> list[str]:
    """Return the fields that the first comment names."""
    return re.findall(r"^#   (\S+):", text.partition("# A line that begins")[0], re.MULTILINE)


@pytest.mark.parametrize("kind", scaffold.KINDS)
def test_a_new_card_is_right_as_a_draft(kind: str, small: Path, capsys: pytest.CaptureFixture):
    assert new(small, kind) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{small / FILES[kind]}\nNext: ")
    assert told(small) == []
    assert not any(drafts.OWED.encode() in content for content in assemble(small, TODAY).files.values())
    preview = assemble(small, TODAY, preview=True)
    assert preview.files
    assert preview.problems == []


@pytest.mark.parametrize("kind", scaffold.KINDS)
def test_a_new_card_tells_of_every_field_in_order(kind: str, small: Path):
    new(small, kind)
    text = (small / FILES[kind]).read_text("utf-8")
    assert re.findall(r"^(?:# )?(\w+):(?= |$)", text, re.MULTILINE) == list(shapes()[kind]["properties"])
    for name, field in shapes()[kind]["properties"].items():
        if f"\n# {name}:" in text:
            assert f"\n# {name}:  # {field['description']}" in text


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("statement", {"by", "summary", "reason", "verdict", "reasoning", "would_change", "sources"}),
        ("prediction", {"verdict", "sources", "prediction", "then.judgement", "published"}),
        ("opinion", {"by", "summary", "reason", "uncheckable", "published"}),
        ("quotation", {"verdict", "reasoning", "would_change", "sources", "published"}),
    ],
)  # fmt: skip
def test_a_claim_names_what_its_kind_owes(kind: str, fields: set[str], small: Path):
    new(small, "claim", kind=kind)
    named = set(owed((small / CLAIM).read_text("utf-8")))
    assert fields <= named
    assert ("verdict" in named) == (kind != "opinion")
    assert "short" not in named
    assert "quote" not in named


def test_a_long_claim_owes_a_short_one_and_an_unproven_quote_its_proof(small: Path):
    assert new(small, "claim", document="council-reply", claim="The bridge " + "is very " * 10 + "old") == 0
    text = (small / "content/documents/council-reply/feast.yaml").read_text("utf-8")
    assert {"short", "quote"} <= set(owed(text))
    assert told(small) == []


@pytest.mark.parametrize("kind", ["document", "timeline"])
def test_other_cards_name_the_words_they_owe(kind: str, small: Path):
    new(small, kind)
    named = owed((small / FILES[kind]).read_text("utf-8"))
    assert {"document": {"form", "rights", "summary"}, "timeline": {"summary", "events.title"}}[kind] <= set(
        named
    )


def test_a_new_claim_becomes_a_published_one(small: Path):
    new(small, "claim")
    text = (small / CLAIM).read_text("utf-8")
    source = (
        "[{key: mill, title: The feast, publisher: The mill, url: 'https://mill.example/', kind: primary}]"
    )
    values = {
        "verdict": "unproven", "by": "The desk", "reviewed_by": "Second reader", "reason": "Nobody knows.",
        "summary": "It cannot be told.", "reasoning": "The mill is silent.[^mill]", "sources": source,
        "would_change": "A word of the mill.", "published": "2026-11-21", "status": "published",
    }  # fmt: skip
    for name, value in values.items():
        text, times = re.subn(rf"^(# )?{name}:.*$", f"{name}: {value}", text, count=1, flags=re.MULTILINE)
        assert times == 1, name
    (small / CLAIM).write_text(text, "utf-8")
    assert told(small) == []
    assert b"Unproven" in assemble(small, TODAY).files["documents/open-letter/feast/index.html"]


def test_a_draft_owes_its_shape_and_its_references_only(small: Path):
    new(small, "claim", document="council-reply", kind="prediction", verdict="came-true")
    path = small / "content/documents/council-reply/feast.yaml"
    more = "prediction: {criterion: There is a feast., due: 2025}\n" + (
        "sources: [{key: mill, title: It, publisher: Mill, url: 'https://mill.example/', kind: reporting}]\n"
    )
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    assert told(small) == []
    path.write_text(path.read_text("utf-8") + "speaker: nobody\nsettled_by: never\n", "utf-8")
    assert [re.findall(r"\[([a-z-]+)\]", problem) for problem in told(small)] == [["dangling"], ["dangling"]]
    text = path.read_text("utf-8").replace("status: draft", "status: published")
    path.write_text(text, "utf-8")
    codes = {code for problem in told(small) for code in re.findall(r"\[([a-z-]+)\]$", problem, re.MULTILINE)}
    assert {"missing", "evidence", "stance", "uncited", "unproven-quote", "overdue"} <= codes


def test_readers_are_never_shown_what_is_still_to_be_written(small: Path):
    new(small, "claim")
    path = small / CLAIM
    path.write_text(path.read_text("utf-8").replace("status: draft", "status: published"), "utf-8")
    said = "\n".join(told(small))
    for field in ("by", "summary", "reason", "published"):
        assert f'error: "{field}" is missing [missing]' in said
    assert 'error: a statement needs "verdict" [missing]' in said


@pytest.mark.parametrize(
    ("file", "field"), [("documents/open-letter/document.yaml", "rights"), ("timelines/bridge.yaml", "title")]
)
def test_what_stands_beside_published_claims_is_written(file: str, field: str, small: Path):
    path = small / "content" / file
    text = re.sub(rf"^{field}: .*$", f"{field}: {drafts.OWED}", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    assert [f'"{field}" is missing [missing]' in problem for problem in told(small)] == [True]


def test_a_text_is_kept_where_that_is_asked_for(small: Path):
    assert new(small, "document") == 0
    folder = (small / FILES["document"]).parent
    assert [path.name for path in folder.iterdir()] == ["document.yaml"]
    assert new(small, "document", "--keep-text", id="third-letter") == 0
    assert (folder.parent / "third-letter/text.txt").read_bytes() == b"To the council\n\nAgain.\n"
    assert told(small) == []


def test_an_existing_card_is_left_as_it_is(small: Path, capsys: pytest.CaptureFixture):
    for kind in scaffold.KINDS:
        new(small, kind)
        (small / FILES[kind]).write_text("mine\n", "utf-8")
        capsys.readouterr()
        assert new(small, kind) == 1
        assert "exists already; it was left as it is." in capsys.readouterr().err
        assert (small / FILES[kind]).read_text("utf-8") == "mine\n"


def test_a_former_address_is_no_place_for_a_card(small: Path, capsys: pytest.CaptureFixture):
    place = {"document": "council-reply", "id": "two-millions"}
    assert new(small, "claim", **place) == 1
    assert capsys.readouterr().err == (
        '"council-reply/two-millions" is a former address of "council-reply/repair-cost"; '
        "nothing was written.\n"
    )
    assert not (small / "content/documents/council-reply/two-millions.yaml").exists()
    assert new(small, "claim", id="two-millions") == 0


@pytest.mark.parametrize("kind", scaffold.KINDS)
def test_in_a_pipe_what_is_missing_is_said(kind: str, small: Path, capsys: pytest.CaptureFixture):
    assert main(["new", kind, "--root", str(small)]) == 2
    said = capsys.readouterr().err
    for name in scaffold.KINDS[kind].asked:
        assert f"new {kind}: --{name} is missing. " in said
    assert not (small / FILES[kind]).exists()


@pytest.mark.parametrize(
    ("kind", "changes", "sentence"),
    [
        ("claim", {"id": "My Claim"}, '"My Claim" is not an id. Use small letters, digits and hyphens,'),
        ("claim", {"id": "document"}, '"document" is taken: another file beside the claims has this name.'),
        ("claim", {"document": "open-leter"}, '"open-leter" is no choice for "document". Did you mean'),
        ("claim", {"kind": "guess"}, '"guess" is no choice for "kind". Known: statement, quotation, pred'),
        ("claim", {"checked": "soon"}, '"checked" is not a date: write it as 2022, 2022-01 or 2022-01-27.'),
        ("claim", {"verdict": "mixt"}, '"mixt" is no choice for "verdict". Did you mean "mixed"?'),
        ("speaker", {"id": "../x"}, '"../x" is not an id.'),
        ("speaker", {"same_as": "wikidata"}, '"wikidata" is not a web address.'),
        ("document", {"author": "nobody"}, '"nobody" is no choice for "author".'),
        ("timeline", {"title": " "}, '"title" is blank.'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(
    kind: str, changes: dict[str, str], sentence: str, small: Path, capsys: pytest.CaptureFixture
):
    assert new(small, kind, **changes) == 2
    assert f"new {kind}: {sentence}" in capsys.readouterr().err
    assert not (small / FILES[kind]).exists()


def test_a_text_that_is_not_there_is_said(small: Path, capsys: pytest.CaptureFixture):
    words = [f"--{name}={value}" for name, value in GIVEN["document"].items() if name != "text"]
    assert main(["new", "document", "--root", str(small), *words, "--text", str(small)]) == 2
    assert "is no file with text in UTF-8. Give the path of one." in capsys.readouterr().err


def in_terminal(words: list[str], answers: str) -> tuple[int, str]:
    """Run build.py in a terminal and type answers; return its exit code and all that is shown."""
    ours, theirs = pty.openpty()
    command = [sys.executable, str(ROOT / "build.py"), *words]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True) as process:
        os.close(theirs)
        os.write(ours, answers.encode())
        shown = b""
        try:
            while chunk := os.read(ours, 4096):
                shown += chunk
        except OSError:  # Linux says so at the end of a terminal
            pass
        code = process.wait(timeout=30)
    os.close(ours)
    return code, shown.decode().replace("\r\n", "\n")


def test_in_a_terminal_it_asks(small: Path):
    answers = "Ada Miller\nada-miller\nAda Miller\nMiller\nhuman\nperson\n"
    code, shown = in_terminal(["new", "speaker", "--root", str(small), "--sort", "Miller"], answers)
    assert code == 0, shown
    assert "id: Its name in addresses" in shown
    assert '"Ada Miller" is not an id. Use small letters, digits and hyphens, as in inf-scope.\n> ' in shown
    assert "role: Office or nature at the time of the claims" in shown
    assert "kind: Which of the two. One of: person, organisation.\n> " in shown
    assert '"human" is no choice for "kind". Known: person, organisation.' in shown
    made = (small / "content/speakers/ada-miller.yaml").read_text("utf-8")
    assert "name: Ada Miller\nrole: Miller\nkind: person\nsort: Miller\n" in made
    assert told(small) == []


def test_in_a_terminal_an_existing_card_ends_the_questions(small: Path):
    code, shown = in_terminal(["new", "claim", "--root", str(small)], "open-letter\nno-crack\n")
    assert code == 1, shown
    assert "exists already" in shown
    assert "quote: " not in shown


def test_in_a_terminal_one_can_stop(small: Path):
    code, shown = in_terminal(["new", "timeline", "--root", str(small)], "later\n\x04")
    assert (code, "Nothing was written." in shown) == (2, True)
    assert not (small / FILES["timeline"]).exists()


SMALL, _ = read_library(ROOT / "tests/small")
hard = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)
hard = hard.map(lambda text: UNSEEN.sub("", text).replace("\r", "")).filter(
    bool
)  # what nobody sees, no card may hold
wordy = st.lists(st.sampled_from(["a", "“so”", "it’s", "#1", "yes:", "- no", '"x"', "{y}", "~", "2024", "…"]),
                 min_size=1, max_size=80).map(" ".join)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(hard | wordy, hard | wordy)
def test_any_text_comes_out_of_a_card_as_it_went_in(one: str, other: str):
    assert SMALL
    try:
        one, other = (TypeAdapter(Text).validate_python(text) for text in (one, other))
    except ValidationError:
        assume(False)
    for kind, values in (
        ("claim", {"claim": one, "quote": other}),
        ("document", {"title": one, "publisher": other}),
        ("speaker", {"name": one, "role": other}),
    ):
        file, text = scaffold.draft(kind, {**GIVEN[kind], **values}, SMALL, TODAY)
        model = model_of(file.removeprefix("content/"))
        assert model
        card, problems = cards.read(model, file, text.encode())
        assert problems == []
        for name, value in values.items():
            assert getattr(card, name) == value
        assert not isinstance(card, Claim) or card.status == "draft"


@given(hard | wordy)
def test_any_text_is_written_so_that_it_is_read(text: str):
    raw = "\n".join(writing.field("title", text.strip())).encode()
    assert cards.load("card.yaml", raw) == ({"title": text.strip()}, [])


@pytest.mark.parametrize(
    "word", ["no", "True", "null", "2024", "12", "0x1f", "1e3", "~", "y", "Off", "12:30", "=", ""]
)
def test_words_that_another_reader_takes_for_more_are_quoted(word: str):
    assert writing.scalar(word) == f'"{word}"'
