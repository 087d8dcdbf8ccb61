"""The audit finds every link and id of a page, and nothing that only looks like one."""

from hypothesis import given
from hypothesis import strategies as st

from factcheck.audit import Asked, Audit, audit

PAGE = "documents/bridge/claim/index.html"


def asked(text: str, name: str = PAGE) -> dict[Asked, str]:
    return Audit().page(name, text.encode())[1]


def told(text: str) -> list[str]:
    return [problem.message for problem in audit({PAGE: text.encode()})]


def test_links_lead_from_the_folder_of_their_page():
    links = {
        "../../../topics/": ("topics/index.html", ""),
        "../../../": ("index.html", ""),
        "../../../#main": ("index.html", "main"),
        "../../../assets/a.css": ("assets/a.css", ""),
        "../#claim-3": ("documents/bridge/index.html", "claim-3"),
        "cite.bib": ("documents/bridge/claim/cite.bib", ""),
        "../../../../x": ("../x", ""),
        "a%20b?q&amp;r#s%C3%A5": ("documents/bridge/claim/a b", "så"),
    }
    for link, one in links.items():
        assert asked(f'<a href="{link}">x</a>') == {Asked(*one): link}
    assert asked('<a href="../x/">x</a>', "a/index.html") == {Asked("x/index.html", ""): "../x/"}
    assert asked('<a href="x/">x</a>', "index.html") == {Asked("x/index.html", ""): "x/"}


PARTS = ["a", "b-1", "c.d", ".", "..", "...", ".e", "", "%41", "f g", "h:i", "index.html", "é", "&amp;"]


@given(
    st.lists(st.sampled_from(PARTS), max_size=4),
    st.sampled_from(["", "/", "?q", "#", "#a.b", "#%41", "?q#c"]),
)
def test_a_link_by_the_top_asks_for_what_it_asks_for_there(names: list[str], end: str):
    rest = "/".join(names) + end
    assert [*asked(f'<a href="../../../{rest}">x</a>')] == [*asked(f'<a href="./{rest}">x</a>', "top.html")]


def test_a_tag_may_go_over_several_lines_and_hold_both_a_link_and_an_id():
    assert told('<p><a class="x"\n\thref="#here"\nid="here">x</a></p>') == []
    assert told('<a\nhref="#there" id="here">x</a>') == ['the link "#there" leads to no "there" in that page']
    assert told('<p id="a"></p><p\n id="a"></p>') == ['the id "a" stands twice in this page']


def test_a_style_holds_no_tags_and_hides_none_after_it():
    style = '<style>i[title="<a href=x"]{content:" id=\\"here\\" "}</style>'
    assert told(f'<p id="here">x</p>{style}<a href="#here">y</a><a href="#there" id="z">w</a>') == [
        'the link "#there" leads to no "there" in that page'
    ]
    assert asked(f'{style}<a href="cite.bib">x</a>') == {
        Asked("documents/bridge/claim/cite.bib", ""): "cite.bib"
    }


def test_words_of_a_text_and_other_attributes_are_no_links():
    assert asked('<p>&lt;a href="x"&gt; and href="y" <b data-href="z" title="src">w</b></p>') == {}
    assert asked('<a href="https://example.org/x">x</a><a href="mailto:a@example.org">y</a>') == {}


def test_links_that_hide_where_they_lead_are_told():
    for link in ("//example.org/", "https:example.org", "http://a@example.org/"):
        assert told(f'<a href="{link}">x</a>') == [f'the link "{link}" does not name its host at once']
