"""The renderer: pages and templates in, files out."""

import re
import traceback
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from functools import cache, partial
from types import CodeType
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from . import addresses, assets, claimreview, markup
from .assets import Assets
from .catalogue import Catalogue
from .page import Page
from .problems import Problem
from .sheet import kind_of, look_up
from .words import ENGLISH, Words

_SPRITE = "<!--sprite-->"
_USED = re.compile(r'href="#(f[0-5]|p[0-5]|o|logo)"')


class Renderer:
    """Renders pages with one set of templates, for one site."""

    def __init__(self, templates: Mapping[str, str], found: Assets, catalogue: Catalogue) -> None:
        self.assets = found
        self.site = catalogue.library.site
        self.environment = _environment(templates)
        _speak(self.environment, catalogue.words)
        self.environment.globals.update(
            site=self.site,
            library=catalogue.library,
            catalogue=catalogue,
            words=catalogue.words,
            shown_in_menu={item.to for item in self.site.navigation},
            address=addresses,
            look_up=look_up,
            absolute=lambda to: claimreview.absolute(self.site, to),
        )
        self.sheets = {name: _sheets(text) for name, text in templates.items()}
        self.symbol = cache(self._symbol)
        self.style = cache(self._style)

    def render(self, page: Page) -> bytes:
        """Return the file of a page. Faults of the template are raised as jinja2 raises them."""
        here, link = page.address, self._links(page)
        style = self.style(page.template, page.rules, link(""))
        text = self.environment.get_template(page.template).render(
            page.values(),
            page=page,
            here=here,
            link=link,
            asset=lambda name: link(self.assets.path(name)),
            style=Markup(style),
            style_digest=assets.digest(style),
        )
        if _SPRITE in text:
            used = sorted(set(_USED.findall(text)))
            text = text.replace(_SPRITE, "".join(self.symbol(name) for name in used), 1)
        return text.encode()

    def _links(self, page: Page) -> Callable[[str], str]:
        """Links are relative to the page; the page for lost readers has no place of its own."""
        if page.address == "404.html":
            base = urlsplit(self.site.address).path.rstrip("/") + "/"
            return lambda to: base + to
        return lambda to: addresses.relative(page.address, to)

    def _symbol(self, name: str) -> str:
        sprite: Any = self.environment.get_template("sprite.html").module
        return str(sprite.symbol(name)).strip()

    def _style(self, template: str, rules: str, to_top: str) -> str:
        sheets = self.sheets.get(template, ("base",))
        return self.assets.style(sheets, rules, "" if to_top == "./" else to_top)


def _sheets(template: str) -> tuple[str, ...]:
    """Return the style sheets that a template asks for: `styles:` beside base, `style:` one alone."""
    asked = re.match(r"\{# styles?: ([a-z -]+) #\}", template)
    names = tuple(asked[1].split()) if asked else ()
    return names if template.startswith("{# style:") else ("base", *names)


class _Loader(jinja2.BaseLoader):
    """Gives an environment its templates; each text is compiled once in a process."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self.templates = templates

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        if name not in self.templates:
            raise jinja2.TemplateNotFound(name)
        code = _compiled(name, self.templates[name])
        return environment.template_class.from_code(environment, code, globals or {})


@cache
def _compiled(name: str, text: str) -> CodeType:
    return _environment({}).compile(text, name, f"templates/{name}")


def _environment(templates: Mapping[str, str]) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=_Loader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    environment.filters.update(
        md=markup.inline,
        block=markup.block,
        sentence=sentence,
    )
    _speak(environment, ENGLISH)
    return environment


def _speak(environment: jinja2.Environment, words: Words) -> None:
    """Give templates the words and customs of a language."""
    environment.install_gettext_translations(words.translations, newstyle=True)  # type: ignore[attr-defined]
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


def render_all(renderer: Renderer, pages: Iterable[Page]) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the files of all pages, and the faults of templates and texts."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for page in pages:
        try:
            files[addresses.file_of(page.address)] = renderer.render(page)
        except (jinja2.TemplateError, TypeError, AttributeError, KeyError, ValueError) as error:
            problem = fault(error, page.template)
            if problem not in problems:
                problems.append(problem)
    return files, problems


def fault(error: Exception, template: str) -> Problem:
    """Return what went wrong in a template as a problem at its line."""
    mend = "Mend the template; the pages that use it were not built."
    if isinstance(error, jinja2.TemplateSyntaxError):
        file = error.filename or f"templates/{error.name or template}"
        return Problem(file, error.lineno, 1, "template", str(error.message), mend)
    if isinstance(error, jinja2.TemplateNotFound):
        message = f'there is no template "{error.name}"'
        return Problem(f"templates/{error.name}", 0, 0, "template", message, "Bring the file back.")
    frames = traceback.extract_tb(error.__traceback__)
    place = next((f for f in reversed(frames) if f.filename.startswith("templates/")), None)
    if place is None:
        return Problem(f"templates/{template}", 0, 0, "template", str(error), mend)
    return Problem(place.filename, place.lineno or 1, 1, "template", str(error), mend)
