"""docs/problems.md explains every kind of problem, with what is really told."""

import re

from conftest import ROOT
from test_wrong import codes_of

TEXT = (ROOT / "docs/problems.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (\S+)\n\n(.*?)(?=\n## |\Z)", TEXT, re.MULTILINE | re.DOTALL))


def test_every_kind_of_problem_is_explained():
    made = set().union(*(codes_of(path.read_text("utf-8")) for path in (ROOT / "factcheck").glob("*.py")))
    assert made <= set(SECTIONS), made - set(SECTIONS)


def test_every_explanation_has_an_example_of_its_kind():
    for code, section in SECTIONS.items():
        assert section.startswith("**"), code
        assert f"[{code}]\n" in section, code


def test_the_examples_are_what_is_told():
    told = "".join(path.read_text("utf-8") for path in (ROOT / "tests/wrong").glob("*.md"))
    for code, section in SECTIONS.items():
        example = re.search(r"```\n(.*?)```", section, re.DOTALL)
        assert example
        if f"[{code}]\n" in told:
            assert example[1].strip() in told, code
