"""Markdown as the site shows it: no raw HTML, citations numbered, the result sanitised."""

import re
from collections.abc import Sequence
from functools import cache
from xml.etree import ElementTree

import markdown
import nh3
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markupsafe import Markup

from .fields import unsettable
from .words import ENGLISH, Words

_CITATION = r"\[\^([a-z0-9-]+)\]"
_SPACED = re.compile(r"\s+\[\^")
_PLAIN = re.compile(r"[^\[\]*_`<>&#\\!|]*")
_BLOCKS = (
    "p", "ul", "ol", "li", "blockquote", "pre", "table", "thead", "tbody", "tr", "th", "td", "hr",
    "h2", "h3",
)  # fmt: skip
_INLINES = ("a", "sup", "em", "strong", "code", "br")
_CLEANER = nh3.Cleaner(
    tags={*_BLOCKS, *_INLINES},
    attributes={"a": {"href", "id", "class", "role", "aria-label"}, "ol": {"start"}},
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

    def cite(self, key: str) -> dict[str, str]:
        """Note one use of a source; return the attributes of its link and, as `text`, its number."""
        number, uses = self.numbers[key], self.uses[key]
        letter = _letter(len(uses))
        uses.append(letter)
        return {
            "class": "cite", "id": f"r{number}{letter}", "href": f"#s{number}",
            "role": "doc-noteref", "text": str(number),
            "aria-label": self.words.gettext("Source %(number)s", number=number),
        }  # fmt: skip

    def links(self, keys: Sequence[str]) -> Markup:
        """Return the citation marks of several sources, written as those in Markdown are."""
        return Markup("").join(_link(self.cite(key)) for key in keys)


def _link(attributes: dict[str, str]) -> Markup:
    text = attributes.pop("text")
    given = (Markup(' {}="{}"').format(name, value) for name, value in sorted(attributes.items()))
    return Markup("<a{}>{}</a>").format(Markup("").join(given), text)


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
        attributes = self.citations.cite(key)
        element = ElementTree.Element("a")
        element.text = attributes.pop("text")
        element.attrib.update(attributes)
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
    if _PLAIN.fullmatch(text) and "\n" not in text.strip() and not re.match(r"\s*([-+]|\d+[.)])\s", text):
        return Markup("<p>{}</p>").format(text.strip())
    converter, extension = _converter()
    extension.cite.citations = citations
    converter.reset()
    return Markup(_CLEANER.clean(converter.convert(_SPACED.sub("[^", text))))


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
