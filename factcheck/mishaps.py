"""Mishaps in templates, told to the people who write templates: where, and without Python's words."""

import traceback
from collections.abc import Mapping

import jinja2
from jinja2.utils import missing

from .cards import decode
from .problems import Problem

_MEND = "Mend the template; the pages that use it were not built."


class Missing(jinja2.StrictUndefined):
    """What a template asks for in vain, in words that name no type."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        there = "here" if self._undefined_obj is missing else "in this value"
        return f'there is no "{self._undefined_name}" {there}'


def garbled(files: Mapping[str, bytes]) -> list[Problem]:
    """Return the templates and style sheets, by path below their folder, that are no text."""
    texts = {name: raw for name, raw in files.items() if "/" not in name or name.endswith(".css")}
    return [problem for name, raw in texts.items() for problem in decode(f"templates/{name}", raw)[1]]


def mishap(error: Exception, template: str, texts: Mapping[str, str]) -> Problem:
    """Return what went wrong in a template as a problem at its line; `texts` holds all templates."""
    if isinstance(error, jinja2.TemplateNotFound):
        message = f'there is no template "{error.name}"'
        return Problem(f"templates/{error.name}", 0, 0, "template", message, "Bring the file back.")
    frames = traceback.extract_tb(error.__traceback__)
    place = next((f for f in reversed(frames) if f.filename.startswith("templates/")), None)
    file, line = (place.filename, place.lineno or 1) if place else (f"templates/{template}", 0)
    if isinstance(error, jinja2.TemplateSyntaxError):
        file, line = error.filename or f"templates/{error.name or template}", error.lineno
    lines = texts.get(file.removeprefix("templates/"), "").splitlines()
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    words = _words(error, shown)
    column = shown.find(words) + 1
    return Problem(file, line, column, "template", _said(error, frames), _MEND, shown, len(words))


def _said(error: Exception, frames: traceback.StackSummary) -> str:
    if isinstance(error, jinja2.TemplateError):
        said = (error.message or "this cannot be read").rstrip(".")
        return said[:1].lower() + said[1:]
    if isinstance(error, RecursionError):
        return "this asks for itself without end"
    inner = frames[-1]
    if inner.filename.startswith("templates/"):
        return "this cannot be worked out with the values that it has"
    if type(error) is ValueError:
        return str(error)  # in our own words
    file = "/".join(inner.filename.split("/")[-2:])
    return f"this cannot be worked out with the values that it has ({file}, line {inner.lineno})"


def _words(error: Exception, shown: str) -> str:
    """Return the words of a line that are meant: a name that there is not, else all of it."""
    message = str(error) if isinstance(error, jinja2.UndefinedError) else ""
    name = message.split('"')[1] if message.count('"') > 1 else ""
    return name if name and name in shown else shown.strip()
