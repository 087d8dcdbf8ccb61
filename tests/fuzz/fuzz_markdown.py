"""Any text as Markdown is made of the elements and attributes that our Markdown has, and of no others.

A text in which nothing is marked comes out as Markdown would make it.

python tests/fuzz/fuzz_markdown.py SECONDS
"""

import sys
from pathlib import Path

import atheris

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

with atheris.instrument_imports(include=["factcheck", "markdown"]):
    from harmless import harms
    from seeds import fuzz, texts

    from factcheck import markup
    from factcheck.fields import unsettable
    from factcheck.markup import Citations, inline, plain

KEYS = ["a", "x-1"]


def test(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    if unsettable(text):
        return
    citations = Citations(KEYS) if "[^" in text else None
    made = inline(text, citations)
    assert not harms(made, citations=citations is not None), (text, made)
    assert isinstance(plain(text), str)
    calm = markup._closed_up(text)
    if markup._is_calm(calm, Citations(KEYS)):
        shown = markup._paragraphs(calm, Citations(KEYS))
        assert shown == markup._converted(calm, Citations(KEYS)), (calm, shown)


if __name__ == "__main__":
    fuzz("markdown", texts(), 800, test)
