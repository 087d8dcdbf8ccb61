"""What a page carries of the style sheets: all that can touch it, and no more."""

import pytest
from conftest import ROOT

from factcheck.assets import read_assets, squeeze
from factcheck.styles import classes, read_style, scripted, sparing

SHEETS = sorted((ROOT / "templates/assets/style").glob("*.css"))


def cut(style: str, *found: str) -> str:
    return read_style(style).used(frozenset(found))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_a_page_with_every_class_gets_the_sheet_as_it_is(sheet):
    text = squeeze(sheet.read_text("utf-8"))
    assert read_style(text).used(read_style(text).classes) == text


def test_rules_for_what_is_not_there_are_left_out():
    style = "a{x:1}.here{x:2}.gone{x:3}.here .gone>b{x:4}.here::after{x:5}"
    assert cut(style, "here") == "a{x:1}.here{x:2}.here::after{x:5}"
    assert cut(style) == "a{x:1}"


def test_of_a_list_only_the_selectors_that_can_match_stay():
    assert cut(".a,.b .c,d:is(.e,.f){x:1}", "a") == ".a,d:is(.e,.f){x:1}"


def test_what_a_selector_looks_for_or_leaves_out_never_drops_it():
    style = '.a:has(.b [c=".d"]:not(.e)) .f[g=".h"]{x:1}'
    assert cut(style, "a", "f") == style
    assert cut(style, "a") == ""


def test_conditions_around_nothing_go_and_other_at_rules_stay():
    style = '@media print{.a{x:1}@supports (y:1){.b{x:2}}}@font-face{src:url("{.a}")}@import "z";'
    assert cut(style, "b") == style.replace(".a{x:1}", "")
    assert cut(style, "c") == style[style.index("@font-face") :]


def test_a_broken_sheet_loses_nothing_but_its_end():
    assert cut(".a{x:1}.b{x:2", "a", "b") == ".a{x:1}.b{x:2;"
    assert cut("") == ""


def test_classes_are_those_of_the_page_and_of_its_scripts():
    assert classes(b'<p class="a b"><i class="">x</i><b class="a-c"></b>') == {"a", "b", "a-c"}
    script = 'e.className = "row flat"; e.classList.add("lit"); s = `<li class="x y">`; f("z")'
    assert scripted(script) == {"row", "flat", "lit", "x", "y"}


def test_of_the_values_only_those_stay_that_a_rule_the_page_or_a_script_asks_for():
    style = ":root{--a:1px;--b:var(--c);--c:2px;--d:var(--e);--e:3px;--f:x}p{width:var(--a,0)}"
    assert sparing(style, frozenset()) == ":root{--a:1px;}p{width:var(--a,0)}"
    assert "--b:var(--c);--c:2px;" in sparing(style, classes(b'<i style="width:var(--b)">'))
    assert "--f:x}" in sparing(style, scripted('e.style.color = "var(--f)"'))


def test_what_a_script_makes_keeps_its_rules():
    files = {"assets/style/base.css": b".made{x:1}.not{x:2}", "assets/s.js": b'e.className = "made"'}
    assert read_assets(files).style(("base",), "", "", frozenset()) == ".made{x:1}"
