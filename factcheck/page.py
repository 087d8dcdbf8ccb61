"""A page as a value: what it is called, where it goes, and what it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from . import dump
from .dates import PartialDate
from .problems import Problem

# A finished file, and what is wrong with it.
Made = tuple[bytes, list[Problem]]


@dataclass(frozen=True)
class Image:
    """The picture that other sites show with a page: its address, and the same in words.

    `version` changes with what it shows: who keeps pictures by their address asks anew.
    """

    address: str
    version: str
    alt: str


class Page(NamedTuple):
    """One file of the site.

    `values` gives what the template shows, and is asked only when the page is made; without a
    template it gives the file itself, as `text` (`text_file`). `rules` are
    style rules that only this page needs; `listed` puts it into the sitemap; `file` is the card
    that it shows, `changed` the day of the last change that readers are told of. `language` is its
    own where that is not the site's.
    """

    address: str
    template: str
    title: str
    description: str
    values: Callable[[], Mapping[str, Any]] = dict
    rules: str = ""
    listed: bool = True
    file: str = ""
    changed: PartialDate | None = None
    image: Image | None = None
    language: str = ""


def text_file(address: str, make: Callable[..., str | bytes], *given: Any) -> Page:
    """Return a page that is what `make` makes of what it is given, a text or bytes of one."""
    return Page(address, "", "", "", partial(_text, make, *given), listed=False)


def json_file(address: str, make: Callable[..., object], *given: Any) -> Page:
    """Return a page that is, as JSON, what `make` makes of what it is given."""
    return text_file(address, _json, make, *given)


def _json(make: Callable[..., object], *given: Any) -> str:
    return dump.for_html(dump.as_json(make(*given), 1))


def _text(make: Callable[..., str | bytes], *given: Any) -> Mapping[str, Any]:
    return {"text": make(*given)}


def showing(**values: Any) -> Callable[[], Mapping[str, Any]]:
    """Return what gives these values when it is asked."""
    return partial(dict, **values)
