"""The API: all data of the site in whole files, and lists of them with their digests.

Everything is a file below `api/`, at an address that stays. Shapes are versioned: the first number of
`version` in the list changes when a reader of them might break.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup

from . import addresses
from .catalogue import Catalogue
from .claimreview import absolute, claim_review
from .content import Licence
from .contracts import CONTRACTS, contract_of, schema_of
from .naming import Names
from .page import Page, showing
from .records import RECORDS
from .tables import TABLES, Table
from .things import claim_record
from .twins import written

VERSION = "1.0"
BOUND = 500  # claims in one file to keep
TYPES = {
    "json": "application/json", "ndjson": "application/x-ndjson", "jsonld": "application/ld+json",
    "csv": "text/csv", "md": "text/markdown", "bib": "application/x-bibtex", "ics": "text/calendar",
    "xml": "application/xml",
}  # fmt: skip


def api(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The whole-site files, the schemas of all records, and the page that tells of them."""
    gettext, site = catalogue.words.gettext, catalogue.library.site
    yield Page("data/", "data.html", gettext("Data"),
               gettext("Everything on this site as data, free to use and to check."),
               showing(tables=TABLES, newest=newest(catalogue), kept=kept(catalogue)))  # fmt: skip
    for table in TABLES:
        yield _file(f"api/{table.name}.csv", table.title, partial(_csv, catalogue, table))
    yield _file("api/claims.ndjson", "Every claim, one record per line", partial(_ndjson, catalogue))
    yield _file("api/claims.jsonld", "Every ClaimReview in one graph", partial(_graph, catalogue))
    for name in RECORDS:
        shape = partial(_schema, name, absolute(site, addresses.schema(name)))
        yield Page(addresses.schema(name), "data.json", name, "", shape, listed=False)
    for name in CONTRACTS:
        told = showing(data=schema_of(name, absolute(site, addresses.schema(name))))
        yield Page(addresses.schema(name), "data.json", name, "", told, listed=False)


def _file(address: str, title: str, make: Any) -> Page:
    return Page(address, "text.txt", title, "", lambda: {"text": Markup(make())}, listed=False)


def _schema(name: str, address: str) -> Mapping[str, Any]:
    """Return the JSON Schema (2020-12) of a record, published at an address."""
    made = RECORDS[name].model_json_schema(by_alias=True, mode="serialization")
    return {"data": {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": address, **made}}


def _csv(catalogue: Catalogue, table: Table) -> str:
    return table.csv(catalogue).decode()


def _ndjson(catalogue: Catalogue) -> str:
    names = Names(catalogue)
    return "".join(f"{written(claim_record(names, claim))}\n" for claim in catalogue.claims)


def _graph(catalogue: Catalogue) -> str:
    reviews = (claim_review(catalogue, claim) for claim in catalogue.claims)
    graph = [
        {name: value for name, value in review.items() if name != "@context"} for review in reviews if review
    ]
    return _json({"@context": "https://schema.org", "@graph": graph})


def kept(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return the files to keep, by their address and what they hold: the site, or a document each."""
    site, documents = catalogue.library.site, catalogue.documents
    if len(catalogue.claims) <= BOUND:
        return [(addresses.offline(addresses.slug(site.title)), site.title)]
    held = [entry for entry in documents if 0 < len(catalogue.by_document[entry.id]) <= BOUND]
    return [(addresses.offline(entry.id), entry.card.title) for entry in held]


def newest(catalogue: Catalogue) -> str:
    """Return the day of the last change that readers are told of: the date of the data."""
    return max((claim.changed for claim in catalogue.claims), default=catalogue.library.site.started)


def lists(catalogue: Catalogue, files: Mapping[str, bytes], *_: object) -> dict[str, bytes]:
    """Return the lists of all data among the files of the site: `api/index.json` and the data package."""
    package = _json(_package(catalogue, files)).encode()
    listed = {**{name: files[name] for name in sorted(files) if _is_data(name)}, _PACKAGE: package}
    return {_PACKAGE: package, addresses.API: _json(_index(catalogue, listed)).encode()}


_PACKAGE = "api/datapackage.json"


def _is_data(name: str) -> bool:
    return name.rpartition(".")[2] in TYPES and not name.startswith(("search/", "assets/"))


def _index(catalogue: Catalogue, files: Mapping[str, bytes]) -> dict[str, Any]:
    site = catalogue.library.site
    return {
        "version": VERSION,
        "title": site.title,
        "url": absolute(site, ""),
        "licence": site.licence.url,
        "changed": newest(catalogue),
        "files": [
            {
                "url": absolute(site, name),
                "type": TYPES[name.rpartition(".")[2]],
                **({"schema": absolute(site, addresses.schema(kind))} if (kind := contract_of(name)) else {}),
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "licence": site.licence.url,
            }
            for name, content in files.items()
        ],
    }


def _package(catalogue: Catalogue, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the descriptor of the tables (Frictionless Data Package, version 1)."""
    site = catalogue.library.site
    return {
        "profile": "tabular-data-package",
        "name": addresses.slug(site.title),
        "title": site.title,
        "description": site.description,
        "homepage": absolute(site, ""),
        "version": newest(catalogue),
        "licenses": [_licence(site.licence)],
        "contributors": [{"title": site.publisher.name, "role": "publisher"}],
        "resources": [_resource(table, files[f"api/{table.name}.csv"]) for table in TABLES],
    }


def _licence(licence: Licence) -> dict[str, str]:
    return {"name": licence.name.replace(" ", "-"), "path": licence.url, "title": licence.name}


def _resource(table: Table, content: bytes) -> dict[str, Any]:
    keys = [
        {"fields": column, "reference": {"resource": other, "fields": field}}
        for column, (other, field) in (table.links or {}).items()
    ]
    schema: dict[str, Any] = {
        "fields": [
            {"name": name, "type": kind, "description": said} for name, (kind, said) in table.columns.items()
        ],
        "missingValues": [""],
    }
    schema |= {"primaryKey": table.key} if table.key else {}
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
