"""No silent change, on real git repositories, as a pull request meets it."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT

import build

LETTER = "content/documents/open-letter"


def git(root: Path, *words: str) -> str:
    name = ["-c", "user.name=Desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", "-C", root, *name, *words], capture_output=True, text=True, check=True)
    return done.stdout


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "Change cards")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with the small site, published."""
    shutil.copytree(ROOT / "tests/small/content", tmp_path / "content")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    return tmp_path


@pytest.fixture
def since(root: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Check against a revision; return what was said of silent changes."""

    def run(revision: str = "main", code: int = 1) -> str:
        words = ["check", "--root", str(root), "--today", "2026-11-22", f"--since={revision}"]
        assert build.main(words) == code
        said = capsys.readouterr()
        kinds = ("silent-change", "disappeared", "correction-edited", "revision")
        blocks = [block for block in said.err.split("\n\n") if any(f"[{kind}]" in block for kind in kinds)]
        return "\n\n".join(blocks)

    return run


def edit(root: Path, name: str, old: str, new: str) -> None:
    path = root / LETTER / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, text
    path.write_text(text.replace(old, new), "utf-8")


def test_nothing_changed(since):
    assert since(code=0) == ""


def test_what_is_no_content_was_none_before(root, since):
    for name in (".gitkeep", "length.yaml~", "#length.yaml#", ".notes/x.yaml"):
        (root / LETTER / name).parent.mkdir(exist_ok=True)
        (root / LETTER / name).write_text("[", "utf-8")
    commit(root)
    assert since(code=0) == ""


def test_a_verdict_changed_in_silence(root, since):
    edit(root, "built-1871.yaml", "verdict: correct", "verdict: mostly-correct")
    assert since() == (
        f'{LETTER}/built-1871.yaml:4:10: error: the verdict was "correct", and no new correction says so'
        " [silent-change]\n"
        "   4 | verdict: mostly-correct\n"
        "     |          ^^^^^^^^^^^^^^\n"
        '      Add to "corrections": date, class (correction, update, retraction), from: correct, '
        "to: mostly-correct, and a note for readers."
    )


@pytest.mark.parametrize(
    ("entry", "passes"),
    [
        ("class: correction, from: correct, to: mostly-correct", True),
        ("class: update, from: correct, to: mostly-correct", True),
        ("class: typo, from: correct, to: mostly-correct", False),
        ("class: clarification, from: correct, to: mostly-correct", False),
        ("class: correction, from: mixed, to: mostly-correct", False),
        ("class: correction", False),
    ],
)
def test_a_verdict_changes_with_an_entry_of_the_right_class(root, since, entry, passes):
    edit(root, "built-1871.yaml", "verdict: correct", "verdict: mostly-correct")
    added = f"corrections:\n  - {{date: 2026-11-21, {entry}, note: Better read.}}\n"
    edit(root, "built-1871.yaml", "published: 2026-11-01", f"{added}published: 2026-11-01")
    assert (since(code=0 if passes else 1) == "") == passes


def test_words_and_criterion_are_held_too(root, since):
    edit(root, "built-1871.yaml", "built in 1871.\n", "opened in 1871.\n")
    edit(root, "ferry-running.yaml", "criterion: ", "criterion: Later, ")
    edit(root, "ferry-running.yaml", "published: 2026-11-01", "published: 2026-11-02")
    said = since()
    assert '"claim" was changed after publication' in said
    assert '"criterion" was changed after publication' in said
    assert '"published" was changed after publication' in said


@pytest.mark.parametrize(
    ("told", "passes"),
    [
        ("was: The mill bridge was built in 1871., ", True),
        ("was: The mill bridge., ", False),
        ("", False),
    ],
)
def test_a_claim_is_worded_anew_with_an_entry_that_keeps_the_former_wording(root, since, told, passes):
    edit(root, "built-1871.yaml", "built in 1871.\n", "opened in 1871.\n")
    added = f"corrections:\n  - {{date: 2026-11-21, class: clarification, {told}note: Better so.}}\n"
    edit(root, "built-1871.yaml", "published: 2026-11-01", f"{added}published: 2026-11-01")
    said = since(code=0 if passes else 1)
    assert ("was (the claim as it read)" not in said) == passes


def test_the_day_by_which_it_is_judged_is_held_too(root, since):
    edit(root, "half-customers.yaml", "due: ", "due: 2027  # ")
    assert '"due" was changed after publication' in since()


def test_an_old_entry_was_edited(root, since):
    edit(root, "length.yaml", "note: The ledger was found.", "note: We found a ledger.")
    assert "an entry that was published has been edited or removed" in since()


def test_a_new_entry_above_an_old_one_is_told_apart_from_an_edit(root, since):
    new = "  - {date: 2026-11-05, class: correction, from: wrong, to: mostly-wrong, note: Read again.}\n"
    edit(root, "length.yaml", "corrections:\n", f"corrections:\n{new}")
    edit(root, "length.yaml", "verdict: wrong", "verdict: mostly-wrong")
    assert since() == (
        f"{LETTER}/length.yaml:40:1: error: a new entry stands above one that was published"
        " [correction-edited]\n"
        "  40 | corrections:\n     | ^^^^^^^^^^^\n"
        "      Leave old entries as they are and add a new one, below them."
    )


def test_a_rating_that_is_taken_away(root, since):
    edit(root, "built-1871.yaml", "verdict: correct\n", "")
    assert since() == ""  # that the verdict is missing is told already
    edit(root, "built-1871.yaml", "kind: statement", "kind: opinion\nuncheckable: A matter of taste.")
    assert "from: correct, to: opinion, and a note" in since()
    edit(
        root,
        "built-1871.yaml",
        "published: 2026-11-01",
        "published: 2026-11-01\ncorrections:\n"
        "  - {date: 2026-11-21, class: correction, from: correct, to: opinion, note: A taste.}",
    )
    assert since(code=0) == ""


def test_a_card_disappeared(root, since):
    (root / LETTER / "built-1871.yaml").unlink()
    said = since()
    assert 'the published claim "open-letter/built-1871" has disappeared' in said
    assert (
        'Bring it back and add "withdrawn" with a date and a reason below it, or name this address in '
        '"formerly: [open-letter/built-1871]" of the card that it became.' in said
    )


def test_a_card_went_back_to_draft(root, since):
    edit(root, "built-1871.yaml", "published: 2026-11-01", "published: 2026-11-01\nstatus: draft")
    said = since()
    assert "this claim was published and is a draft now" in said
    assert 'Set "status: published" again, or add "withdrawn" with a date and a reason below it.' in said


def test_a_renamed_card_keeps_its_address_and_its_history(root, since):
    old, new = root / LETTER / "built-1871.yaml", root / LETTER / "age-of-the-bridge.yaml"
    text = old.read_text("utf-8") + "formerly: [open-letter/built-1871]\n"
    old.unlink()
    new.write_text(text.replace("verdict: correct", "verdict: mixed"), "utf-8")
    commit(root)
    said = since("HEAD~1")
    assert "disappeared" not in said
    assert 'age-of-the-bridge.yaml:4:10: error: the verdict was "correct"' in said


def test_a_former_address_never_dies(root, since):
    path = root / "content/documents/council-reply/repair-cost.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("[council-reply/two-millions]", "[council-reply/two]"), "utf-8")
    said = since()
    line = text.splitlines().index("formerly: [council-reply/two-millions]") + 1
    assert f"repair-cost.yaml:{line}:1: error: the published address" in said
    assert '"council-reply/two-millions" leads nowhere now' in said
    path.write_text(text.replace("formerly: [council-reply/two-millions]\n", ""), "utf-8")
    assert "leads nowhere now" in since()
    other = path.with_name("closing-day.yaml")
    added = "formerly: [council-reply/two-millions]\n"
    other.write_text(other.read_text("utf-8") + added, "utf-8")
    assert since(code=0) == ""


def test_a_former_address_is_not_kept_by_a_later_move_alone(root, since):
    path = root / "content/documents/council-reply/repair-cost.yaml"
    text = path.read_text("utf-8")
    path.unlink()
    new = path.with_name("cost.yaml")
    assert "formerly: [council-reply/repair-cost, council-reply/two-millions]" in since()
    new.write_text(text.replace("two-millions]", "repair-cost]"), "utf-8")
    assert '"council-reply/two-millions" leads nowhere now' in since()
    both = "council-reply/two-millions, council-reply/repair-cost]"
    new.write_text(text.replace("council-reply/two-millions]", both), "utf-8")
    assert since(code=0) == ""


def test_a_draft_keeps_no_address(root, since):
    old, new = root / LETTER / "built-1871.yaml", root / LETTER / "age-of-the-bridge.yaml"
    text = old.read_text("utf-8") + "formerly: [open-letter/built-1871]\nstatus: draft\n"
    old.unlink()
    new.write_text(text, "utf-8")
    said = since()
    assert "age-of-the-bridge.yaml" in said
    assert "this claim was published and is a draft now" in said


def test_a_step_of_the_scale_changed_its_meaning(root, since):
    path = root / "content/verdicts.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("label: Mixed\n", "label: Half true\n", 1), "utf-8")
    assert '"Mixed" is published on' in since()


def test_a_page_disappeared(root, since):
    next((root / "content/pages").glob("*.md")).unlink()
    assert "this page was published and has disappeared" in since()


def test_a_squashed_branch_is_compared_as_a_whole(root, since):
    git(root, "checkout", "-q", "-b", "work")
    edit(root, "built-1871.yaml", "verdict: correct", "verdict: mixed")
    commit(root)
    edit(root, "built-1871.yaml", "verdict: mixed", "verdict: correct")
    commit(root)
    assert since("main", code=0) == ""


def test_a_shallow_clone_without_the_revision_never_passes(root, tmp_path, capsys):
    first = git(root, "rev-parse", "HEAD").strip()
    commit(root)
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{root}", shallow], check=True)
    capsys.readouterr()
    assert build.main(["check", "--root", str(shallow), "--since", first]) == 1
    said = capsys.readouterr()
    assert "cannot be read, so nothing was compared [revision]" in said.err
    assert "No problems." not in said.out


@pytest.mark.parametrize("revision", ["no-such-branch", "--output=x", "main:content", ""])
def test_what_is_no_revision_is_said(since, revision):
    assert "so nothing was compared" in since(revision)


def test_a_file_that_was_broken_then_is_not_called_compared(root, since):
    edit(root, "built-1871.yaml", "kind: statement", "kind: stament")
    commit(root)
    edit(root, "built-1871.yaml", "kind: stament", "kind: statement")
    assert "was broken at the revision" in since("main", code=0)


def test_diff_tells_readers_what_changes(root, capsys):
    edit(root, "built-1871.yaml", "verdict: correct", "verdict: mixed")
    edit(root, "built-1871.yaml", "built in 1871.\n", "opened *in* 1871.\n")
    edit(root, "built-1871.yaml", "https://example.org/history", "https://example.org/newer")
    (root / LETTER / "crossings.yaml").unlink()
    text = (root / LETTER / "length.yaml").read_text("utf-8")
    (root / LETTER / "span.yaml").write_text(text, "utf-8")
    capsys.readouterr()
    assert build.main(["diff", "main", "--root", str(root)]) == 0
    told = capsys.readouterr().out
    for words in (
        "## What readers will see change",
        "- **True → Mixed**:",
        "(`open-letter/built-1871`)",
        "### New claims",
        "(`open-letter/span`)",
        "- **Gone**:",
        "“The mill bridge was opened \\*in\\* 1871.”",
        "gained Wexmere Historical Society, A short history of Wexmere",
        "### Corrections still owed",
    ):
        assert words in told, words


def test_diff_lets_no_words_of_the_content_be_markdown(root, capsys):
    scale = root / "content/verdicts.yaml"
    text = scale.read_text("utf-8")
    label = "label: Mostly true"
    assert text.count(label) == 1
    scale.write_text(text.replace(label, "label: <img src=x> *Mostly* true"), "utf-8")
    commit(root)
    scale.write_text(text, "utf-8")
    assert build.main(["diff", "HEAD", "--root", str(root)]) == 0
    told = capsys.readouterr().out
    assert "\\<img src=x\\> \\*Mostly\\* true" in told
    assert "<img" not in told.replace("\\<", "")


def test_diff_does_not_call_gone_what_cannot_be_read(root, capsys):
    edit(root, "built-1871.yaml", "kind: statement", "kind: stament")
    assert build.main(["diff", "main", "--root", str(root)]) == 1
    said = capsys.readouterr()
    assert "- **Cannot be read: run check**:" in said.out
    assert "Gone" not in said.out
    assert 'built-1871.yaml:3:7: error: "stament" is no choice for "kind" [choice]' in said.err


def test_diff_tells_of_all_other_text(root, capsys):
    edit(root, "built-1871.yaml", "kind: statement", "kind: statement\nshort: It is *old*.")
    edit(root, "length.yaml", "reason: It is", "reason: The bridge is")
    edit(root, "length.yaml", "    kind: data\n    stance: refutes", "    kind: data\n    stance: context")
    assert build.main(["diff", "main", "--root", str(root)]) == 0
    assert capsys.readouterr().out == (
        "## What readers will see change\n\n"
        "### Wording\n\n- `open-letter/built-1871`, short: none → “It is \\*old\\*.”\n\n"
        "### Other text\n\n- `open-letter/length`: reason, stance of the source survey\n\n"
    )


def test_diff_says_when_nothing_changes(root, capsys):
    assert build.main(["diff", "main", "--root", str(root)]) == 0
    assert capsys.readouterr().out == "Readers will see no claim change.\n\n"
    assert build.main(["diff", "nowhere", "--root", str(root)]) == 1
