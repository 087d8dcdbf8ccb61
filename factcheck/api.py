"""The API: all data of the site in whole files, and lists of them with their digests.

Everything is a file below `api/`, at an address that stays. Shapes are versioned: the first number of
`version` in the list changes when a reader of them might break.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from . import addresses
from .catalogue import Catalogue
from .claimreview import absolute
from .content import Licence, Site
from .contracts import CONTRACTS, contract_of, schema_of
from .dump import as_json, lines, listing, quoted
from .exchange import reviews
from .lazy import Anew
from .leaves import in_leaves
from .naming import Names
from .page import Made, Page, showing, text_file
from .records import RECORDS
from .shelf import Filed, all_told, told
from .shown import Shown
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


class Kept(NamedTuple):
    """A file to keep: where it lies, what it is called, its claims, and its document if it has but one."""

    address: str
    title: str
    claims: Sequence[Shown]
    document: str = ""


def api(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The whole-site files, the schemas of all records, and the page that tells of them."""
    gettext, site = catalogue.words.gettext, catalogue.library.site
    page = Page("data/", "data.html", gettext("Data"),
                gettext("Everything on this site as data, free to use and to check."))  # fmt: skip
    yield from in_leaves(page, kept(catalogue), catalogue.words, tables=TABLES)
    yield text_file("api/claims.ndjson", _ndjson, catalogue)
    yield text_file("api/claims.jsonld", _graph, catalogue)
    for table in TABLES:
        yield text_file(f"api/{table.name}.csv", Table.csv, table, catalogue)
    for name in RECORDS:
        shape = partial(_schema, name, absolute(site, addresses.schema(name)))
        yield Page(addresses.schema(name), "data.json", name, "", shape, listed=False)
    for name in CONTRACTS:
        told = showing(data=schema_of(name, absolute(site, addresses.schema(name))))
        yield Page(addresses.schema(name), "data.json", name, "", told, listed=False)


def _schema(name: str, address: str) -> Mapping[str, Any]:
    """Return the JSON Schema (2020-12) of a record, published at an address."""
    made = RECORDS[name].model_json_schema(by_alias=True, mode="serialization")
    return {"data": {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": address, **made}}


def _ndjson(catalogue: Catalogue) -> bytes:
    return lines(catalogue.each(_line))


def _line(catalogue: Catalogue, claim: Shown) -> str:
    return written(claim_record(Names(catalogue), claim))


def _graph(catalogue: Catalogue) -> bytes:
    head = {"@context": "https://schema.org"}
    own = f"{as_json(head)[1:-1]},".encode()
    return listing(head, "@graph", (review.replace(own, b"", 1) for review in reviews(catalogue)))


def kept(catalogue: Catalogue) -> list[Kept]:
    """Return the files to keep: one of the whole site, or where that is too large one of each document."""
    site = catalogue.library.site
    if len(catalogue.claims) <= BOUND:
        return [Kept(addresses.offline(addresses.slug(site.title)), site.title, catalogue.claims)]
    return [
        Kept(addresses.offline(entry.id), entry.card.title, claims, entry.id)
        for entry in catalogue.documents
        if 0 < len(claims := catalogue.by_document[entry.id]) <= BOUND
    ]


def lists(catalogue: Catalogue, files: Mapping[str, bytes]) -> Mapping[str, Made]:
    """Return the lists of all data among the files of the site: the data package and `api/index.json`."""
    make = {_PACKAGE: _described, addresses.API: _index}
    return Anew(make, lambda name: (make[name](catalogue, files), []))


_PACKAGE = "api/datapackage.json"


def _is_data(name: str) -> bool:
    return name.rpartition(".")[2] in TYPES and not name.startswith(("search/", "assets/"))


def _described(catalogue: Catalogue, files: Mapping[str, bytes]) -> bytes:
    return json.dumps(_package(catalogue, files), ensure_ascii=False, indent=1).encode() + b"\n"


def _index(catalogue: Catalogue, files: Mapping[str, bytes]) -> bytes:
    site, known = catalogue.library.site, all_told(files)
    package = known.get(_PACKAGE) or told({_PACKAGE: _described(catalogue, files)}, _PACKAGE)
    names = sorted(name for name in known if name != _PACKAGE and _is_data(name))
    head = {
        "version": VERSION,
        "title": site.title,
        "url": absolute(site, ""),
        "licence": site.licence.url,
        "changed": catalogue.changed,
    }
    found = chain(((name, known[name]) for name in names), [(_PACKAGE, package)])
    return listing(head, "files", _entries(site, found))


def _entries(site: Site, found: Iterable[tuple[str, Filed]]) -> Iterator[bytes]:
    licence, top = quoted(site.licence.url), quoted(absolute(site, ""))[:-1]
    schemas = {name: f'"schema":{quoted(absolute(site, addresses.schema(name)))},' for name in CONTRACTS}
    for name, filed in found:
        kind, schema = TYPES[name.rpartition(".")[2]], schemas.get(contract_of(name) or "", "")
        yield (
            f'{{"url":{top}{quoted(name)[1:]},"type":"{kind}",{schema}"bytes":{filed.size},'
            f'"sha256":"{filed.sha256.hex()}","licence":{licence}}}'
        ).encode()


def _package(catalogue: Catalogue, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the descriptor of the tables (Frictionless Data Package, version 1)."""
    site = catalogue.library.site
    return {
        "profile": "tabular-data-package",
        "name": addresses.slug(site.title),
        "title": site.title,
        "description": site.description,
        "homepage": absolute(site, ""),
        "version": catalogue.changed,
        "licenses": [_licence(site.licence)],
        "contributors": [{"title": site.publisher.name, "role": "publisher"}],
        "resources": [_resource(table, told(files, f"api/{table.name}.csv")) for table in TABLES],
    }


def _licence(licence: Licence) -> dict[str, str]:
    return {"name": licence.name.replace(" ", "-"), "path": licence.url, "title": licence.name}


def _resource(table: Table, filed: Filed) -> dict[str, Any]:
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
        "bytes": filed.size,
        "hash": f"sha256:{filed.sha256.hex()}",
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }
