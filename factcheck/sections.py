"""Sections: the parts of a site, each planned as a whole, and only when one of its pages is asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from .addresses import file_of
from .dates import PartialDate
from .lazy import Anew
from .page import Page

_HELD = 3  # sections with folders of their own


class Section(NamedTuple):
    """A part of the site.

    All its pages, as `plan` gives them, lie in `folders`; without any they may lie anywhere. `parts` are
    what it is made of besides what it asks of the catalogue.
    """

    plan: Callable[[], Iterable[Page]]
    folders: Sequence[str] = ()
    parts: Sequence[object] = ()


class Listed(NamedTuple):
    """A page that search engines are told of: its address, and the day of its last change."""

    address: str
    changed: PartialDate | None


class Plan(Mapping[str, Page]):
    """All pages of the site by their file, in sections by their name.

    A section is planned again where many others were since: all pages together take much room.
    """

    def __init__(self, sections: Mapping[str, Section]) -> None:
        self.sections = sections
        self._home = {folder: name for name, one in sections.items() for folder in one.folders}
        self._anywhere = [name for name, one in sections.items() if not one.folders]
        self._planned: dict[str, Mapping[str, Page]] = {}
        self._recent = lru_cache(_HELD)(self._pages)
        self._listed: dict[str, Sequence[Listed]] = {}

    def section(self, name: str) -> Mapping[str, Page]:
        """Return the pages of a section by their file."""
        if self.sections[name].folders:
            return self._recent(name)
        if name not in self._planned:
            self._planned[name] = self._pages(name)
        return self._planned[name]

    def _pages(self, name: str) -> Mapping[str, Page]:
        return {file_of(page.address): page for page in self.sections[name].plan()}

    def listed(self, name: str) -> Sequence[Listed]:
        """Return the pages of a section that search engines are told of."""
        if name not in self._listed:
            pages = self.section(name).values()
            self._listed[name] = [Listed(page.address, page.changed) for page in pages if page.listed]
        return self._listed[name]

    def recall(self, name: str, listed: Iterable[tuple[str, str | None]]) -> None:
        """Take what is listed of a section that need not be planned for it."""
        self._listed[name] = [Listed(address, PartialDate(day) if day else None) for address, day in listed]

    def cards(self) -> Mapping[str, str]:
        """Return the card that a page shows, by the file of each page."""
        return Anew(self, lambda name: self[name].file)

    def _where(self, file: str) -> Iterator[str]:
        """Yield the sections in which a file can be."""
        folder = file
        while folder:
            folder = folder.rpartition("/")[0]
            if found := self._home.get(f"{folder}/"):
                yield found
                break
        yield from self._anywhere

    def __getitem__(self, file: str) -> Page:
        for name in self._where(file):
            if file in self.section(name):
                return self.section(name)[file]
        raise KeyError(file)

    def __iter__(self) -> Iterator[str]:
        for name in self.sections:
            yield from self.section(name)

    def __len__(self) -> int:
        return sum(len(self.section(name)) for name in self.sections)
