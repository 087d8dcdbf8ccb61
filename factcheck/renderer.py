"""The renderer: pages and templates in, files out."""

import marshal
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from functools import cache, partial
from gettext import NullTranslations
from types import CodeType
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from . import addresses, assets, claimreview, dump, markup, styles
from .assets import Assets
from .catalogue import Catalogue
from .compiler import Environment
from .desk import Desk
from .mishaps import Missing, mishap
from .page import Page
from .phrases import settled
from .problems import Problem
from .sheet import kind_of, look_up
from .spread import Aside
from .tallies import tallied
from .words import ENGLISH, Words

_STYLE, _DIGEST, _WEIGHT = b"<!--style-->", b"<!--digest-->", b"<!--weight-->"
_MARKS = {
    name: Markup(mark.decode())
    for name, mark in (("style", _STYLE), ("style_digest", _DIGEST), ("weight", _WEIGHT))
}
_PLACES = re.compile(rb"<!--(sprite|style|digest|weight)-->")
_USED = re.compile(rb'href="#(f[0-5]|p[0-5]|o|logo)"')

# The code of templates by their name, their text and the language, each made once in a process.
_codes: dict[tuple[str, str, NullTranslations], CodeType] = {}


class Renderer:
    """Renders pages with one set of templates, for one site."""

    def __init__(
        self,
        templates: Mapping[str, str],
        found: Assets,
        catalogue: Catalogue,
        compiling: "Compiling | None" = None,
    ) -> None:
        self.templates, self.assets, self.compiling = templates, found, compiling
        self.site = catalogue.library.site
        self.environment = self._speaking(catalogue)
        self.abroad = {language: self._speaking(other) for language, other in catalogue.abroad.items()}
        self.sheets = {name: _sheets(text) for name, text in templates.items()}
        self.template = cache(jinja2.Environment.get_template)
        self.symbol = cache(self._symbol)
        self.style = cache(self._style)

    def _speaking(self, catalogue: Catalogue) -> jinja2.Environment:
        """Return the templates with the words of a catalogue, and what stands in it."""
        environment = _environment(self.templates, catalogue.words)
        environment.globals.update(
            site=catalogue.library.site,
            library=catalogue.library,
            catalogue=catalogue,
            words=catalogue.words,
            shown_in_menu={item.to for item in self.site.navigation},
            address=addresses,
            desk=Desk(self.site, catalogue.words),
            look_up=look_up,
            absolute=lambda to: claimreview.absolute(self.site, to),
        )
        return environment

    def compile(self) -> None:
        """Take the templates that are being compiled, so that no process that comes of this one has to."""
        if self.compiling:
            self.compiling.end()
            for name in self.templates:
                with suppress(jinja2.TemplateError):  # told where a page asks for it
                    self.environment.get_template(name)

    def render(self, page: Page) -> bytes:
        """Return the file of a page. Faults of the template are raised as jinja2 raises them."""
        values = page.values()
        if not page.template:
            text = values["text"]
            return bytes(text) if isinstance(text, bytes) else str(text).encode()
        here, link = page.address, self._links(page)
        template = self.template(self.abroad.get(page.language, self.environment), page.template)
        made = template.render(
            values, page=page, here=here, link=link, asset=lambda name: link(self.assets.path(name)), **_MARKS
        ).encode()
        return self._furnished(page, made, link("")) if _STYLE in made else made

    def _furnished(self, page: Page, made: bytes, to_top: str) -> bytes:
        """Return a page with what depends on all of it: its marks, its style, its weight in KB.

        The weight is that of the file. What is left of it on the way depends on the zlib of whoever
        packs it, and no build may depend on that.
        """
        used = sorted(set(_USED.findall(made)))
        style, digest = self.style(page.template, page.rules, to_top, styles.classes(made))
        furniture = {b"sprite": b"".join(map(self.symbol, used)), b"style": style, b"digest": digest}
        parts = _PLACES.split(made)
        places = parts[1::2]
        parts[1::2] = [furniture.get(place, _WEIGHT) for place in places]
        furniture[b"weight"] = str(round(sum(map(len, parts)) / 1024)).encode()
        parts[1::2] = [furniture[place] for place in places]
        return b"".join(parts)

    def _links(self, page: Page) -> Callable[[str], str]:
        """Links are relative to the page; the page for lost readers has no place of its own."""
        if page.address == "404.html":
            base = urlsplit(self.site.address).path.rstrip("/") + "/"
            return lambda to: base + to
        return addresses.links_from(page.address)

    def _symbol(self, name: bytes) -> bytes:
        sprite: Any = self.environment.get_template("sprite.html").module
        return str(sprite.symbol(name.decode())).strip().encode()

    def _style(self, template: str, rules: str, to_top: str, used: frozenset[str]) -> tuple[bytes, bytes]:
        """Return a style, and its digest."""
        sheets = self.sheets.get(template, ("base",))
        style = self.assets.style(sheets, rules, "" if to_top == "./" else to_top, used)
        return style.encode(), assets.digest(style).encode()


def _sheets(template: str) -> tuple[str, ...]:
    """Return the style sheets that a template asks for: `styles:` beside base, `style:` one alone."""
    asked = re.match(r"\{# styles?: ([a-z -]+) #\}", template)
    names = tuple(asked[1].split()) if asked else ()
    return names if template.startswith("{# style:") else ("base", *names)


class Compiling:
    """Templates that another process compiles, for one language, while this one does other things."""

    def __init__(self, templates: Mapping[str, str], words: Words) -> None:
        self._templates, self._words = templates, words
        self._begun = Aside([partial(_all_compiled, templates, words)])

    def end(self) -> None:
        """Wait for the end, and take the code: this process need not compile them again."""
        for name, code in self._begun.ended():
            _codes[name, self._templates[name], self._words.translations] = marshal.loads(code)
        self._begun.stop()


def _all_compiled(templates: Mapping[str, str], words: Words) -> Iterator[tuple[str, bytes]]:
    """Yield the code of each template that has no fault, which is told where a page asks for it."""
    for name, text in templates.items():
        with suppress(jinja2.TemplateError):
            yield name, marshal.dumps(_compiled(name, text, words.translations))


class _Loader(jinja2.BaseLoader):
    """Gives an environment its templates; each text is compiled once in a process and a language."""

    def __init__(self, templates: Mapping[str, str], words: Words) -> None:
        self.templates, self.words = templates, words

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        if name not in self.templates:
            raise jinja2.TemplateNotFound(name)
        code = _compiled(name, self.templates[name], self.words.translations)
        return environment.template_class.from_code(environment, code, globals or {})


def _compiled(name: str, text: str, translations: NullTranslations) -> CodeType:
    known = name, text, translations
    if known not in _codes:
        file = f"templates/{name}"
        environment = _environment({}, ENGLISH)
        parsed = environment.parse(text, name, file)
        _codes[known] = environment.compile(settled(parsed, translations), name, file)
    return _codes[known]


def _environment(templates: Mapping[str, str], words: Words) -> jinja2.Environment:
    environment = Environment(
        loader=_Loader(templates, words),
        autoescape=True,
        undefined=Missing,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.policies["json.dumps_function"] = dump.as_json
    environment.policies["json.dumps_kwargs"] = {}
    environment.filters.update(
        md=markup.inline,
        block=markup.block,
        sentence=sentence,
        tallied=tallied,
    )
    _speak(environment, words)
    return environment


def _speak(environment: jinja2.Environment, words: Words) -> None:
    """Give templates the words and customs of a language, for what was not settled beforehand."""

    def gettext(message: str, **values: object) -> Markup:
        return Markup(words.translations.gettext(message)) % values

    def ngettext(one: str, many: str, num: int, **values: object) -> Markup:
        return Markup(words.translations.ngettext(one, many, num)) % {"num": num, **values}

    def pgettext(context: str, message: str, **values: object) -> Markup:
        return Markup(words.translations.pgettext(context, message)) % values

    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals.update(_=gettext, gettext=gettext, ngettext=ngettext, pgettext=pgettext)
    environment.globals["tongue"] = cache(words.tongue)
    environment.filters.update(
        long=words.long,
        short=words.short,
        quoted=words.quoted,
        number=words.number,
        figures=words.figures,
        kind=partial(kind_of, words=words),
    )


def sentence(text: str) -> str:
    """Return words with which a sentence begins."""
    return text[:1].upper() + text[1:]


def read_templates(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the templates among the files of their folder: those at its top."""
    return {name: raw.decode("utf-8", "replace") for name, raw in files.items() if "/" not in name}


def render(renderer: Renderer, page: Page) -> tuple[bytes, list[Problem]]:
    """Return the file of a page and the fault of its template or text, where there is one."""
    try:
        return renderer.render(page), []
    except Exception as error:  # a template can ask for anything
        return b"", [mishap(error, page.template, renderer.templates)]


def render_all(renderer: Renderer, pages: Iterable[Page]) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the files of some pages, and each fault once."""
    made = {addresses.file_of(page.address): render(renderer, page) for page in pages}
    faults = dict.fromkeys(fault for _, found in made.values() for fault in found)
    return {name: content for name, (content, _) in made.items()}, [*faults]
