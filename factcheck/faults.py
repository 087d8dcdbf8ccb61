"""The faults that a model finds in a card, in the words of the people who write cards."""

import difflib
import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from .fields import CLAIM_ID, ID, REPORTS, SHA256, URL, help_of
from .problems import Finding, Path

LONGEST_TOLD = 200  # characters of a wrong value, and of a word that another may have been meant by


def describe(model: type[BaseModel], file: str, fault: ErrorDetails) -> Finding:
    """Return what pydantic found in a card in the words of an editor."""
    path: Path = tuple(fault["loc"])
    name = _clipped(next((part for part in reversed(path) if isinstance(part, str)), ""))
    kind, context = fault["type"], fault.get("ctx", {})
    field_help = _help(model, path)
    if fault["input"] is None and kind not in ("missing", "extra_forbidden"):
        return Finding(file, path, "blank", f'"{name}" is blank', field_help, at_key=True)
    match kind:
        case "extra_forbidden":
            message = f'"{name}" is no field of this card'
            return Finding(file, path, "unknown-field", message, _field_meant(model, path), at_key=True)
        case "missing" if isinstance(path[-1], str):
            mend = (
                field_help
                if name in _fields(model, path[:-1])
                else "Write {from: 2022-01-27, to: 2022-01-28}."
            )
            return Finding(file, path, "missing", f'"{name}" is missing', mend)
        case "string_too_short":
            return Finding(file, path, "blank", f'"{name}" is blank', field_help, at_key=True)
        case "literal_error" if isinstance(fault["input"], str):
            message = f'"{_clipped(fault["input"])}" is no choice for "{name}"'
            choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
            mend = _choice_meant(fault["input"], choices, field_help)
            return Finding(file, path, "choice", message, _with_help(mend, model, path))
        case "string_pattern_mismatch":
            wrong = _clipped(fault["input"])
            what, mend = _PATTERNS[str(context.get("pattern"))]
            mend = _unquoted(wrong) or (what == "an id" and _as_id(wrong)) or mend
            return Finding(file, path, "form", f'"{wrong}" is not {what}', _with_help(mend, model, path))
        case "int_parsing" | "int_parsing_size" | "int_type":
            return Finding(file, path, "number", f'"{name}" must be a whole number', field_help)
        case "greater_than_equal" | "less_than_equal":
            return Finding(file, path, "range", f'"{name}" is out of range', field_help)
        case "too_short":
            return Finding(file, path, "blank", f'"{name}" has too few entries', field_help, at_key=True)
        case "string_too_long" | "too_long" if isinstance(fault["input"], str):
            longest, length = context.get("max_length"), len(fault["input"])
            message = f'"{name}" has {length} characters; at most {longest} fit'
            return Finding(file, path, "length", message, field_help)
        case _:
            mend = _shape_meant(model, path, fault) or field_help
            return _of_wrong_shape(file, path, name, fault, mend)


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST_TOLD else f"{text[:LONGEST_TOLD]}…"


_PATTERNS = {
    ID: ("an id", "Use small letters, digits and hyphens, as in inf-scope."),
    CLAIM_ID: ("the id of a claim", "Write its document, a slash and its card: vg-leader/inf-scope."),
    URL: ("a web address", "Copy the whole of it, from http:// or https:// on, without spaces."),
    REPORTS: (
        "an e-mail or https address",
        "Write it as security@example.org, or copy the address of a page from https:// on.",
    ),
    SHA256: ("a digest", "Copy the whole of it: 64 digits and letters from a to f."),
}

_SHAPES = {
    "string_type": "must be one text",
    "literal_error": "must be one word",
    "missing": "has too few entries",
    "too_long": "has too many entries",
    "tuple_type": 'must be a list, each entry on a line that begins with "- "',
    "list_type": 'must be a list, each entry on a line that begins with "- "',
    "model_type": "must be a group of fields, indented below it",
    "model_attributes_type": "must be a group of fields, indented below it",
    "dict_type": "must be a group of fields, indented below it",
}


def _of_wrong_shape(file: str, path: Path, name: str, fault: ErrorDetails, field_help: str) -> Finding:
    kind = fault["type"]
    if kind in _SHAPES:
        return Finding(file, path, "shape", f'"{name}" {_SHAPES[kind]}', field_help, at_key=True)
    return Finding(file, path, kind.replace("_", "-"), f'"{name}" {fault["msg"]}', field_help)


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Return the model that stands at a path, through lists and optional fields."""
    current: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int) or current is None:
            continue
        field = next((f for n, f in current.model_fields.items() if (f.alias or n) == part), None)
        current = _inner_model(field.annotation) if field else current
    return current


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_inner_model(part) for part in getattr(annotation, "__args__", ()))
    return next((found for found in inner if found), None)


def _fields(model: type[BaseModel], path: Path) -> list[str]:
    inner = _model_at(model, path)
    return [field.alias or name for name, field in inner.model_fields.items()] if inner else []


def _help(model: type[BaseModel], path: Path) -> str:
    """Return the help text of the field at a path: the first line of its docstring."""
    names = [part for part in path if isinstance(part, str)]
    for cut in range(len(names), 0, -1):
        owner = _model_at(model, tuple(names[: cut - 1]))
        for name, field in (owner.model_fields if owner else {}).items():
            if (field.alias or name) == names[cut - 1]:
                group = _inner_model(field.annotation)
                said = help_of(owner).get(name) or (group.__doc__ if group else None) or ""
                return said.split("\n\n")[0].replace("\n", " ")
    return ""


def _choice_meant(wrong: str, choices: list[str], field_help: str) -> str:
    named = all(choice in field_help for choice in choices)
    listed = "" if named else f"Choose one of: {', '.join(choices)}."
    return _unquoted(wrong) or suggestion(wrong, choices) or listed


def _with_help(mend: str, model: type[BaseModel], path: Path) -> str:
    """Return a mend, and as its reason what the field at a path is for."""
    said = _help(model, path)
    return f"{mend} {path[-1]}: {said}".strip() if said and isinstance(path[-1], str) else mend


def _field_meant(model: type[BaseModel], path: Path) -> str:
    """Return a mend for an unknown field: its right column, or a name that is known there."""
    name, known = str(path[-1]), _fields(model, path[:-1])
    owners = [field for field in known if name in _fields(model, (*path[:-1], field))]
    if owners:
        words = " or ".join(f'"{field}"' for field in owners)
        mend = f"It belongs below {words}: indent it there."
        return _with_help(mend, model, (*path[:-1], owners[0], name)) if len(owners) == 1 else mend
    if name in _fields(model, ()):
        mend = "It is a field of the card itself: begin it in the first column."
        return _with_help(mend, model, (name,))
    if close := likely(name, known):
        return _with_help(f'Did you mean "{close}"?', model, (*path[:-1], close))
    return f"Known here: {', '.join(known) or 'from, to'}."


def _shape_meant(model: type[BaseModel], path: Path, fault: ErrorDetails) -> str:
    """Return a mend that shows how a list or a group is written; nothing where that is not plain."""
    kind, fields = fault["type"], _fields(model, path)
    if kind == "tuple_type" and isinstance(fault["input"], dict):
        return 'Write "- " before the first field of each entry, and begin its other fields below that one.'
    if kind == "tuple_type":
        return _as_list(model, path, fault["input"])
    if kind in ("model_type", "model_attributes_type") and fields:
        return _with_help(f"Write below it, each on a line of its own: {', '.join(fields)}.", model, path)
    return ""


def _as_list(model: type[BaseModel], path: Path, written: object) -> str:
    """Return a mend where the words of a list were written as one text."""
    words = isinstance(written, str) and re.fullmatch(r"[\w/-]+(, *[\w/-]+)*", written)
    plain = _model_at(model, path) is None
    return f'Write "{path[-1]}: [{written}]".' if words and plain else ""


def _as_id(word: str) -> str:
    """Return the id that a name was likely meant to be, in a mend; nothing where that is not plain."""
    plain = re.sub(r"[\s_]+", "-", word.strip().lower())
    return f'Use small letters, digits and hyphens: "{plain}".' if re.fullmatch(ID, plain) else ""


def _unquoted(word: str) -> str:
    """Return a mend where a word that needs no quotation marks stands between typographic ones."""
    return "Write it without quotation marks." if word.strip("“”„‟‘’‚‛«»‹›") != word else ""


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return 'Did you mean "..."?' where one of the known words is close, else nothing."""
    close = likely(word, known)
    return f'Did you mean "{close}"?' if close else ""


def likely(word: str, known: Iterable[str]) -> str:
    """Return the one of the known words that is close to a word, else nothing."""
    if len(word) > LONGEST_TOLD:
        return ""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), "")
