"""The generated content for measuring: sound, and the same for the same seed."""

import datetime as dt

from benchmark.content import content, write

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
