"""The manifest: every file of the site with its size and digest, and what else it takes to make it again.

`SHA256SUMS` says the same as `sha256sum` reads it (GNU coreutils): `sha256sum -c SHA256SUMS`.
"""

import datetime as dt
from collections.abc import Mapping

from .content import Site
from .dump import as_json, listing
from .page import Made
from .shelf import Shelf, told

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
VERSION = "1.0"


def manifest(site: Site, today: dt.date, files: Mapping[str, bytes]) -> dict[str, Made]:
    """Return the manifest and the sums of all files that there are."""
    head = {"version": VERSION, "today": today.isoformat(), "address": site.address,
            "repository": site.repository or ""}  # fmt: skip
    known = {name: told(files, name) for name in sorted(files)}
    entries = (
        as_json({"path": name, "bytes": filed.size, "sha256": filed.sha256.hex()})
        for name, filed in known.items()
    )
    content = listing(head, "files", entries)
    known[MANIFEST] = Shelf().lay(MANIFEST, content)
    sums = "".join(f"{known[name].sha256.hex()}  {name}\n" for name in sorted(known))
    return {MANIFEST: (content, []), SUMS: (sums.encode(), [])}
