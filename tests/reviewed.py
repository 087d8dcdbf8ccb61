"""What the tests of data share: the real and the small site, and each ClaimReview on its page."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from browsing import SUBPATH, TODAY, shown, site
from conftest import DRAWN, ROOT

from build import assemble
from factcheck.catalogue import Catalogue, catalogue
from factcheck.library import read_library
from factcheck.proof import with_texts
from factcheck.shown import Shown

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SITES = ("real", "small")


@dataclass(frozen=True)
class Built:
    """A site with the values that it was made of."""

    address: str
    files: Mapping[str, bytes]
    catalogue: Catalogue

    def data(self, name: str) -> Any:
        return json.loads(self.files[name])

    def page(self, claim: Shown) -> str:
        return self.files[f"{claim.address}index.html"].decode()


@cache
def built(which: str) -> Built:
    if which == "real":
        return Built(SUBPATH, site().files, shown())
    library, _ = read_library(ROOT / "tests/small")
    assert library
    files = assemble(ROOT / "tests/small", TODAY, memory=DRAWN).files
    return Built(library.site.address, files, catalogue(with_texts(library)))


@dataclass(frozen=True)
class Case:
    """A ClaimReview as it stands on the page of its claim."""

    site: Built
    claim: Shown
    page: str
    review: dict[str, Any]


@cache
def cases() -> list[Case]:
    found = []
    for where in map(built, SITES):
        for claim in where.catalogue.claims:
            page = where.page(claim)
            found += [Case(where, claim, page, json.loads(raw)) for raw in SCRIPT.findall(page)]
    assert len(found) > 60
    return found
