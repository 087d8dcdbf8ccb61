"""The manifest: every file of the site with its size and digest, and what else it takes to make it again.

`SHA256SUMS` says the same as `sha256sum` reads it (GNU coreutils): `sha256sum -c SHA256SUMS`.
"""

import datetime as dt
from collections.abc import Mapping

from .content import Site
from .dump import joined, listing, quoted
from .lazy import Anew
from .page import Made
from .shelf import Filed, Shelf, all_told

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
VERSION = "1.0"


def manifest(site: Site, today: dt.date, files: Mapping[str, bytes]) -> Mapping[str, Made]:
    """Return the manifest and the sums of all files that there are, each made when it is asked for."""
    make = {MANIFEST: _manifest, SUMS: _sums}
    return Anew(make, lambda name: (make[name](site, today, files), []))


def _manifest(site: Site, today: dt.date, files: Mapping[str, bytes]) -> bytes:
    head = {"version": VERSION, "today": today.isoformat(), "address": site.address,
            "repository": site.repository or ""}  # fmt: skip
    known = all_told(files)
    return listing(head, "files", (_entry(name, known[name]) for name in sorted(known) if name != MANIFEST))


def _sums(site: Site, today: dt.date, files: Mapping[str, bytes]) -> bytes:
    known = all_told(files)
    own = known.get(MANIFEST) or Shelf().lay(MANIFEST, _manifest(site, today, files))
    names = sorted(known if MANIFEST in known else [*known, MANIFEST])
    return joined(f"{known.get(name, own).sha256.hex()}  {name}\n".encode() for name in names)


def _entry(name: str, filed: Filed) -> bytes:
    return f'{{"path":{quoted(name)},"bytes":{filed.size},"sha256":"{filed.sha256.hex()}"}}'.encode()
