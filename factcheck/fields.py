"""The kinds of value that the fields of a card can hold."""

import ast
import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain, pairwise
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic_core import PydanticCustomError, core_schema

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Id = Annotated[str, StringConstraints(pattern=ID, max_length=80)]
CLAIM_ID = r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$"
ClaimId = Annotated[str, StringConstraints(pattern=CLAIM_ID, max_length=161)]
# Within these bounds any Markdown is set in a blink.
MAX_LENGTH = 20_000
MAX_MARKS = 500  # of each kind that opens what a far one may close
MAX_LINES = 1_000
MAX_NESTING = 20  # lists and quotations within one another
MAX_RUN = 1_000  # of one character
_LEVEL = r"\t| {4}| {0,3}(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])"
_NESTED = re.compile(rf"(?:{_LEVEL}){{{MAX_NESTING + 1}}}")
_RUN = re.compile(rf"(.)\1{{{MAX_RUN}}}", re.DOTALL)


def unsettable(text: str) -> str:
    """Return what of a text keeps it from being set in a blink, "" where nothing does."""
    if len(text) <= MAX_MARKS and "\n" not in text and text[:1].isalpha():
        return ""
    if len(text) > MAX_LENGTH:
        return f"has {len(text):,} characters; at most {MAX_LENGTH:,} fit"
    for mark, name in (("[", "square brackets"), ("`", "backticks")):
        if text.count(mark) > MAX_MARKS:
            return f"has {text.count(mark):,} {name}; at most {MAX_MARKS} fit"
    if text.count("\n") > MAX_LINES:
        return f"has more than {MAX_LINES:,} lines"
    if len(text) > MAX_RUN and _RUN.search(text):
        return f"has one character more than {MAX_RUN:,} times in a row"
    if any(map(_NESTED.match, text.split("\n"))):
        return f"has lists or quotations within one another, more than {MAX_NESTING} levels deep"
    return ""


def _settable(text: str) -> str:
    if why := unsettable(text):
        raise PydanticCustomError("length", "{why}", {"why": why})
    return text


class _Settable:
    """What is read must be settable; JSON, as which cards are remembered, was held to it when it was read."""

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Ask it of what is no JSON: some 200,000 texts of 10,000 claims take a tenth of a second."""
        text = handler(source)
        return core_schema.json_or_python_schema(
            text, core_schema.no_info_after_validator_function(_settable, text)
        )


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LENGTH), _Settable
]
URL = r"^https?://[^\s/@?#\\\[\]]+\.[^\s/@?#\\\[\]]+([/?#]\S*)?$"
Url = Annotated[str, StringConstraints(strip_whitespace=True, pattern=URL, max_length=4_000)]
# Printable ASCII: what RFC 3986 and RFC 6068 let stand in a URI as it is.
REPORTS = (
    r"^(https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]+)?(/[!-~]*)?"
    r"|[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)$"
)
Reports = Annotated[str, StringConstraints(strip_whitespace=True, pattern=REPORTS, max_length=500)]
SHA256 = r"^[0-9a-f]{64}$"
Sha256 = Annotated[str, StringConstraints(pattern=SHA256)]


_NONE: set[str] = set()


class Record(BaseModel):
    """A group of fields: strict, frozen, each described by the text below it, which `help_of` reads."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Give each field its description, which nothing else needs when it begins."""
        made = handler(schema)
        fields = handler.resolve_ref_schema(made).get("properties", {})
        for name, said in help_of(cls).items():
            field = fields.get(cls.model_fields[name].alias or name, fields.get(name, {}))
            field.setdefault("description", said)
        return made

    def model_post_init(self, _context: object) -> None:
        """Forget which fields were given: nothing asks, and a set in each record takes much memory."""
        object.__setattr__(self, "__pydantic_fields_set__", _NONE)

    def as_json(self) -> str:
        """Return all it holds as JSON: a quick way to see that something does not stand in it."""
        return self.model_dump_json()

    def texts(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield every text that it holds, with the path of fields that leads to it."""
        for name, field in type(self).model_fields.items():
            yield from _texts(getattr(self, name), (field.alias or name,))


@cache
def help_of(model: type[BaseModel]) -> dict[str, str]:
    """Return what the fields of a model are for, by their names: of each the text below it."""
    bases = [base for base in reversed(model.__mro__) if issubclass(base, Record)]
    said = chain.from_iterable(_said(base.__module__).get(base.__name__, {}).items() for base in bases)
    return {name: text for name, text in said if name in model.model_fields}


@cache
def _said(module: str) -> Mapping[str, Mapping[str, str]]:
    """Return by the name of each class of a module the text below each of its fields."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {
        group.name: {
            field.target.id: inspect.cleandoc(below.value.value)
            for field, below in pairwise(group.body)
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
            if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
            if isinstance(below.value.value, str)
        }
        for group in tree.body
        if isinstance(group, ast.ClassDef)
    }


def _texts(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Record):
        yield from (((*path, *inner), text) for inner, text in value.texts())
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            yield from _texts(part, (*path, place))
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(part, (*path, name))
