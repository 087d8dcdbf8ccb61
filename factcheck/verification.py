"""Verification: is what is published what this content makes, byte for byte?"""

import datetime as dt
import json
import sys
import tempfile
import urllib.request
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from .manifest import MANIFEST, SUMS
from .output import Staging
from .problems import errors
from .shelf import Shelf
from .site import Site
from .terminal import report

TOLD = 20  # differences told one by one
_PATIENCE = 30  # seconds for an answer
_AROUND = 40  # characters on either side of a difference
Fetch = Callable[[str], bytes]


def run(options: Namespace, make: Callable[..., Site]) -> int:
    """Make the site anew, of nothing that is remembered, and compare it with what is published.

    Returns 0 where all is the same, 1 where something differs, 2 where that cannot be told.
    """
    place = options.place or str(options.root / "site")
    fetch, apart = _reader(place)
    try:
        told = json.loads(fetch(MANIFEST))
        known = {entry["path"]: bytes.fromhex(entry["sha256"]) for entry in told["files"]}
        day, address, repository = (told[name] for name in ("today", "address", "repository"))
        today = dt.date.fromisoformat(day)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"There is no {MANIFEST} to be read in {place}: {error}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, Staging(Path(folder)) as shelf:
        site = make(today, address=address, repository=repository or None, shelf=shelf)
        if errors(site.problems):
            report(errors(site.problems))
            return 2
        found = [*differences(shelf, known, fetch, apart=apart)]
        print("\n".join(found[:TOLD]), end="\n" if found else "")
        if len(found) > TOLD:
            print(f"... and {len(found) - TOLD} more.")
        print(f"{len(shelf)} files were made of this content; {len(found) or 'none'} of {place} differ.")
    return 1 if found else 0


def differences(shelf: Shelf, known: Mapping[str, bytes], fetch: Fetch, *, apart: bool) -> Iterator[str]:
    """Yield a line for each file that differs, and why.

    `known` gives the digests that the manifest tells; files that lie `apart`, on a server, are fetched
    only where that differs.
    """
    made = {name: filed.sha256 for name, filed in shelf.filed.items() if name not in (MANIFEST, SUMS)}
    yield from (f"{name}: published, and not made of this content" for name in sorted({*known} - {*made}))
    yield from (f"{name}: made of this content, and not published" for name in sorted({*made} - {*known}))
    for name in sorted({*made} & {*known}):
        if not (apart and known[name] == made[name]):
            try:
                published = fetch(name)
            except OSError as error:
                yield f"{name}: cannot be read: {error}"
                continue
            if sha256(published).digest() != made[name]:
                yield f"{name}: {_why(published, shelf[name])}"
            elif known[name] != made[name]:
                yield f"{name}: the manifest tells another digest"


def _reader(place: str) -> tuple[Fetch, bool]:
    """Return what reads a published file, and whether that takes a network."""
    if not place.startswith(("https://", "http://")):
        return lambda name: (Path(place) / name).read_bytes(), False

    def fetch(name: str) -> bytes:
        with urllib.request.urlopen(f"{place.rstrip('/')}/{quote(name)}", timeout=_PATIENCE) as answer:
            return bytes(answer.read())

    return fetch, True


def _why(published: bytes, made: bytes) -> str:
    """Return where two files begin to differ."""
    was, now = (content.decode("utf-8", "backslashreplace").splitlines() for content in (published, made))
    line = next((at for at, pair in enumerate(zip(was, now, strict=False)) if pair[0] != pair[1]), None)
    if line is None:
        return f"{len(was)} lines are published, {len(now)} were made"
    at = next((i for i, pair in enumerate(zip(was[line], now[line], strict=False)) if pair[0] != pair[1]), 0)
    start = max(0, at - _AROUND)
    parts = (repr(text[line][start : at + _AROUND]) for text in (was, now))
    return f"line {line + 1} is published as {next(parts)} and made as {next(parts)}"
