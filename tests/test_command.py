"""The commands as an editor meets them: what they say, what they write, how they end."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import ROOT

import build
from factcheck import terminal
from factcheck.folder import read_folder
from factcheck.problems import Problem
from factcheck.terminal import as_annotation

DAY = "2026-11-21"
LETTER = "content/documents/open-letter"
REPLY = "content/documents/council-reply"
TEXTS = ROOT / "tests/small/texts"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(small: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the small site; return how it ended and what it said, out and err."""

    def main(verb: str, *words: str | Path, today: str = DAY) -> tuple[int, str, str]:
        code = build.main([verb, "--root", str(small), "--today", today, *map(str, words)])
        return code, *capsys.readouterr()

    return main


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, text
    path.write_text(text.replace(old, new), "utf-8")


def held(folder: Path) -> Mapping[str, tuple[bytes, int]]:
    """Return the bytes and the time of every file."""
    return {name: (raw, (folder / name).stat().st_mtime_ns) for name, raw in read_folder(folder)[0].items()}


def break_a_card(root: Path) -> None:
    edit(root / LETTER / "length.yaml", "verdict: wrong", "verdict: rong")


BROKEN = f"""\
{LETTER}/length.yaml:4:10: error: there is no verdict "rong" [dangling]
   4 | verdict: rong
     |          ^^^^
      Did you mean "wrong"? Known: correct, mostly-correct, mixed, mostly-wrong, wrong, unproven.

"""


def test_build_writes_the_site_and_says_so(run: Run, small: Path):
    code, out, err = run("build")
    assert (code, err) == (0, "")
    files, _ = read_folder(small / "site")
    size = sum(map(len, files.values())) / 1e6
    assert out == (
        f"17 claims, {len(files)} files, {size:.1f} MB in {small / 'site'}: "
        f"{len(files)} written, 0 unchanged, 0 removed.\n"
    )
    assert files == build.assemble(small, build.dt.date.fromisoformat(DAY)).files


def test_building_again_writes_nothing(run: Run, small: Path):
    run("build")
    before = held(small / "site")
    code, out, _ = run("build")
    assert code == 0
    assert f": 0 written, {len(before)} unchanged, 0 removed." in out
    assert held(small / "site") == before


def test_what_is_left_over_is_removed_and_what_is_hidden_stays(run: Run, small: Path):
    run("build")
    site = small / "site"
    left = [site / "topics/bees/index.html", site / "old.html", site / ".new-abc", site / "topics/.new-xyz"]
    kept = [site / ".gitignore", site / ".nojekyll", site / ".git/HEAD"]
    for path in left + kept:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    (site / ".git/refs").mkdir()
    (site / "index.html").unlink()
    (site / "404.html").write_text("x", "utf-8")
    _, out, _ = run("build", "--site", site)
    assert "written" in out
    assert not any(path.exists() for path in left)
    assert not (site / "topics/bees").exists()
    assert all(path.read_text("utf-8") == "x" for path in kept)
    assert (site / ".git/refs").is_dir()


def test_a_folder_of_other_things_is_left_alone(run: Run, small: Path):
    before = held(small)
    code, out, err = run("build", "--site", small)
    assert (code, out) == (1, "")
    assert err == f"The site was not written: {small} holds other things, and all of them would be removed.\n"
    assert held(small) == before


def test_a_site_that_cannot_be_written_is_said(run: Run, small: Path):
    (small / "site").write_text("A file, no folder.", "utf-8")
    code, _, err = run("build")
    assert code == 1
    assert err.startswith("The site was not written: ")


def test_a_broken_card_leaves_the_published_site_as_it_is(run: Run, small: Path):
    run("build")
    before = held(small / "site")
    break_a_card(small)
    code, out, err = run("build")
    assert (code, out) == (1, "")
    assert err == f"{BROKEN}1 error. {small / 'site'} is as it was.\n"
    assert held(small / "site") == before


def test_a_warning_stops_no_build(run: Run, small: Path):
    code, _, err = run("build", today="2026-11-22")
    assert code == 0
    assert f"{LETTER}/old-gone.yaml:" in err
    assert "warning: " in err
    assert (small / "site/index.html").exists()


def test_address_and_repository_are_taken_from_the_command_line(run: Run, small: Path):
    run("build", "--address", "https://example.net/facts/", "--repository", "https://example.net/forge")
    page = (small / "site/documents/open-letter/length/index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.net/facts/documents/open-letter/length/">' in page
    assert f'href="https://example.net/forge/edit/main/{LETTER}/length.yaml"' in page
    assert "https://example.com/wexmere/check" not in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["bild"], "invalid choice: 'bild'"),
        (["build", "--adress", "https://example.org/"], "unrecognized arguments: --adress https://example.org/"),
        (["build", "--today", "22.11.2026"], '"22.11.2026" is not a day; write it as 2026-11-22'),
        (["build", "--today", "2026-02-30"], '"2026-02-30" is not a day; write it as 2026-11-22'),
        (["build", "--address", "example.org"], '"example.org" is no address; write it with https://'),
        (["check", "--record"], "--record needs --texts DIR, the folder in which"),
        (["serve", "--host", "0.0.0.0"], '"0.0.0.0" is no address that others can ask for; give that of'),
        (["serve", "--port", "many"], "argument --port: \"many\" is no port; write a number"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_said(words: list[str], said: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        build.main(words)
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: ")
    assert said in err


def test_without_a_command_it_builds(small: Path, capsys: pytest.CaptureFixture[str]):
    assert build.main(["--root", str(small), "--today", DAY]) == 0
    assert capsys.readouterr().out.startswith("17 claims, ")


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["check", "-h"], ["serve", "--help"]])
def test_help_shows_an_example(words: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        build.main(words)
    assert ended.value.code == 0
    assert "example" in capsys.readouterr().out


def test_check_of_sound_content(run: Run, small: Path):
    before = held(small)
    assert run("check") == (0, "No problems.\n", "")
    assert held(small) == before


def test_check_of_the_small_site_where_it_lies(capsys: pytest.CaptureFixture[str]):
    """It has no templates of its own, so it is shown with those of the project."""
    assert build.main(["check", "--root", str(ROOT / "tests/small"), "--today", DAY]) == 0
    assert capsys.readouterr().out == "No problems.\n"


def test_check_of_a_broken_card(run: Run, small: Path):
    break_a_card(small)
    assert run("check") == (1, "1 error.\n", BROKEN)


def test_check_counts_errors_and_warnings(run: Run, small: Path):
    break_a_card(small)
    edit(small / LETTER / "crossings.yaml", "verdict: mixed", "verdict: mixt")
    assert run("check", today="2026-11-22")[:2] == (1, "2 errors and 1 warning.\n")


def test_strict_lets_warnings_fail(run: Run):
    assert run("check", today="2026-11-22")[:2] == (0, "1 warning.\n")
    assert run("check", "--strict", today="2026-11-22")[:2] == (1, "1 warning.\n")


def test_check_of_some_files(run: Run, small: Path, monkeypatch: pytest.MonkeyPatch):
    break_a_card(small)
    assert run("check", f"{LETTER}/length.yaml") == (1, "1 error.\n", BROKEN)
    assert run("check", f"{LETTER}/crossings.yaml") == (0, "No problems.\n", "")
    assert run("check", small / LETTER / "length.yaml") == (1, "1 error.\n", BROKEN)
    assert run("check", f"{LETTER}/crossings.yaml", f"{LETTER}/length.yaml")[0] == 1
    monkeypatch.chdir(small / LETTER)
    assert run("check", "length.yaml") == (1, "1 error.\n", BROKEN)
    nowhere = "There is no file or folder lenght.yaml in content/ or templates/.\n"
    assert run("check", "lenght.yaml") == (2, "", nowhere)


def test_check_of_a_folder(run: Run, small: Path, monkeypatch: pytest.MonkeyPatch):
    break_a_card(small)
    for folder in ("content", "content/documents/open-letter/", small / LETTER, f"{REPLY}/../open-letter"):
        assert run("check", folder) == (1, "1 error.\n", BROKEN)
    assert run("check", REPLY, "templates") == (0, "No problems.\n", "")
    monkeypatch.chdir(small / LETTER)
    assert run("check", ".") == (1, "1 error.\n", BROKEN)


def test_check_of_a_file_of_a_content_folder_that_is_a_link(run: Run, small: Path, tmp_path: Path):
    break_a_card(small)
    (tmp_path / "content").symlink_to(small / "content")
    words = ("--root", tmp_path, f"{LETTER}/length.yaml")
    assert run("check", *words) == (1, "1 error.\n", BROKEN)


def test_check_of_what_is_no_content_is_refused(run: Run, small: Path, tmp_path: Path):
    (tmp_path / "a.yaml").touch()
    for path in (tmp_path, tmp_path / "a.yaml", small, "content/documents/open-leter"):
        told = f"There is no file or folder {path} in content/ or templates/.\n"
        assert run("check", path) == (2, "", told)


def test_a_revision_that_cannot_be_read_is_said_of_each_file(run: Run):
    code, out, err = run("check", "--since", "nowhere", f"{LETTER}/length.yaml")
    assert (code, out) == (1, "1 error.\n")
    assert "so nothing was compared" in err


def test_texts_that_lie_nowhere_are_said(run: Run, tmp_path: Path):
    told = f"There is no folder {tmp_path / 'texts'}.\n"
    assert run("check", "--texts", tmp_path / "texts") == (2, "", told)


@pytest.mark.parametrize("words", [["check"], ["check", "--since", "main"], ["build"], ["diff", "main"]])
def test_a_root_without_content_is_one_problem(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert build.main([*words, "--root", str(tmp_path / "nowhere")]) == 1
    told = f"content:1:1: error: there is no content/ in {tmp_path / 'nowhere'} [missing-file]\n"
    err = capsys.readouterr().err
    assert err.startswith(f"{told}      Is this the right folder?\n\n")
    assert err.count("error: ") == 1


def test_in_github_actions_problems_annotate_the_pull_request(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    break_a_card(small)
    (small / "content/speakers/50%, a:b.yaml").write_text("", "utf-8")
    code, out, err = run("check")
    assert code == 1
    assert BROKEN in err
    assert out == (
        f'::error file={LETTER}/length.yaml,line=4,col=10,title=dangling::there is no verdict "rong"'
        '%0ADid you mean "wrong"? Known: correct, mostly-correct, mixed, mostly-wrong, wrong, unproven.\n'
        "::error file=content/speakers/50%25%2C a%3Ab.yaml,line=1,col=1,title=file-name::"
        "this name cannot stand in the address of a page"
        "%0AUse small letters, digits and hyphens, as in inf-scope.yaml.\n"
        "2 errors.\n"
    )


def test_an_annotation_is_one_line():
    problem = Problem("a.yaml", 2, 3, "kind", "100 % wrong\r\nand so on", "Mend it.", level="warning")
    told = "::warning file=a.yaml,line=2,col=3,title=kind::100 %25 wrong and so on%0AMend it."
    assert as_annotation(problem) == told


def test_nothing_that_is_told_commands_a_terminal_or_a_workflow(run: Run, small: Path):
    """A name can hold anything; a line that begins with "::" would be a command in GitHub Actions."""
    names = [b"a\n::stop-commands::x.yaml", b"b\x1b[31m.yaml", b"caf\xe9.yaml"]
    for name in names:
        Path(os.fsdecode(os.fsencode(small / LETTER) + b"/" + name)).write_text("", "utf-8")
    edit(small / LETTER / "length.yaml", "kind: statement", 'kind: "x\\n::stop-commands::x"')
    code, out, err = run("check", "--format", "github")
    assert code == 1
    assert [line for line in err.splitlines() if line.lstrip().startswith("::")] == []
    assert [line[:8] for line in out.splitlines()] == ["::error "] * 4 + ["4 errors"]
    shown = ("a ::stop-commands::x.yaml", "b�[31m.yaml", "caf�.yaml")
    for said in (*(f"{LETTER}/{name}:1:1: error:" for name in shown), '"x ::stop-commands::x" is no choice'):
        assert said in err


def test_a_terminal_without_the_letters_is_told_all_the_same(small: Path):
    edit(small / LETTER / "length.yaml", "kind: statement", "kind: שיטה")
    words = [
        sys.executable,
        ROOT / "build.py",
        "check",
        "--format",
        "github",
        "--root",
        small,
        "--today",
        DAY,
    ]
    env = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, "1 error.")
    assert '"\\u05e9\\u05d9\\u05d8\\u05d4" is no choice for "kind"' in done.stdout
    assert "Traceback" not in done.stderr


def test_quotes_are_held_to_the_right_text(run: Run, small: Path):
    (small / REPLY / "proof.yaml").unlink()
    code, out, err = run("check", "--texts", TEXTS)
    assert (code, err) == (0, "")
    assert out == (
        "council-reply: 5 quotes stand once in its text.\n"
        "open-letter: 14 quotes stand once in its text.\n"
        "No problems.\n"
    )
    assert not (small / REPLY / "proof.yaml").exists()


def test_a_wrong_quote_is_found_in_the_right_text(run: Run, small: Path):
    edit(small / REPLY / "length-121.yaml", "121 Meter lang", "122 Meter lang")
    code, out, err = run("check", "--texts", TEXTS)
    assert code == 1
    assert out.startswith("council-reply: 4 quotes stand once in its text.\n")
    assert err.count("length-121.yaml") == 1
    assert "error: the quote does not stand in the document [quote]" in err


@pytest.mark.parametrize("text", ["another text", "no text", "a text that is no text"])
def test_without_the_right_text_nothing_is_checked(text: str, run: Run, tmp_path: Path):
    texts = tmp_path / "texts"
    texts.mkdir()
    if text == "another text":
        shutil.copy(TEXTS / "council-reply.txt", texts)
        edit(texts / "council-reply.txt", "zwei Millionen", "drei Millionen")
    if text == "a text that is no text":
        (texts / "council-reply.txt").write_bytes(b"\xff\xfe\x00")
    code, out, err = run("check", "--texts", texts)
    assert (code, err) == (0, "")
    assert f"council-reply: not checked here: no text in {texts} has the digest 53a7f44a2414...." in out
    assert "open-letter: 14 quotes" in out


def test_what_is_recorded_is_what_a_later_check_reads(run: Run, small: Path):
    proof = small / REPLY / "proof.yaml"
    before = proof.read_bytes()
    edit(proof, "at: [186, 186, 218, 218]", "at: [0, 186, 218, 218]")
    edit(small / REPLY / "closing-day.yaml", "quote: Die Sperrung beginnt", "quote: Sperrung beginnt")
    assert "quote-changed" in run("check")[2]
    assert "quote-changed" not in run("check", "--texts", TEXTS)[2]
    assert "quote-changed" in run("check")[2]
    assert run("check", "--texts", TEXTS, "--record")[0] == 0
    assert run("check") == (0, "No problems.\n", "")
    edit(small / REPLY / "closing-day.yaml", "quote: Sperrung beginnt", "quote: Die Sperrung beginnt")
    run("check", "--texts", TEXTS, "--record")
    assert proof.read_bytes() == before


def test_a_card_that_moved_keeps_its_proof(run: Run, small: Path):
    text = (small / REPLY / "length-121.yaml").read_text("utf-8")
    (small / REPLY / "length-121.yaml").unlink()
    old = "[open-letter/closing-day, council-reply/length-121]"
    (small / REPLY / "zz-length.yaml").write_text(f"{text}formerly: {old}\n", "utf-8")
    for card in (small / LETTER).glob("*.yaml"):
        card.write_text(card.read_text("utf-8").replace("reply/length-121", "reply/zz-length"), "utf-8")
    assert run("check") == (0, "No problems.\n", "")
    run("build")
    folder = small / "site/documents/council-reply"
    assert '"start":49' in (folder / "annotations.json").read_text("utf-8")
    page = (folder / "index.html").read_text("utf-8")
    assert page.index("zz-length") < page.index("closing-day")
    edit(small / REPLY / "zz-length.yaml", "121 Meter lang", "122 Meter lang")
    assert "the quote is not the one that was proven" in run("check")[2]


def test_nothing_is_recorded_where_a_quote_is_wrong(run: Run, small: Path):
    before = (small / REPLY / "proof.yaml").read_bytes()
    edit(small / REPLY / "length-121.yaml", "121 Meter lang", "122 Meter lang")
    assert run("check", "--texts", TEXTS, "--record")[0] == 1
    assert (small / REPLY / "proof.yaml").read_bytes() == before


def test_a_changed_text_beside_its_document_is_never_proven(run: Run, small: Path):
    with (small / LETTER / "text.txt").open("a", encoding="utf-8") as text:
        text.write("P.S. Come and buy bread.\n")
    for words in ([], ["--texts", TEXTS]):
        code, _, err = run("check", *words)
        assert code == 1
        assert "the text beside this document is another than the one named here" in err


@pytest.mark.parametrize(("epoch", "overdue"), [("1795219200", False), ("1795305600", True)])
def test_the_day_is_that_of_source_date_epoch(
    epoch: str,
    overdue: bool,
    small: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """2026-11-21 and 2026-11-22; on the second a prediction is overdue."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert build.main(["build", "--root", str(small)]) == 0
    assert ("[overdue]" in capsys.readouterr().err) is overdue
    assert ('id="overdue"' in (small / "site/predictions/index.html").read_text("utf-8")) is overdue


@pytest.mark.parametrize(("broken", "code", "said"), [(True, 1, "1 error.\n"), (False, 0, "No problems.\n")])
def test_the_program_ends_as_the_command_does(broken: bool, code: int, said: str, small: Path):
    if broken:
        break_a_card(small)
    done = subprocess.run(
        [sys.executable, ROOT / "build.py", "check", "--root", small, "--today", DAY],
        env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (code, said, BROKEN if broken else "")


def test_a_reader_who_has_gone_is_no_fault(small: Path):
    """`build.py diff main | head` ends when head does."""
    words = [sys.executable, str(ROOT / "build.py"), "check", "--root", str(small), "--format", "github"]
    for number in range(400):
        (small / f"content/stray-{number}.txt").write_text("")
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as check:
        assert check.stdout
        assert check.stderr
        check.stdout.close()
        told = check.stderr.read().decode()
    assert "Traceback" not in told
    assert "BrokenPipe" not in told
    assert check.returncode == 141


def test_a_site_that_nears_the_limit_of_pages_is_told(run: Run, monkeypatch: pytest.MonkeyPatch):
    assert "warning" not in run("build")[2].replace(": warning: ", "")
    monkeypatch.setattr(terminal, "PAGES", 1_000_000)
    assert "docs/publishing.md says where else it can be published" in run("build")[2]
