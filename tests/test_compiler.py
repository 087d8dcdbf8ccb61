"""What a template becomes says what Jinja's own says, and is as safe."""

import gc

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.runtime import markup_join
from markupsafe import Markup, escape

from factcheck import renderer
from factcheck.compiler import Environment, escaped, joined
from factcheck.dates import PartialDate
from factcheck.markup import Borrowed
from factcheck.mishaps import Missing
from factcheck.words import ENGLISH

BORROWED = Borrowed.of("a < b", Markup(' lang="nb"'))
TEXTS = st.text(st.sampled_from("<>&\"'aé”")) | st.text()
VALUES = (
    TEXTS | TEXTS.map(Markup) | st.integers() | st.sampled_from([None, 0.5, PartialDate("2022"), BORROWED])
)
MACRO = "{% macro m(a, b='<i>') %}<b>{{ a }}</b>{{ b }}{% endmacro %}"
TEMPLATES = (
    "{{ text }}{{ html }}{{ number }}{{ none }}{{ borrowed }}",
    "{{ text ~ number }}{{ text ~ html }}{{ borrowed ~ text }}",
    MACRO + "{{ m(text) }}{{ m(text, html) }}{{ m(text, b=text) }}{{ m(b=1, a=html) }}{{ m(*[text, 2]) }}"
    "{{ m(text, **{'b': html}) }}",
    MACRO + "{{ m(m(text)) ~ text }}{{ m(text)|upper }}{% set x %}{{ m(text) }}{% endset %}{{ x }}",
    "{% macro m() %}{{ caller() }}{{ caller() }}{% endmacro %}{% call m() %}{{ text }}{% endcall %}",
    "{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, text, x=2) }}",
    "{% for n in [1, 2] recursive %}{{ loop.index }}{{ loop([]) }}{{ loop.cycle(text, html) }}{% endfor %}",
    "{% block b %}{{ text }}{% endblock %}{{ self.b() }}{{ dict(a=text).a }}{{ call(**{'class': text}) }}",
)


def shown(environment: jinja2.Environment, template: str) -> str:
    values = {"text": "a & <b>", "html": Markup("<i>&amp;</i>"), "number": 3, "none": None}
    return environment.from_string(template).render(values, borrowed=BORROWED, call=lambda **given: given)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_says_the_same_as_by_jinja(template: str):
    assert shown(Environment(autoescape=True), template) == shown(
        jinja2.Environment(autoescape=True), template
    )


@pytest.mark.parametrize("template", ["{{ x }}", "{{ x ~ 1 }}", "{{ x() }}", MACRO + "{{ m() }}"])
def test_what_is_not_there_is_told_as_by_jinja(template: str):
    told = []
    for kind in (Environment, jinja2.Environment):
        with pytest.raises((jinja2.UndefinedError, TypeError)) as caught:
            shown(kind(autoescape=True, undefined=Missing), template)
        told.append(str(caught.value))
    assert told[0] == told[1]


def test_a_page_leaves_nothing_to_the_collector():
    macros = "{% macro m() %}<b>{{ text }}</b>{% endmacro %}"  # which asks for what the page knows
    templates = {"macros": macros, "page": "{% import 'macros' as n with context %}{{ n.m() }}" + macros}
    page = Environment(autoescape=True, loader=jinja2.DictLoader(templates)).get_template("page")
    page.render(text="<")
    gc.collect()
    gc.disable()
    try:
        assert page.render(text="<") == "<b>&lt;</b>"
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize("set_first", ["", "{% set text = text ~ text %}"], ids=["macros alone", "and more"])
def test_macros_tell_what_the_page_knows_that_is_made(set_first: str):
    macros = f"{set_first}{{% macro m() %}}{{{{ text }}}}{{% endmacro %}}\n{{# and nothing else #}}\n"
    templates = {"macros": macros, "page": "{% import 'macros' as n with context %}{{ n.m() }}"}
    environment = Environment(autoescape=True, loader=jinja2.DictLoader(templates))
    made = [environment.get_template("page").render(text=text) for text in "ab"]
    assert made == (["aa", "bb"] if set_first else ["a", "b"])


@given(VALUES, st.lists(VALUES))
def test_values_are_escaped_and_joined_as_by_markupsafe(value: object, parts: list[object]):
    assert str(escaped(value)) == str(escape(value))
    assert (type(joined(parts)), joined(parts)) == (type(markup_join(parts)), markup_join(parts))


def test_templates_compiled_meanwhile_are_not_compiled_again(monkeypatch: pytest.MonkeyPatch):
    templates = {"a.html": "<p>{{ 1 + 1 }} made aside</p>", "b.html": "{% wrong %} made aside"}
    compiling = renderer.Compiling(templates, ENGLISH)
    compiling.end()
    monkeypatch.setattr(Environment, "compile", None)
    environment = renderer._environment(templates, ENGLISH)
    assert environment.get_template("a.html").render() == "<p>2 made aside</p>"
    with pytest.raises(jinja2.TemplateSyntaxError):  # told where a page asks for it
        environment.get_template("b.html")
