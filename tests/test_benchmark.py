"""The generated content for measuring: sound, and the same for the same seed; and what measures."""

import datetime as dt
import json
import sys

import pytest
from benchmark import run as runner
from benchmark.content import content, write
from benchmark.equal import differences
from benchmark.measure import FailedError, run

from build import assemble


def test_generated_content_is_sound(tmp_path):
    write(tmp_path, 60)
    site = assemble(tmp_path, dt.date(2026, 11, 2), preview=True)
    assert [str(problem) for problem in site.problems] == []
    assert site.claims == 60
    assert b"Generated claims in generated documents" in site.files["index.html"]


def test_generated_content_becomes_a_whole_site(tmp_path):
    """With lists of several pages, whose links all lead somewhere; pictures apart."""
    write(tmp_path, 240)
    site = assemble(tmp_path, dt.date(2026, 11, 2), preview=True)
    assert "claims/3/index.html" in site.files
    assert [str(problem) for name in site.files for problem in site.faults.get(name, ())] == []


def test_the_same_seed_gives_the_same_content():
    assert dict(content(40, seed=7)) == dict(content(40, seed=7)) != dict(content(40, seed=8))


def test_the_runner_measures_a_small_site_without_rivals(tmp_path, capsys, monkeypatch):
    """Each build is a process of its own; what one card changes is brought back."""
    monkeypatch.setattr(runner, "CASES", ("one card changed",))
    assert runner.main(["20", "--runs", "1", "--rivals", "--work", str(tmp_path)]) == 0
    told = capsys.readouterr()
    costs = json.loads((tmp_path / "results.json").read_text())["costs"]["20"]
    assert list(costs) == ["build.py", "build.py, no pictures"]
    made = [cost for cases in costs.values() for cost in cases["one card changed"]]
    assert len(made) == 2
    assert all(cost["cpu"] > 0 and cost["peak"] > 0 for cost in made)
    assert "| claims | 20, " in told.out
    assert "| pictures for other sites | 23, " in told.out
    assert "Edit 1: " in (tmp_path / "20/whole/site/documents/document-0/claim-1/index.html").read_text()
    assert "Edit 1: " not in (tmp_path / "20/whole/content/documents/document-0/claim-1.yaml").read_text()


def test_pages_are_compared_by_the_words_that_readers_see(tmp_path):
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    name, same = "documents/document-0/claim-1/index.html", "documents/document-0/claim-2/index.html"
    for site, word, space in ((ours, "True", " "), (theirs, "False", "\n\n")):
        for path, text in ((name, word), (same, "Alike")):
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(f"<style>p{{}}</style><p class={word}>It is{space}<b>{text}</b></p>")
    assert list(differences(ours, theirs)) == [(name, 3, ["“True” there “False”"]), (same, 3, [])]


def test_every_stage_that_a_build_tells_is_read(tmp_path):
    said = "import sys; print('timing: read 0.250', 'timing: make pages 1.5', sep='\\n', file=sys.stderr)"
    assert run([sys.executable, "-c", said], tmp_path).stages == {"read": 0.25, "make pages": 1.5}
    with pytest.raises(FailedError, match="broken"):
        run([sys.executable, "-c", "import sys; sys.exit('broken')"], tmp_path)
