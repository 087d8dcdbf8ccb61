"""The characters that the fonts hold: the list is the fonts' own, and content is held to it."""

import itertools

import pytest
from conftest import ROOT
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from factcheck.labels import text_width
from factcheck.letters import held

ASSETS = ROOT / "templates/assets"
LIST = ASSETS / "letters.txt"
HEAD = """\
# What both fonts hold. `pytest tests/test_letters.py --accept` writes it from the fonts.
"""


@pytest.fixture(scope="module")
def fonts() -> list[TTFont]:
    return [TTFont(path) for path in sorted(ASSETS.glob("*.woff2"))]


def ranges(codes: list[int]) -> str:
    """Return code points as ranges: U+20-7E U+A0."""
    runs = itertools.groupby(enumerate(codes), lambda item: item[1] - item[0])
    found = [[code for _, code in run] for _, run in runs]
    return "\n".join(f"U+{run[0]:X}" + (f"-{run[-1]:X}" if run[1:] else "") for run in found)


def test_the_list_says_what_both_fonts_hold(fonts: list[TTFont], accept: bool):
    codes = sorted(set.intersection(*(set(font.getBestCmap()) for font in fonts)))
    if accept:
        LIST.write_text(f"{HEAD}{ranges(codes)}\n", "utf-8")
    assert LIST.read_text("utf-8") == f"{HEAD}{ranges(codes)}\n"
    assert held({"assets/letters.txt": LIST.read_bytes()}) == set(map(chr, codes))


def test_both_fonts_have_weights_from_400_to_600_and_their_licence(fonts: list[TTFont]):
    for font in fonts:
        assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes] == [
            ("wght", 400, 600)
        ]
        family = font["name"].getDebugName(1).split()
        assert any(
            "SIL OPEN FONT LICENSE" in path.read_text("utf-8") and family[0].lower() in path.name.lower()
            for path in ASSETS.glob("OFL-*.txt")
        )


def test_labels_are_measured_wide_enough(fonts: list[TTFont]):
    """The loom places labels by estimated widths: none may be narrower than the font has it."""
    sans = next(font for font in fonts if "Public" in font["name"].getDebugName(1))
    for weight in (400, 600):
        face = instantiateVariableFont(sans, {"wght": weight})
        advance = {chr(code): face["hmtx"][name][0] for code, name in face.getBestCmap().items()}
        units = face["head"].unitsPerEm
        assert {c: w for c, w in advance.items() if text_width(c, units) < w} == {}
        assert {
            c: w for c, w in advance.items() if text_width(c, units) > w + units / 8 and not c.isspace()
        } == {}
