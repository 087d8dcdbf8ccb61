"""Words: what the interface says in one language, and its customs of writing dates, numbers and quotes."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from gettext import NullTranslations

from markupsafe import Markup

from .dates import PartialDate, Period

N_ = str  # marks a message for extraction where it stands; it is translated where it is shown

_SMALL = (
    N_("no"), N_("one"), N_("two"), N_("three"), N_("four"), N_("five"), N_("six"), N_("seven"),
    N_("eight"), N_("nine"), N_("ten"), N_("eleven"), N_("twelve"),
)  # fmt: skip
_RIGHT_TO_LEFT = frozenset([
    "apc", "ar", "arc", "azb", "bal", "bgn", "ckb", "dv", "fa", "he", "ks", "lrc", "mzn", "nqo", "ps",
    "rhg", "sd", "sdh", "skr", "syr", "trw", "ug", "ur", "yi",
])  # fmt: skip
_SCRIPTS = {"adlm": True, "arab": True, "hebr": True, "nkoo": True, "rohg": True, "syrc": True, "thaa": True,
            "cyrl": False, "deva": False, "guru": False, "latn": False}  # fmt: skip


@dataclass(frozen=True)
class Customs:
    """How a language writes dates and numbers, as the CLDR tells it.

    `months` are the names from January, wide and abbreviated, inside a date (MMMM, MMM) and alone
    (LLLL, LLL). `patterns` are by the parts that they hold, in the letters of the CLDR: y, M for
    the month, d; a long and a short one each. `within` joins the first day of a period to its last
    where both lie in one month, `between` any other two dates. `name` is that of the language in itself.
    """

    months: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, tuple[str, str]]
    within: tuple[str, str]
    between: str
    group: str
    name: str = ""

    def date(self, day: dt.date, pattern: str) -> str:
        """Return a day in a pattern such as "%(d)s %(MMMM)s %(y)s"."""
        names = self._names[day.month - 1]
        return pattern % {**names, "d": day.day, "dd": f"{day.day:02}", "y": day.year, "Y": day.year}

    @cached_property
    def _names(self) -> list[dict[str, str]]:
        figures = ({"M": f"{n}", "L": f"{n}", "MM": f"{n:02}", "LL": f"{n:02}"} for n in range(1, 13))
        return [
            numbers | {name: months[place] for name, months in self.months.items()}
            for place, numbers in enumerate(figures)
        ]


_WIDE = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
         "October", "November", "December")  # fmt: skip
_BRIEF = tuple(month[:3] for month in _WIDE)

# British English as the CLDR has it, except that September is cut to three letters like the rest.
# It stands here so that a site in English waits for no other library; a test holds it to the CLDR.
BRITISH = Customs(
    months={"MMMM": _WIDE, "MMM": _BRIEF, "LLLL": _WIDE, "LLL": _BRIEF},
    patterns={
        "y": ("%(y)s", "%(y)s"),
        "yM": ("%(MMMM)s %(y)s", "%(MMM)s %(y)s"),
        "yMd": ("%(d)s %(MMMM)s %(y)s", "%(d)s %(MMM)s %(y)s"),
        "Md": ("%(d)s %(MMMM)s", "%(d)s %(MMM)s"),
        "M": ("%(LLLL)s", "%(LLL)s"),
    },
    within=("%(d)s–", "%(d)s–"),
    between="{0} – {1}",
    group=",",
    name="English",
)


_AS_WRITTEN = NullTranslations()


@dataclass(frozen=True)
class Words:
    """One language of the interface: its translations and its customs.

    Messages are English. Values are put in place of %(name)s, and %% is a per cent sign, always.
    """

    language: str = "en"
    customs: Customs = BRITISH
    translations: NullTranslations = _AS_WRITTEN

    @property
    def name(self) -> str:
        """What it calls itself."""
        return self.customs.name or self.language

    @property
    def right_to_left(self) -> bool:
        """Whether it is written from right to left."""
        return right_to_left(self.language)

    def gettext(self, message: str, **values: object) -> str:
        """Return a message in this language."""
        return self.translations.gettext(message) % values

    def ngettext(self, one: str, many: str, number: int, **values: object) -> str:
        """Return the form of a message that goes with a number, which it may hold as %(num)s."""
        return self.translations.ngettext(one, many, number) % {"num": number, **values}

    def pgettext(self, context: str, message: str, **values: object) -> str:
        """Return a message that means this in its context and something else in another."""
        return self.translations.pgettext(context, message) % values

    def long(self, date: PartialDate | Period) -> str:
        """Return a date as in running text: 27 January 2022, January 2022, 27–28 January 2022."""
        return self._dates(date, 0)

    def short(self, date: PartialDate | Period) -> str:
        """Return a date as in tables: 27 Jan 2022, Jan 2022, 27–28 Jan 2022."""
        return self._dates(date, 1)

    @cached_property
    def _dates(self) -> Callable[[PartialDate | Period, int], str]:
        return cache(self._date)

    def _date(self, date: PartialDate | Period, form: int) -> str:
        customs = self.customs
        if isinstance(date, PartialDate):
            return customs.date(date.first, customs.patterns[_PRECISION[len(date)]][form])
        first, last = date
        if first == last:
            return self._date(last, form)
        if len(first) == len(last) == 10 and first[:7] == last[:7]:
            return customs.date(first.first, customs.within[form]) + self._date(last, form)
        return customs.between.format(self._date(first, form), self._date(last, form))

    def day(self, day: dt.date, short: bool = False) -> str:
        """Return a day without its year: 27 January, 27 Jan."""
        return self.customs.date(day, self.customs.patterns["Md"][short])

    def month(self, day: dt.date, short: bool = False) -> str:
        """Return the month of a day, alone: January, Jan."""
        return self.customs.date(day, self.customs.patterns["M"][short])

    def span(self, first: dt.date, last: dt.date) -> str:
        """Return how far `last` lies from `first` as a reader counts it: 111 days, 34 years."""
        days = abs((last - first).days)
        if days <= 1000:
            return self.ngettext("%(num)s day", "%(num)s days", days)
        return self.ngettext("%(num)s year", "%(num)s years", round(days / 365.25))

    def number(self, number: int) -> str:
        """Return a small number as a word, a larger one in figures."""
        return self.gettext(_SMALL[number]) if 0 <= number < len(_SMALL) else self.figures(number)

    def figures(self, number: int) -> str:
        """Return a number in figures, in groups of three: 12,345."""
        return f"{number:,}".replace(",", self.customs.group)

    def quoted(self, words: str) -> str:
        """Return words between quotation marks, those marks inside them turned into the inner ones.

        Where „ stands, “ closes it and belongs to the words.
        """
        return self._quotes(words)

    @cached_property
    def _quotes(self) -> Callable[[str], str]:
        return lru_cache(maxsize=100)(self._quoted)  # the same words are set again and again, then no more

    def _quoted(self, words: str) -> str:
        outer, inner = self._marks
        text = words.strip()
        for mark, other in zip(outer, inner, strict=True):
            text = text.replace(mark, other) if "„" not in text or "„" in outer else text
        return text.join(outer)

    @cached_property
    def _marks(self) -> tuple[list[str], list[str]]:
        outer = self.pgettext("quotation marks", "“%(words)s”", words="\n")
        inner = self.pgettext("quotation marks inside others", "‘%(words)s’", words="\n")
        return outer.split("\n"), inner.split("\n")

    def tongue(self, language: str | None) -> Markup:
        """Return the attributes of words in a language: none where it is this one."""
        if not language or language == self.language:
            return Markup("")
        way = self.way(language)
        return Markup(' lang="{}"').format(language) + (Markup(' dir="{}"').format(way) if way else "")

    def way(self, language: str | None) -> str:
        """Return the direction of a text in a language, rtl or ltr; empty where it is this one's."""
        if language is None or right_to_left(language) == self.right_to_left:
            return ""
        return "rtl" if right_to_left(language) else "ltr"


_PRECISION = {4: "y", 7: "yM", 10: "yMd"}


def right_to_left(language: str) -> bool:
    """Return whether a language, as BCP 47 writes it, is written from right to left.

    By its script where it names one, else by the one it is mostly written in (CLDR).
    """
    primary, *rest = language.lower().replace("_", "-").split("-")
    script = next((_SCRIPTS[part] for part in rest if part in _SCRIPTS), None)
    return primary in _RIGHT_TO_LEFT if script is None else script


ENGLISH = Words()
