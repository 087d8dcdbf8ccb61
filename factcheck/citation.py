"""Citations: how others name a claim and its verdict, as BibTeX and as CSL-JSON.

Both name the version of the claim: the day on which its verdict last changed, and the commit of its
card where that is known. Fields of BibTeX as biblatex reads them, with year and month for older
styles; CSL-JSON 1.0.2 as in the Citation Style Language's csl-data.json.
"""

import re
from collections.abc import Iterator
from typing import Any

from .catalogue import Catalogue
from .claimreview import absolute
from .dates import PartialDate
from .page import Page, json_file, text_file
from .shown import Shown

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}", "}": r"\textbraceright{}",  # a brace counts even after a backslash
}  # fmt: skip


def citations(catalogue: Catalogue, claim: Shown) -> Iterator[Page]:
    """Yield what stands beside the page of a claim for those who keep references."""
    yield text_file(f"{claim.address}cite.bib", bibtex, catalogue, claim)
    yield json_file(f"{claim.address}cite.json", csl, catalogue, claim)


def bibtex(catalogue: Catalogue, claim: Shown) -> str:
    """Return the entry of a claim in a BibTeX database, in UTF-8, with line feeds."""
    site, changed = catalogue.library.site, claim.changed
    version = catalogue.versions.get(claim.file)
    month = changed.first.month - 1 if len(changed) > 4 else None
    fields = {
        "author": f"{{{{{_tex(site.publisher.name)}}}}}",
        "title": f"{{{{{_tex(claim.title.rstrip('.'))}}}}}",
        "howpublished": f"{{{_tex(site.title)}}}" if site.title != site.publisher.name else "",
        "date": f"{{{changed}}}",
        "year": changed[:4],
        "month": "" if month is None else _MONTHS[month],
        "version": f"{{{version.short}}}" if version else "",
        "note": f"{{{_tex(_verdict(catalogue, claim))}}}",
        "url": f"{{{absolute(site, claim.address)}}}",
    }
    lines = [f"  {name} = {value},\n" for name, value in fields.items() if value]
    return f"@misc{{{claim.id},\n{''.join(lines)}}}\n"


def _verdict(catalogue: Catalogue, claim: Shown) -> str:
    return catalogue.words.gettext("Verdict: %(verdict)s", verdict=claim.verdict.label)


def _tex(text: str) -> str:
    """Return text in which TeX sees nothing special."""
    return re.sub(r"[\\~^&%$#_{}]", lambda found: _SPECIAL.get(found[0], f"\\{found[0]}"), text)


def csl(catalogue: Catalogue, claim: Shown) -> list[dict[str, Any]]:
    """Return a claim as the only item of a CSL-JSON list."""
    site, url = catalogue.library.site, absolute(catalogue.library.site, claim.address)
    version = catalogue.versions.get(claim.file)
    item = {
        "id": url,
        "type": "webpage",
        "title": claim.title.rstrip("."),
        "author": [{"literal": site.publisher.name}],
        "container-title": site.title if site.title != site.publisher.name else None,
        "genre": catalogue.words.gettext("Fact check"),
        "issued": _date(claim.changed),
        "version": version.short if version else None,
        "status": "withdrawn" if claim.card.withdrawn else None,
        "note": _verdict(catalogue, claim),
        "language": site.language,
        "URL": url,
    }
    return [{name: value for name, value in item.items() if value is not None}]


def _date(date: PartialDate) -> dict[str, Any]:
    return {"date-parts": [[int(part) for part in date.split("-")]]}
