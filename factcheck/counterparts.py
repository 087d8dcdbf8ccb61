"""Rules of translation: each has its original, fits it, and tells where that has moved on."""

import re
from collections.abc import Callable, Collection, Iterator

from .faults import suggestion
from .library import Entry, Library
from .problems import Finding, Path
from .references import CITATION, claim_like
from .translation import Translation, originals, seal, translated

# As BCP 47 begins (RFC 5646, 2.1), in small letters: nb, pt-br, zh-hant. Other names, such as embed,
# would be those of pages that stand beside a claim.
LANGUAGE = re.compile("[a-z]{2,3}(-[a-z0-9]{2,8})*")


def originals_exist(library: Library) -> Iterator[Finding]:
    """A translation is of a claim of the site, into a language, and not into that of the site."""
    for language in library.languages:
        mend = "Name the folder by the language of the translations, as BCP 47 writes it: nb, de, pt-br."
        if not LANGUAGE.fullmatch(language):
            message = f'"{language}" is no language'
            yield Finding(f"content/translations/{language}", (), "translation", message, mend)
        if language == library.site.language.lower():
            message = f'"{language}" is the language of the site; translations are into others'
            yield Finding(f"content/translations/{language}", (), "translation", message, mend)
    for entry in library.translations.values():
        language, _, claim = entry.id.partition("/")
        if f"claim:{claim}" not in library.known:
            claims = [name[6:] for name in sorted(library.known) if name.startswith("claim:")]
            mend = claim_like(claim, claims) or "Name folder and file as those of the original."
            if to := library.former.get(claim):
                mend = f"It moved: move this file to content/translations/{language}/{to}.yaml."
            yield Finding(entry.file, (), "dangling", f'there is no claim "{claim}"', mend)


def verdicts_have_words(library: Library) -> Iterator[Finding]:
    """The words of each verdict are given in every language into which claims are translated."""
    for language in library.languages:
        file = f"content/translations/{language}/verdicts.yaml"
        scale = library.scales.get(language)
        if scale is None:
            if f"scalewords:{language}" not in library.known:
                mend = 'Give each verdict its label, short and meaning there, below "verdicts".'
                yield Finding(file, (), "missing-file", "this file is missing", mend)
            continue
        if missing := [name for name in library.verdicts if name not in scale.card.verdicts]:
            named = ", ".join(f'"{name}"' for name in missing)
            message = f"{named} {'are' if len(missing) > 1 else 'is'} missing"
            mend = "Give each its label, short and meaning in this language."
            yield Finding(file, ("verdicts",), "missing", message, mend, at_key=True)
        for name in scale.card.verdicts:
            if name not in library.verdicts:
                mend = suggestion(name, library.verdicts) or "Remove it."
                yield Finding(file, ("verdicts", name), "dangling", f'there is no verdict "{name}"', mend,
                              at_key=True)  # fmt: skip


def translations_fit(library: Library) -> Iterator[Finding]:
    """A translation says all that its original says now, and cites the same sources."""
    for entry in library.translations.values():
        original = library.claims.get(entry.id.partition("/")[2])
        if original is None:
            continue
        now = seal(original.card)
        if entry.card.original != now:
            message = f"its original, {original.file}, has moved on since it was translated"
            mend = f'Bring it up to date, then write "original: {now}"; until then its page says so.'
            if entry.card.original == "new":
                message, mend = "it is not yet sealed", f'When all is translated, write "original: {now}".'
            yield Finding(entry.file, ("original",), "translation-behind", message, mend, "warning")
        if entry.card.original in ("new", now):
            yield from _gaps(entry, originals(original.card).keys())
        keys = [source.key for source in original.card.sources]
        for path, text in translated(entry.card).items():
            for key in CITATION.findall(text):
                if key not in keys:
                    message = f'"{key}" is cited, but it is no source of the original'
                    mend = suggestion(key, keys) or f"The original has: {', '.join(keys) or 'no sources'}."
                    yield Finding(entry.file, path, "citation", message, mend, words=f"[^{key}]")


def _gaps(entry: Entry[Translation], wanted: Collection[Path]) -> Iterator[Finding]:
    """Tell once of each field in which a translation and its original have not the same texts."""
    theirs = translated(entry.card)
    odd = sorted(theirs.keys() ^ wanted, key=str)
    for field in dict.fromkeys(str(path[0]) for path in odd):
        more = [path for path in odd if path[0] == field and path in theirs]
        missing = [path for path in odd if path[0] == field and path not in theirs]
        if more and field == "notes":
            key, keys = str(more[0][1]), [str(path[1]) for path in wanted if path[0] == field]
            message, mend = f'the original has no note on "{key}"', suggestion(key, keys) or "Remove it."
            yield Finding(entry.file, more[0], "translation", message, mend, at_key=True)
        elif more:
            message = f'"{field}" says more than the original does'
            yield Finding(entry.file, more[0], "translation", message, "Remove it.", at_key=True)
        else:
            all_of_it = sum(path[0] == field for path in wanted)
            which = (
                f" in full: {all_of_it - len(missing)} of {all_of_it} texts"
                if len(missing) < all_of_it
                else ""
            )
            if field == "notes":
                which = f" in part ({', '.join(str(path[1]) for path in missing)})"
            message = f'"{field}" is not translated{which}'
            mend = "Translate it; until then readers see the words of the original."
            yield Finding(entry.file, (field,), "untranslated", message, mend, "warning", at_key=True)


OF_DOCUMENTS: tuple[Callable[[Library], Iterator[Finding]], ...] = (translations_fit,)

OF_ALL: tuple[Callable[[Library], Iterator[Finding]], ...] = (
    originals_exist,
    verdicts_have_words,
)
