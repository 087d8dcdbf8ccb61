"""Snapshots of pages in the Wayback Machine: which there are, and how one more is made.

Two services of the Internet Archive: "Wayback availability" (archive.org/help/wayback_api.php) and
"Save Page Now 2", which asks for the keys of an account.
"""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlencode

from .asking import Answer, Asker

AVAILABLE = "https://archive.org/wayback/available"
SAVE = "https://web.archive.org/save"
_SNAPSHOT = re.compile(r"https?://web\.archive\.org/web/([0-9]{14})/(https?:/\S+)")
_JOB = re.compile(r"[\w-]{1,120}")
_TRIES = 40  # a save takes two minutes at most


@dataclass(frozen=True)
class Found:
    """A snapshot, or why there is none."""

    address: str = ""
    note: str = ""


@dataclass(frozen=True)
class Archive:
    """The Wayback Machine, asked by somebody who may have an account (`key:secret`) there."""

    asker: Asker
    keys: str = ""
    available: str = AVAILABLE
    save_at: str = SAVE
    pause: float = 5  # seconds between two looks at a save
    rest: float = 10  # seconds after one: six a minute are taken from an account

    async def closest(self, page: str, day: str = "") -> Found:
        """Return the snapshot of a page that lies closest to a day (YYYYMMDD), else the newest."""
        moment = f"&timestamp={day}" if day else ""
        answer = await self.asker.ask(f"{self.available}?url={quote(page, safe='')}{moment}")
        said = _said(answer)
        if "archived_snapshots" not in said:
            return Found(note=_why(answer, said))
        kept = said["archived_snapshots"]
        one = kept.get("closest") if isinstance(kept, dict) else None
        if not isinstance(one, dict) or one.get("available") is not True or str(one.get("status")) != "200":
            return Found(note="the Wayback Machine has no snapshot")
        address, original = _read(str(one.get("url")))
        if not address or _bare(original) != _bare(page):
            return Found(note="the snapshot that was offered is of another address")
        return Found(address)

    async def save(self, page: str) -> Found:
        """Have a snapshot made, wait for it, and return it."""
        headers = {"Accept": "application/json", "Authorization": f"LOW {self.keys}"}
        form = urlencode({"url": page, "if_not_archived_within": "30d"}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await self.asker.ask(f"{self.save_at}/", headers | kind, form)
        said = _said(answer)
        job = str(said.get("job_id") or "")
        if not _JOB.fullmatch(job):
            return Found(note=_why(answer, said))
        for _ in range(_TRIES):
            await self.asker.manners.sleep(self.pause)
            answer = await self.asker.ask(f"{self.save_at}/status/{job}", headers)
            said = _said(answer)
            if said.get("status") != "pending":
                break
        await self.asker.manners.sleep(self.rest)
        if said.get("status") != "success":
            return Found(note=_why(answer, said))
        made = f"https://web.archive.org/web/{said.get('timestamp')}/{said.get('original_url')}"
        address, original = _read(made)
        if not address or _bare(original) != _bare(page):
            return Found(note="the snapshot that was made is of another address")
        return Found(address)


def _said(answer: Answer) -> dict[str, Any]:
    """Return the object of JSON that an answer holds, empty where it holds none."""
    try:
        said = json.loads(answer.text) if answer.status == 200 else None
    except (ValueError, RecursionError):
        said = None
    return said if isinstance(said, dict) else {}


def _why(answer: Answer, said: dict[str, Any]) -> str:
    if said.get("status") == "pending":
        return "the save is still under way; run again later"
    told = said.get("status_ext") or said.get("message")
    if told:
        return f"the Wayback Machine says: {str(told)[:200]}"
    return f"the Wayback Machine: {answer.note or f'it answers {answer.status}'}"


def _read(address: str) -> tuple[str, str]:
    """Return a snapshot's address as it is written, and the page it is of; two empty texts for others."""
    found = _SNAPSHOT.fullmatch(address)
    if not found:
        return "", ""
    original = re.sub(r"^(https?):/(?=[^/])", r"\1://", found[2])  # a slash that was lost on the way
    return f"https://web.archive.org/web/{found[1]}/{original}", original


def _bare(address: str) -> str:
    """Return an address without what two spellings of one page may differ in."""
    bare = re.sub(r"^https?://(www\.)?", "", unquote(address))
    host, slash, path = bare.partition("/")
    return host.lower().removesuffix(":80").removesuffix(":443") + (slash + path).rstrip("/")
