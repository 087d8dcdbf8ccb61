"""Dates as precise as an editor knows them: 2022, 2022-01 or 2022-01-27."""

import datetime as dt
import re
from functools import cache
from typing import Any, NamedTuple

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

FIRST_YEAR, LAST_YEAR = 1000, 2999
_SHAPE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


class PartialDate(str):
    """A year, a month or a day; keeps the precision that the editor wrote."""

    __slots__ = ()

    @property
    def first(self) -> dt.date:
        """The earliest day that it can mean."""
        return _first(self)

    @property
    def last(self) -> dt.date:
        """The latest day that it can mean."""
        first = self.first
        if len(self) == 10:
            return first
        if len(self) == 4:
            return dt.date(first.year, 12, 31)
        following = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return following - dt.timedelta(days=1)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Return the date that `text` writes; ValueError where there is no such day."""
        if not _SHAPE.fullmatch(text):
            raise ValueError("write it as 2022, 2022-01 or 2022-01-27")
        date = cls(text)
        try:
            _ = date.first
        except ValueError:
            raise ValueError("the calendar has no such day") from None
        return date

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Let a model read it from text."""
        return core_schema.no_info_plain_validator_function(_checked)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """An unquoted year is a number to a code editor, so both may be written; data has text."""
        text = {"type": "string", "pattern": f"^{_SHAPE.pattern}$"}
        year = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
        return text if handler.mode == "serialization" else {"anyOf": [text, year]}


@cache  # cards write the same dates again and again
def _first(text: str) -> dt.date:
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return dt.date(year, month, day)


def _checked(text: object) -> PartialDate:
    return _shown(text if isinstance(text, str) else "")


@cache
def _shown(text: str) -> PartialDate:
    """Return the date that a text writes, where pages can show it."""
    try:
        date = PartialDate.parse(text)
        if not FIRST_YEAR <= date.first.year <= LAST_YEAR:
            raise ValueError(f"pages show the years {FIRST_YEAR} to {LAST_YEAR}")
        return date
    except ValueError as error:
        raise PydanticCustomError("partial_date", "is not a date: {why}", {"why": str(error)}) from None


class Period(NamedTuple):
    """A date, or the two dates between which something lies."""

    first: PartialDate
    last: PartialDate

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Read it from a date or from `{from: ..., to: ...}`."""
        fields = {
            name: core_schema.typed_dict_field(handler.generate_schema(PartialDate))
            for name in ("from", "to")
        }
        both = core_schema.typed_dict_schema(fields, extra_behavior="forbid")
        return core_schema.no_info_after_validator_function(
            _period,
            core_schema.no_info_before_validator_function(_both_ends, both),
            serialization=core_schema.plain_serializer_function_ser_schema(_written),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """A date, or an object with both ends."""
        date = PartialDate.__get_pydantic_json_schema__(core_schema.str_schema(), handler)
        ends = {
            "type": "object",
            "properties": {"from": date, "to": date},
            "required": ["from", "to"],
            "additionalProperties": False,
        }
        return {"anyOf": [*date.get("anyOf", [date]), ends]}


def _written(period: Period) -> PartialDate | dict[str, PartialDate]:
    """Return a period as cards write it."""
    return period.last if period.first == period.last else {"from": period.first, "to": period.last}


def _both_ends(value: object) -> object:
    if isinstance(value, dict):
        return value
    if value is not None and not isinstance(value, str):
        why = "write it as 2022-01-27, or as {from: 2022-01-27, to: 2022-01-28}"
        raise PydanticCustomError("partial_date", "is not a date: {why}", {"why": why})
    date = _checked(value)
    return {"from": date, "to": date}


def _period(ends: dict[str, PartialDate]) -> Period:
    period = Period(ends["from"], ends["to"])
    if period.first.first > period.last.last:
        raise PydanticCustomError("period", "ends before it begins")
    return period
