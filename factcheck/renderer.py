"""The renderer: pages and templates in, files out."""

import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from functools import cache, partial
from gettext import NullTranslations
from types import BuiltinMethodType, CodeType, FunctionType, MethodType
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from . import addresses, assets, claimreview, markup, styles
from .assets import Assets
from .catalogue import Catalogue
from .mishaps import Missing, mishap
from .page import Page
from .phrases import settled
from .problems import Problem
from .sheet import kind_of, look_up
from .tallies import tallied
from .words import ENGLISH, Words

_SPRITE, _STYLE, _DIGEST, _WEIGHT = "<!--sprite-->", "<!--style-->", "<!--digest-->", "<!--weight-->"
_PLAIN = frozenset([FunctionType, MethodType, BuiltinMethodType, partial, type(cache(str))])
_USED = re.compile(r'href="#(f[0-5]|p[0-5]|o|logo)"')


class Renderer:
    """Renders pages with one set of templates, for one site."""

    def __init__(self, templates: Mapping[str, str], found: Assets, catalogue: Catalogue) -> None:
        self.templates, self.assets = templates, found
        self.site = catalogue.library.site
        self.environment = self._speaking(catalogue)
        self.abroad = {language: self._speaking(other) for language, other in catalogue.abroad.items()}
        self.sheets = {name: _sheets(text) for name, text in templates.items()}
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
            look_up=look_up,
            absolute=lambda to: claimreview.absolute(self.site, to),
        )
        return environment

    def render(self, page: Page) -> bytes:
        """Return the file of a page. Faults of the template are raised as jinja2 raises them."""
        values = page.values()
        if not page.template:
            text = values["text"]
            return bytes(text) if isinstance(text, bytes) else str(text).encode()
        here, link = page.address, self._links(page)
        environment = self.abroad.get(page.language, self.environment)
        text = environment.get_template(page.template).render(
            values,
            page=page,
            here=here,
            link=link,
            asset=lambda name: link(self.assets.path(name)),
            style=Markup(_STYLE),
            style_digest=Markup(_DIGEST),
            weight=Markup(_WEIGHT),
        )
        return (self._furnished(page, text, link("")) if _STYLE in text else text).encode()

    def _furnished(self, page: Page, text: str, to_top: str) -> str:
        """Return a page with what depends on all of it: its marks, its style, its weight in KB.

        The weight is that of the file. What is left of it on the way depends on the zlib of whoever
        packs it, and no build may depend on that.
        """
        used = sorted(set(_USED.findall(text)))
        text = text.replace(_SPRITE, "".join(self.symbol(name) for name in used), 1)
        style = self.style(page.template, page.rules, to_top, styles.classes(text))
        text = text.replace(_DIGEST, assets.digest(style), 1).replace(_STYLE, style, 1)
        return text.replace(_WEIGHT, str(round(len(text.encode()) / 1024)), 1)

    def _links(self, page: Page) -> Callable[[str], str]:
        """Links are relative to the page; the page for lost readers has no place of its own."""
        if page.address == "404.html":
            base = urlsplit(self.site.address).path.rstrip("/") + "/"
            return lambda to: base + to
        return lambda to: addresses.relative(page.address, to)

    def _symbol(self, name: str) -> str:
        sprite: Any = self.environment.get_template("sprite.html").module
        return str(sprite.symbol(name)).strip()

    def _style(self, template: str, rules: str, to_top: str, used: frozenset[str]) -> str:
        sheets = self.sheets.get(template, ("base",))
        return self.assets.style(sheets, rules, "" if to_top == "./" else to_top, used)


def _sheets(template: str) -> tuple[str, ...]:
    """Return the style sheets that a template asks for: `styles:` beside base, `style:` one alone."""
    asked = re.match(r"\{# styles?: ([a-z -]+) #\}", template)
    names = tuple(asked[1].split()) if asked else ()
    return names if template.startswith("{# style:") else ("base", *names)


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


@cache
def _compiled(name: str, text: str, translations: NullTranslations) -> CodeType:
    file = f"templates/{name}"
    environment = _environment({}, ENGLISH)
    parsed = environment.parse(text, name, file)
    return environment.compile(settled(parsed, translations.gettext), name, file)


class _Context(jinja2.runtime.Context):
    """What a template knows. It calls what it is told to without Jinja's search for what takes a context.

    Nothing here takes one but macros, which take how values are escaped.
    """

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Return what a function gives."""
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        if type(called) is jinja2.runtime.Macro:
            return called(self.eval_ctx, *args, **kwargs)
        if type(called) in _PLAIN:
            return called(*args, **kwargs)
        return super().call(called, *args, **kwargs)


def _environment(templates: Mapping[str, str], words: Words) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=_Loader(templates, words),
        autoescape=True,
        undefined=Missing,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.context_class = _Context
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "sort_keys": False,
        "separators": (",", ":"),
    }
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
