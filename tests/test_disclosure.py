"""To whom weaknesses of the site are reported: security.txt (RFC 9116), and what else lies beside it."""

import calendar
import datetime as dt
import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from conftest import DRAWN, ROOT
from hypothesis import given
from hypothesis import strategies as st

from build import assemble, main
from factcheck.addresses import SECURITY
from factcheck.disclosure import contact_of, expiry
from factcheck.library import read_library
from factcheck.output import write
from factcheck.preview import Preview

HOME = "https://check.example.org/"
TODAY = dt.date(2026, 11, 22)
DESK = "security@example.org"


def say(root: Path, contact: str) -> None:
    """Write where weaknesses are reported into the settings of a site; "" takes it out."""
    card = root / "content/site.yaml"
    text = re.sub(r"security: .*\n", "", card.read_text("utf-8"))
    card.write_text(text + (f"security: {contact}\n" if contact else ""), "utf-8")


def told(root: Path, address: str = HOME, today: dt.date = TODAY) -> str | None:
    """Return what security.txt says, None where there is none."""
    site = assemble(root, today, address=address, memory=DRAWN)
    assert site.files
    return site.files[SECURITY].decode() if SECURITY in site.files else None


def test_the_file_says_all_that_it_must(small: Path):
    say(small, DESK)
    assert told(small) == (
        f"Contact: mailto:{DESK}\nExpires: 2027-10-31T23:59:59Z\nPreferred-Languages: en\n"
        f"Canonical: {HOME}.well-known/security.txt\n"
    )
    (small / "content/pages/security.md").write_text("---\ntitle: Reports\ndescription: How.\n---\nx\n")
    assert f"\nPolicy: {HOME}security/\n" in (told(small) or "")


@pytest.mark.parametrize(
    ("security", "repository", "contact"),
    [
        (DESK, "https://github.com/a/b", f"mailto:{DESK}"),
        ("https://example.org/report?x=1", None, "https://example.org/report?x=1"),
        (None, "https://github.com/a/b.c", "https://github.com/a/b.c/security/advisories/new"),
        (None, "http://www.github.com/a/b.git/", "https://github.com/a/b/security/advisories/new"),
        (None, "https://git.example/a/b/", "https://git.example/a/b/issues"),
        (None, "https://evil.example/github.com/a/b", "https://evil.example/github.com/a/b/issues"),
        (None, "http://git.example/a/b", ""),  # RFC 9116, section 2.5.3: https
        (None, None, ""),
    ],
)
def test_who_is_told(security: str | None, repository: str | None, contact: str):
    library, _ = read_library(ROOT)
    assert library
    assert (
        contact_of(library.site.model_copy(update={"security": security, "repository": repository}))
        == contact
    )


def test_a_site_with_nobody_to_tell_has_no_file(small: Path):
    say(small, "")
    card = small / "content/site.yaml"
    card.write_text(card.read_text("utf-8").replace("repository: ", "# "), "utf-8")
    assert told(small) is None


@pytest.mark.parametrize("address", ["https://example.org/some/where/", "http://example.org/"])
def test_a_site_that_cannot_speak_for_its_host_has_no_file(address: str, small: Path):
    say(small, DESK)
    assert told(small, address) is None
    assert told(small, HOME.rstrip("/"))


@given(st.dates(dt.date(2000, 1, 1), dt.date(2999, 12, 31)))
def test_it_holds_for_ten_months_at_least_and_less_than_a_year(today: dt.date):
    last = expiry(today)
    assert (last.day, last.month % 12 + 1) == (calendar.monthrange(last.year, last.month)[1], today.month)
    assert 300 < (last - today).days < 366
    assert (last.year, last.month, last.day) < (today.year + 1, today.month, today.day)
    assert expiry(today.replace(day=1)) == last


def test_the_last_day_there_is_has_no_year_after_it():
    assert expiry(dt.date.max) < dt.date.max


def test_a_preview_shows_it_too(small: Path):
    say(small, DESK)
    preview = Preview(lambda _: assemble(small, TODAY, address=HOME, preview=True), small, frozenset())
    preview.renew()
    name, content = preview.file(SECURITY) or ("", b"")
    assert (name, content.startswith(b"Contact: mailto:")) == (SECURITY, True)


# ---------- the published folder ----------


def build(root: Path) -> set[str]:
    """Build a site; return what is published below hidden names."""
    assert main(["build", "--root", str(root), "--today", "2026-11-22", "--address", HOME]) == 0
    files = (
        path.relative_to(root / "site").as_posix() for path in (root / "site").rglob("*") if path.is_file()
    )
    return {file for file in files if file.startswith(".")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site of one card, so that builds are quick."""
    for name in ("site.yaml", "verdicts.yaml", "topics.yaml"):
        text = (ROOT / "tests/small/content" / name).read_text("utf-8")
        (tmp_path / "content").mkdir(exist_ok=True)
        (tmp_path / "content" / name).write_text(re.sub(r"(repository|contact): .*\n", "", text), "utf-8")
    card = tmp_path / "content/site.yaml"
    text = re.sub(r"\n  - \{label: Timeline.*", "", card.read_text("utf-8"))
    card.write_text(re.sub(r"\n  - \{label: Method.*", "", text), "utf-8")
    say(tmp_path, DESK)
    return tmp_path


def test_it_is_published_listed_and_verified(root: Path, capsys: pytest.CaptureFixture[str]):
    assert build(root) == {SECURITY}
    site = root / "site"
    assert SECURITY in [entry["path"] for entry in json.loads((site / "manifest.json").read_text())["files"]]
    assert f"  {SECURITY}\n" in (site / "SHA256SUMS").read_text()
    assert main(["verify", "--root", str(root), "--today", "2029-01-01"]) == 0
    (site / SECURITY).write_text("Contact: mailto:somebody@else.example\n")
    assert main(["verify", "--root", str(root)]) == 1
    assert f"{SECURITY}: line 1 is published" in capsys.readouterr().out
    assert build(root) == {SECURITY}
    assert "somebody" not in (site / SECURITY).read_text()


def test_it_goes_when_nobody_is_to_be_told_any_more(root: Path):
    build(root)
    say(root, "")
    assert build(root) == set()
    assert not (root / "site/.well-known").exists()


def test_what_others_put_beside_it_stays(root: Path):
    site = root / "site"
    (site / ".well-known/acme-challenge").mkdir(parents=True)
    for name in (".well-known/change-password", ".nojekyll", ".git/config"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text("theirs")
    theirs = {".well-known/change-password", ".nojekyll", ".git/config"}
    assert build(root) == theirs | {SECURITY}
    say(root, "")
    assert build(root) == theirs
    assert (site / ".well-known/acme-challenge").is_dir()


def test_a_file_that_no_build_made_stays(root: Path):
    say(root, "")
    build(root)
    (root / "site/.well-known").mkdir()
    (root / "site" / SECURITY).write_text("theirs")
    assert build(root) == {SECURITY}


def test_the_workflow_publishes_the_file_and_no_other_hidden_thing(tmp_path: Path):
    """What was hidden in the folder of an earlier run is published by nobody."""
    flow = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text("utf-8"))
    steps = flow["jobs"]["build"]["steps"]
    packing = next(step for step in steps if "upload-pages-artifact" in step.get("uses", ""))
    assert packing["with"] == {"path": "site", "include-hidden-files": True}
    site = tmp_path / "site"
    for name in (".well-known/theirs.txt", ".theirs/index.html", ".gitignore", "index.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("left")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to("/bin/echo")
    run = next(step["run"] for step in steps if step.get("name") == "Build")
    subprocess.run(["bash", "-e", "-c", run], cwd=tmp_path, check=True, capture_output=True)
    assert [path.name for path in site.iterdir()] == ["index.html"]


def test_sums_that_were_tampered_with_remove_nothing_elsewhere(tmp_path: Path):
    """What lies in the folder can come from a cache that others wrote."""
    site, outside = tmp_path / "site", tmp_path / "outside"
    (site / ".well-known").mkdir(parents=True)
    (site / ".git").mkdir()
    outside.mkdir()
    kept = [site / ".git/config", outside / "secret", tmp_path / "secret"]
    for path in kept:
        path.write_text("kept")
    (site / ".well-known/out").symlink_to(outside)
    names = (
        ".git/config",
        ".well-known/../.git/config",
        ".well-known/../../secret",
        ".well-known/out/secret",
    )
    sums = "".join(f"{'0' * 64}  {name}\n" for name in names)
    write({"a.html": b"a", "SHA256SUMS": sums.encode()}, site)
    write({"a.html": b"b", "SHA256SUMS": b""}, site)
    assert [path.read_text() for path in kept] == ["kept"] * 3
