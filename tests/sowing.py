"""A site sown with hostile texts: the small one, with them in every field that holds free words."""

import hashlib
from collections.abc import Mapping
from typing import Any
from zlib import crc32

import yaml
from conftest import ROOT

from factcheck import cards
from factcheck.content import PageHead
from factcheck.places import model_of

TABLE: Mapping[str, Any] = yaml.safe_load((ROOT / "tests/hostile/texts.yaml").read_text("utf-8"))
INERT: list[str] = TABLE["inert"]
# The fields whose words are free; all others name something, or are held to something.
FREE = {
    "title", "tagline", "description", "label", "name", "role", "note", "summary", "reason", "claim", "text",
    "why", "reasoning", "would_change", "publisher", "by", "correct", "criterion", "derived_from", "rights",
    "form", "date_note", "meaning", "line", "lede", "uncheckable", "notes", "contact", "sort",
}  # fmt: skip
ALONE = {
    "text",
    "note",
    "notes",
    "would_change",
    "date_note",
}  # so that they begin a text, as Markdown sees it
ROOM = {"reason": 100, "summary": 320, "claim": 75}
LETTER, QUOTE = "content/documents/open-letter/", "The mill bridge was built in 1871"
SPOKEN = f"""{QUOTE} <script>hit()</script>'"><img src=x onerror=hit()> {{{{ 7 * 7 }}}}"""


def sown(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of the small site with a hostile text in each free field."""
    made = dict(files)
    for name, raw in files.items():
        if name.endswith(".yaml") and (model_of(name.removeprefix("content/"))):
            made[name] = _written(_planted(cards.load(name, raw)[0], ""))
        elif model_of(name.removeprefix("content/")) is PageHead:
            made[name] = raw + b"".join(f"\n{text}\n".encode() for text in INERT)
    return _spoken(made)


def _written(data: object) -> bytes:
    return yaml.safe_dump(data, allow_unicode=True, width=100_000, sort_keys=False).encode()


def _planted(value: Any, name: str) -> Any:
    """Return a value with a hostile text behind each free one; like ones get the same."""
    if isinstance(value, dict):
        return {key: _planted(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_planted(inner, name) for inner in value]
    if name not in FREE or not isinstance(value, str):
        return value
    hostile = INERT[crc32(f"{name} {value}".encode()) % len(INERT)]
    text = hostile if name in ALONE and "[^" not in value else f"{value.strip()} {hostile}"
    return text if len(text) <= ROOM.get(name, 1_000) else value


def _spoken(files: dict[str, bytes]) -> dict[str, bytes]:
    """Let the document itself say something hostile, and a card quote it."""
    text = files[f"{LETTER}text.txt"].decode().replace(QUOTE, SPOKEN)
    digest = hashlib.sha256(text.encode()).hexdigest()
    head = yaml.safe_load(files[f"{LETTER}document.yaml"]) | {"text": {"sha256": digest}}
    card = cards.load("", files[f"{LETTER}built-1871.yaml"])[0] | {"quote": SPOKEN}
    return files | {
        f"{LETTER}text.txt": text.encode(),
        f"{LETTER}document.yaml": _written(_dated(head)),
        f"{LETTER}built-1871.yaml": _written(card),
    }


def _dated(head: dict[str, Any]) -> dict[str, Any]:
    return {key: str(value) if key == "date" else value for key, value in head.items()}
