"""Markdown as the site shows it: no raw HTML, citations numbered, the result sanitised."""

import re
from collections.abc import Sequence
from functools import cache
from xml.etree import ElementTree

import markdown
import nh3
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markupsafe import Markup, escape

from .fields import unsettable
from .words import ENGLISH, Words

_CITATION = r"\[\^([a-z0-9-]+)\]"
_CITED = re.compile(_CITATION)
# Paragraphs in which nothing is marked but what is cited, and no line begins or ends as those of lists,
# of code or of a line break do: most texts. Markdown would leave them as they are.
_CALM = re.compile(r"(?:[^\[\]*_`<>&#\\!|\t\r\v\f\x00-\x08\xa0]++|\[\^[a-z0-9-]+\](?!:))*+")
_MARKED = re.compile(r"[-+]|\d+[.)](?:\s|$)")
_PARAGRAPHS = re.compile(r"\n\n+")
_BLOCKS = (
    "p", "ul", "ol", "li", "blockquote", "pre", "table", "thead", "tbody", "tr", "th", "td", "hr",
    "h2", "h3",
)  # fmt: skip
_INLINES = ("a", "sup", "em", "strong", "code", "br")
_CLEANER = nh3.Cleaner(
    tags={*_BLOCKS, *_INLINES},
    attributes={"a": {"href", "id", "class", "role", "aria-label"}, "ol": {"start"}, "*": set()},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


class Borrowed(str):
    """A text in another language than those around it, which it says of itself in HTML."""

    attributes: Markup

    @classmethod
    def of(cls, text: str, attributes: Markup) -> "Borrowed":
        """Return a text with the attributes, lang and dir, of whatever it stands in."""
        borrowed = cls(text)
        borrowed.attributes = attributes
        return borrowed

    def __html__(self) -> str:
        """Return it as a part of a line."""
        return Markup("<span{}>{}</span>").format(self.attributes, str(self))


class Citations:
    """The citations of one page, numbered by their source and lettered in order of use."""

    def __init__(self, keys: Sequence[str], words: Words = ENGLISH) -> None:
        self.words = words
        self.numbers = {key: number for number, key in enumerate(keys, 1)}
        self.uses: dict[str, list[str]] = {key: [] for key in keys}

    def cite(self, key: str) -> tuple[int, str, str]:
        """Note one use of a source; return its number, the letter of the use, and what its link is called."""
        number, uses = self.numbers[key], self.uses[key]
        letter = _letter(len(uses))
        uses.append(letter)
        return number, letter, self.words.gettext("Source %(number)s", number=number)

    def link(self, key: str) -> str:
        """Return the citation mark of a source, written as Markdown with its sanitiser writes it."""
        number, letter, label = self.cite(key)
        return (
            f'<a aria-label="{escape(label)}" class="cite" href="#s{number}" id="r{number}{letter}" '
            f'role="doc-noteref">{number}</a>'
        )

    def links(self, keys: Sequence[str]) -> Markup:
        """Return the citation marks of several sources."""
        return Markup("".join(map(self.link, keys)))


def _letter(place: int) -> str:
    return (_letter(place // 26 - 1) if place >= 26 else "") + "abcdefghijklmnopqrstuvwxyz"[place % 26]


class _Cite(InlineProcessor):
    """[^key] becomes the mark of a source, where the page has that source."""

    citations: Citations | None = None

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[ElementTree.Element | None, int | None, int | None]:
        key = m.group(1)
        if self.citations is None or key not in self.citations.numbers:
            return None, None, None
        number, letter, label = self.citations.cite(key)
        element = ElementTree.Element("a", {
            "aria-label": label, "class": "cite", "href": f"#s{number}", "id": f"r{number}{letter}",
            "role": "doc-noteref",
        })  # fmt: skip
        element.text = str(number)
        return element, m.start(0), m.end(0)


class _Site(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        self.cite = _Cite(_CITATION, md)
        md.inlinePatterns.register(self.cite, "cite", 175)
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.parser.blockprocessors.deregister("setextheader")


@cache
def _converter() -> tuple[markdown.Markdown, _Site]:
    extension = _Site()
    return markdown.Markdown(extensions=[extension, "tables", "sane_lists"]), extension


def block(text: str, citations: Citations | None = None) -> Markup:
    """Return Markdown as paragraphs of safe HTML.

    Raises ValueError where the text is too long or too intricate to be set in bounded time.
    """
    if isinstance(text, Borrowed):
        return Markup("<div{}>{}</div>").format(text.attributes, block(str(text), citations))
    if why := unsettable(text):
        raise ValueError(f"a text {why}")
    text = _closed_up(text)
    return _paragraphs(text, citations) if _is_calm(text, citations) else _converted(text, citations)


def _closed_up(text: str) -> str:
    """Return a text without space around it, and between its citations and what they follow."""
    *before, last = text.strip().split("[^")
    return "[^".join([*map(str.rstrip, before), last])


def _is_calm(text: str, citations: Citations | None) -> bool:
    """Return whether a text is paragraphs with nothing in them but citations of sources that there are."""
    known = citations.numbers if citations else ()
    if not text or not _CALM.fullmatch(text) or any(map(_is_marked, text.split("\n"))):
        return False
    return all(key in known for key in _CITED.findall(text))


def _is_marked(line: str) -> bool:
    return line != line.strip() or _MARKED.match(line) is not None


def _paragraphs(text: str, citations: Citations | None) -> Markup:
    """Return a calm text as HTML. Nothing in it could be HTML itself, so there is nothing to sanitise."""
    if citations:
        text = _CITED.sub(lambda match: citations.link(match[1]), text)
    return Markup("\n".join(f"<p>{part}</p>" for part in _PARAGRAPHS.split(text)))


def _converted(text: str, citations: Citations | None) -> Markup:
    converter, extension = _converter()
    extension.cite.citations = citations
    converter.reset()
    return _clean(converter.convert(text))


def _clean(html: str) -> Markup:
    return Markup(_CLEANER.clean(html))


def inline(text: str, citations: Citations | None = None) -> Markup:
    """Return one paragraph of Markdown as safe HTML without the paragraph around it."""
    if isinstance(text, Borrowed):
        return Markup("<span{}>{}</span>").format(text.attributes, inline(str(text), citations))
    made = block(text, citations)
    if made.startswith("<p>") and made.endswith("</p>") and made.count("<p>") == 1:
        return Markup(made[3:-4])
    return made


def plain(text: str) -> str:
    """Return Markdown as text alone: citations, marks and links dropped."""
    made = re.sub(_CITATION, "", text)
    return str(Markup(nh3.clean(str(block(made)), tags=set())).unescape()).strip() if made else ""
