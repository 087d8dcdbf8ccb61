"""Languages: the words of the interface from the catalogue of a language, its customs from the CLDR.

Catalogues are gettext's, `words/nb.po` among the templates. Babel reads them and brings the CLDR; a
site in English is shown without it.
"""

import gettext
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from .library import Library
from .problems import Finding, Path, Problem
from .words import BRITISH, Customs, Words

_KIN = {"no": "nb", "nn": "nb"}  # whose words are understood where there are none of one's own
_BRITISH = ("en", "en-gb")
_PER_CENT = re.compile(r"(?<!%)(?:%%)*%(?![%(])")
_ERA = re.compile(" ?G+")  # nobody's dates here are before Christ


def read_words(language: str, looks: Mapping[str, bytes]) -> tuple[Words, list[Problem]]:
    """Return the words of a language from the catalogues among the templates, and what is wrong there.

    `language` is as BCP 47 writes it. A message that is wrong is shown in English, like one that is
    missing; so is everything where there is no catalogue.
    """
    name = _catalogue(language, looks)
    theirs = language if name == _primary(language) else name
    customs = BRITISH if theirs.lower() in ("", *_BRITISH) else cldr(theirs)
    if not name or f"words/{name}.po" not in looks:
        return Words(language, customs), []
    translations, problems = _read(f"templates/words/{name}.po", looks[f"words/{name}.po"])
    return Words(language, customs, translations), problems


def read_all(languages: Iterable[str], looks: Mapping[str, bytes]) -> tuple[list[Words], list[Problem]]:
    """Return the words of each of some languages, and all that is wrong with their catalogues."""
    read = [read_words(language, looks) for language in languages]
    return [words for words, _ in read], list(dict.fromkeys(fault for _, faults in read for fault in faults))


def all_unspoken(library: Library, looks: Mapping[str, bytes]) -> Iterator[Finding]:
    """Yield for the site and for its translations that there is no catalogue in their language."""
    yield from unspoken(library.site.language, looks)
    for language in library.languages:
        yield from unspoken(language, looks, f"content/translations/{language}/verdicts.yaml", ())


def unspoken(
    language: str, looks: Mapping[str, bytes], file: str = "content/site.yaml", path: Path = ("language",)
) -> list[Finding]:
    """Return that there is no catalogue in the language of a file, and what readers see instead."""
    name = _catalogue(language, looks)
    if name and (name == _primary(language) or _primary(language) == "no"):
        return []
    shown = f"those in templates/words/{name}.po are shown" if name else "English ones are shown"
    message = f'there are no words of the interface in "{language}"; {shown}'
    mend = (
        f"Make templates/words/{_primary(language)}.po as docs/languages.md tells, or write the language "
        'of the texts as BCP 47 does: "en", "nb".'
    )
    return [Finding(file, path, "language", message, mend, "warning")]


def _primary(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


def _catalogue(language: str, looks: Mapping[str, bytes]) -> str:
    """Return the name of the catalogue that serves a language: its own, or that of its kin."""
    names = (language, _primary(language), _KIN.get(_primary(language), ""))
    return next((name for name in names if name == "en" or f"words/{name}.po" in looks), "")


@cache
def _read(file: str, raw: bytes) -> tuple[gettext.NullTranslations, list[Problem]]:
    from babel.messages.mofile import write_mo  # noqa: PLC0415  (a site in English needs no Babel)
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    problems, compiled = [], io.BytesIO()
    mend = "Mend the translation; until then readers see it in English."
    try:
        catalogue = read_po(io.BytesIO(raw), abort_invalid=True)
        for message in list(catalogue):
            strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
            faults = [str(error) for error in message.check(catalogue)]
            if message.id and any(map(_PER_CENT.search, strings)):
                faults.append("a per cent sign is written %%")
            problems += [_amiss(file, fault, mend, message.lineno or 0) for fault in faults]
            if message.id and (faults or not all(strings)):
                catalogue.delete(message.id, message.context)
        write_mo(compiled, catalogue)
        compiled.seek(0)
        return gettext.GNUTranslations(compiled), problems
    except (PoFileError, ValueError) as error:
        mend = "Mend it, or bring the file back; until then readers see English."
        return gettext.NullTranslations(), [_amiss(file, str(error), mend)]


def _amiss(file: str, message: str, mend: str, line: int = 0) -> Problem:
    return Problem(file, line, min(line, 1), "words", message, mend, level="warning")


@cache
def cldr(language: str) -> Customs:
    """Return the customs of a language as the CLDR has them; British ones where it knows none."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415
    from babel.dates import parse_pattern  # noqa: PLC0415

    def parsed(pair: tuple[Any, Any]) -> tuple[str, str]:
        long, short = (str(parse_pattern(_ERA.sub("", str(pattern))).format) for pattern in pair)
        return long, short

    try:
        locale = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return BRITISH
    skeletons, intervals = locale.datetime_skeletons, locale.interval_formats
    wide, brief = (
        {part: tuple(locale.months[use][width].values()) for part, use in parts}
        for width, parts in (
            ("wide", (("MMMM", "format"), ("LLLL", "stand-alone"))),
            ("abbreviated", (("MMM", "format"), ("LLL", "stand-alone"))),
        )
    )
    patterns = {
        "y": (skeletons["y"], skeletons["y"]),
        "yM": (skeletons["yMMMM"], skeletons["yMMM"]),
        "yMd": (locale.date_formats["long"], skeletons["yMMMd"]),
        "Md": (skeletons["MMMMd"], skeletons["MMMd"]),
        "M": ("LLLL", "LLL"),
    }
    begin = intervals["yMMMd"]["d"][0]
    return Customs(
        months=wide | brief,
        patterns={part: parsed(pair) for part, pair in patterns.items()},
        within=parsed((re.sub("MMM+", "MMMM", begin), begin)),
        between=intervals[None],
        group=locale.number_symbols["latn"]["group"],
        name=(name := locale.get_language_name() or "")[:1].upper() + name[1:],
    )
