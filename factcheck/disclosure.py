"""Disclosure: to whom a weakness of the site is reported, as researchers look for it (RFC 9116).

The file speaks for the whole host that gives it, by https alone (sections 3 and 3.1), so a site below a
path of another's host has none. It says until when somebody answers: ten months ahead at least, less than
the year of section 2.5.5, and the same day all month, so that a build of tomorrow is that of today. A
site that nobody builds any more ends its promise by itself.
"""

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from . import addresses
from .catalogue import Catalogue
from .claimreview import absolute
from .content import Site
from .page import Page, text_file

_GITHUB = re.compile(r"https?://(?:www\.)?github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?", re.ASCII)
_POLICY = "security"  # the page of running text that says how reports are met


def disclosure(catalogue: Catalogue, today: dt.date) -> Iterator[Page]:
    """`security.txt`, where there is somebody to tell."""
    library = catalogue.library
    contact, home = contact_of(library.site), urlsplit(library.site.address)
    if contact and home.scheme == "https" and home.path in ("", "/"):
        policy = addresses.article(_POLICY) if _POLICY in library.articles else ""
        yield text_file(addresses.SECURITY, _fields, library.site, contact, expiry(today), policy)


def contact_of(site: Site) -> str:
    """Return the URI to which weaknesses are reported, "" where there is none (section 2.5.3).

    Without an address in site.yaml that is the repository: on GitHub its private reports, elsewhere its
    issues, which everybody can read.
    """
    if site.security:
        return site.security if site.security.startswith("https://") else f"mailto:{site.security}"
    if found := _GITHUB.fullmatch(site.repository or ""):
        return f"https://github.com/{found[1]}/security/advisories/new"
    kept = (site.repository or "").rstrip("/")
    return f"{kept}/issues" if kept.startswith("https://") else ""


def expiry(today: dt.date) -> dt.date:
    """Return the last day of the month that is eleven months on."""
    return dt.date(min(today.year + 1, dt.MAXYEAR), today.month, 1) - dt.timedelta(days=1)


def _fields(site: Site, contact: str, expires: dt.date, policy: str) -> str:
    fields = {
        "Contact": contact,
        "Expires": f"{expires}T23:59:59Z",
        "Preferred-Languages": site.language,
        "Canonical": absolute(site, addresses.SECURITY),
        "Policy": absolute(site, policy) if policy else "",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
