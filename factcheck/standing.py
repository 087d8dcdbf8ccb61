"""What an answer says of an address: is it alive, has it moved, is it gone?

A page that is gone may answer 200 all the same. It is found out as Bar-Yossef and others did ("Sic
transit gloria telae", WWW 2004): an address beside it that nobody made is asked for; where it brings
the same page, the page says nothing of what was there.
"""

import hashlib
import html
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from .asking import Answer

State = Literal["gone", "soft-404", "moved", "no-answer", "not-asked", "refused", "alive"]

_TITLE = re.compile(r"<(title|h1)\b[^>]*>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_WORDS = re.compile(
    r"\b404\b|not found|(could not|couldn.t|cannot|can.t) be found|no longer (available|exists?)"
    r"|(does not|doesn.t) exist|page unavailable|nicht gefunden|nicht mehr verfügbar|introuvable"
    r"|no encontrad|non trovat|niet gevonden|ikke funnet|finnes ikke|findes ikke|ikke fundet"
    r"|hittades inte|finns inte|не найден|не знайден|nie znalezion|bulunamadı",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Standing:
    """What became of an address: its state, the status that said so, where it leads, why."""

    state: State
    status: int = 0
    final: str = ""
    note: str = ""


def made_up(address: str) -> str:
    """Return an address beside another at which there can be nothing; always the same one."""
    parts = urlsplit(address)
    name = hashlib.sha256(address.encode()).hexdigest()[:12]
    folder = parts.path.rstrip("/").rpartition("/")[0]
    return parts._replace(path=f"{folder}/no-such-page-{name}", query="", fragment="").geturl()


def is_doubtful(address: str, answer: Answer) -> bool:
    """Return whether a page that came may be no more than a polite word for nothing."""
    if not _came(answer) or _is_front(address):
        return False
    renamed = bool(answer.hops) and _last(answer.address) != _last(address)
    return renamed or any(_WORDS.search(line) for line in _titles(answer.text))


def judge(address: str, answer: Answer, other: Answer | None = None) -> Standing:
    """Return what an answer says; `other` is what the made-up address answered, where it was asked."""
    final = answer.address if _core(answer.address) != _core(address) else ""
    said = (answer.status, final)
    if answer.fault:
        state: State = {"name": "gone", "barred": "not-asked"}.get(answer.fault, "no-answer")  # type: ignore[assignment]
        return Standing(state, *said, answer.note)
    if answer.status in (404, 410):
        return Standing("gone", *said, f"it answers {answer.status}")
    if 500 <= answer.status < 600 or 300 <= answer.status < 400 or answer.status == 408:
        return Standing("no-answer", *said, answer.note or f"it answers {answer.status}")
    if not _came(answer):
        return Standing("refused", *said, answer.note or f"it answers {answer.status}")
    if answer.hops and _is_front(answer.address) and not _is_front(address):
        return Standing("soft-404", *said, "it leads to a front page")
    if other and _came(other) and _is_alike(answer, other):
        return Standing("soft-404", *said, "an address that nobody made brings the same page")
    if final and _is_for_good(answer):
        return Standing("moved", *said, f"it answers {answer.hops[0]}")
    return Standing("alive", *said)


def _came(answer: Answer) -> bool:
    return 200 <= answer.status < 300


def _is_for_good(answer: Answer) -> bool:
    """Return whether every redirect is permanent (RFC 9110, section 15.4)."""
    return all(status in (301, 308) for status in answer.hops)


def _is_alike(one: Answer, other: Answer) -> bool:
    titles = _titles(one.text)
    ends_alike = bool(one.hops) and _core(one.address) == _core(other.address)
    return ends_alike or (bool(titles) and titles == _titles(other.text))


def _titles(text: str) -> list[str]:
    return [" ".join(html.unescape(_TAG.sub(" ", found[2])).split()) for found in _TITLE.finditer(text)]


def _is_front(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query


def _last(address: str) -> str:
    parts = urlsplit(address)
    return parts.path.rstrip("/").rpartition("/")[2] + parts.query


def _core(address: str) -> str:
    address = address.partition("#")[0]
    return address + "/" if address.count("/") == 2 else address
