"""Any text as Markdown is made of the elements and attributes that our Markdown has, and of no others.

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

    from factcheck.fields import unsettable
    from factcheck.markup import Citations, block, inline, plain


def test(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    if unsettable(text):
        return
    made = block(text)
    assert not harms(made), (text, made)
    cited = inline(text, Citations(["a", "x-1"]))
    assert not harms(cited, citations=True), (text, cited)
    assert isinstance(plain(text), str)


if __name__ == "__main__":
    fuzz("markdown", texts(), 800, test)
