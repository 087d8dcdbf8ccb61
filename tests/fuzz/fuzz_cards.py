"""Any bytes are a card or have problems at places that are in them, whichever kind of card is meant.

    python tests/fuzz/fuzz_cards.py SECONDS

PyYAML's own loader is watched, as the one in C cannot be; both must come to the same.
"""

import re
import sys
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).resolve().parent.parent.parent)]

with atheris.instrument_imports(include=["factcheck", "yaml"]):
    import yaml
    from seeds import KINDS, cards, fuzz

    from factcheck import cards as reader
    from factcheck.library import parse_library
    from factcheck.problems import errors


class Watched(yaml.SafeLoader):
    """The loader of cards, in Python."""

    yaml_implicit_resolvers = reader._Loader.yaml_implicit_resolvers


def test(data: bytes) -> None:
    name, raw = KINDS[data[0] % len(KINDS)] if data else KINDS[0], data[1:]
    _, problems = parse_library({name: raw})
    lines = re.split("\r\n?|\n", raw.decode("utf-8", "replace").removeprefix("\ufeff"))
    for problem in problems:
        assert str(problem) and problem.message
        if problem.file == f"content/{name}" and (problem.line or problem.column):
            assert 1 <= problem.line <= len(lines), problem
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem
            assert problem.excerpt in ("", lines[problem.line - 1]), problem
    if name.endswith(".yaml"):
        value, wrong = reader.load(name, raw)
        fast, reader._Loader = reader._Loader, Watched
        try:
            other, faults = reader.load(name, raw)
        finally:
            reader._Loader = fast
        if not wrong and not faults:
            assert value == other, (value, other)
        assert not (errors(wrong) and value is not None)


if __name__ == "__main__":
    fuzz("cards", cards(), 2500, test)
