"""The kinds of value that the fields of a card can hold."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Id = Annotated[str, StringConstraints(pattern=ID, max_length=80)]
CLAIM_ID = r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$"
ClaimId = Annotated[str, StringConstraints(pattern=CLAIM_ID)]
# Within these bounds any Markdown is set in a blink.
MAX_LENGTH = 20_000
MAX_BRACKETS = 500
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LENGTH)]
URL = r"^https?://[^\s/@?#]+\.[^\s@]*[^\s]*$"
Url = Annotated[str, StringConstraints(strip_whitespace=True, pattern=URL)]
SHA256 = r"^[0-9a-f]{64}$"
Sha256 = Annotated[str, StringConstraints(pattern=SHA256)]


class Record(BaseModel):
    """A group of fields: strict, frozen, described by its docstrings."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, populate_by_name=True
    )

    def as_json(self) -> str:
        """Return all it holds as JSON: a quick way to see that something does not stand in it."""
        return self.model_dump_json()

    def texts(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield every text that it holds, with the path of fields that leads to it."""
        for name, field in type(self).model_fields.items():
            yield from _texts(getattr(self, name), (field.alias or name,))


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
