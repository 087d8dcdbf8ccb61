"""The manifest: every file of the site with its size and digest, and what else it takes to make it again.

`SHA256SUMS` says the same as `sha256sum` reads it (GNU coreutils): `sha256sum -c SHA256SUMS`.
"""

import datetime as dt
from bisect import insort
from collections.abc import Mapping

from .content import Site
from .dump import joined, listing, quoted
from .page import Made
from .shelf import Filed, Shelf, all_told

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
VERSION = "1.0"


def manifest(site: Site, today: dt.date, files: Mapping[str, bytes]) -> dict[str, Made]:
    """Return the manifest and the sums of all files that there are."""
    head = {"version": VERSION, "today": today.isoformat(), "address": site.address,
            "repository": site.repository or ""}  # fmt: skip
    known = all_told(files)
    names = sorted(known)
    content = listing(head, "files", (_entry(name, known[name]) for name in names))
    insort(names, MANIFEST)
    known = {**known, MANIFEST: Shelf().lay(MANIFEST, content)}
    sums = joined(f"{known[name].sha256.hex()}  {name}\n".encode() for name in names)
    return {MANIFEST: (content, []), SUMS: (sums, [])}


def _entry(name: str, filed: Filed) -> bytes:
    return f'{{"path":{quoted(name)},"bytes":{filed.size},"sha256":"{filed.sha256.hex()}"}}'.encode()
