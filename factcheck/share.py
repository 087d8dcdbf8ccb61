"""Sharing: what other sites show of a page. Its picture, and for a claim a page to frame."""

import html
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from . import addresses
from .catalogue import Catalogue
from .claimreview import absolute
from .content import Site
from .excerpt import excerpts
from .page import Image, Page, showing
from .sheet import steps
from .shown import Shown
from .words import right_to_left

WIDTH = 560  # of the frame, in pixels


def pictures(catalogue: Catalogue) -> Iterator[Page]:
    """Yield a page for each picture: it says in JSON what the picture shows.

    There is one for the site, one for each document and one for each claim, at every address that
    the claim has had.
    """
    site = catalogue.library.site
    values = showing(claim=None, document=None, claims=catalogue.claims,
                     spoken=_spoken(site.tagline, site.language))  # fmt: skip
    yield Page(addresses.picture(addresses.HOME), "card.json", site.title, "", values)
    for entry in catalogue.documents:
        spoken = _spoken(entry.card.title, entry.card.language)
        claims = catalogue.by_document[entry.id]
        values = showing(claim=None, document=entry, claims=claims, spoken=spoken)
        address = addresses.picture(addresses.document(entry.id))
        yield Page(address, "card.json", entry.card.title, "", values, file=entry.file)
    for claim in catalogue.claims:
        for name in (claim.id, *claim.card.formerly):
            address = addresses.picture(addresses.claim(name))
            values = partial(_picture, catalogue, claim)
            yield Page(address, "card.json", claim.title, "", values, file=claim.file)
    for language, other in catalogue.abroad.items():
        for claim in filter(lambda claim: claim.language, other.claims):
            values = partial(_picture, other, claim)
            yield Page(addresses.picture(claim.address), "card.json", claim.title, "", values,
                       file=claim.file, language=language)  # fmt: skip


def _picture(catalogue: Catalogue, claim: Shown) -> Mapping[str, Any]:
    """Return the values of a claim's picture; of `spoken` the first stand there that fit."""
    said = claim.document.card.language
    spoken = [_spoken(claim.tongue.quoted(text), said) for text in excerpts(claim.card.quote, said)]
    spoken.append(_spoken(claim.title, claim.language or catalogue.library.site.language))
    return {"claim": claim, "spoken": spoken, "steps": steps(catalogue.library, claim.verdict)}


def _spoken(text: str, language: str) -> tuple[str, str, bool]:
    """Return words with their language, and whether it runs from right to left."""
    return text, language, right_to_left(language)


def illustrated(page: Page, images: Mapping[str, Image]) -> Page:
    """Return a page with its own image, else with the one of the site."""
    if not images:
        return page
    home = images.get(addresses.picture(addresses.HOME))
    return page._replace(image=images.get(addresses.picture(page.address), home))


def illustrations(images: Mapping[str, Image]) -> Mapping[str, list[Image]]:
    """Return the images by the address of their document; that of the site has none."""
    found: dict[str, list[Image]] = {}
    for address, image in images.items():
        folder = addresses.document(address.split("/")[1]) if "/" in address else addresses.HOME
        found.setdefault(folder, []).append(image)
    return found


def embeds(catalogue: Catalogue, claim: Shown) -> Iterator[Page]:
    """Yield the page of a claim that others frame, and how they are told of it (oEmbed 1.0)."""
    address, title = addresses.embed(claim.id), claim.headline
    yield Page(address, "embed.html", title, "", showing(claim=claim), listed=False, file=claim.file)
    yield _told(catalogue, claim, claim.id)


def moved(catalogue: Catalogue, claim: Shown) -> Iterator[Page]:
    """Yield the same at each address that a claim had."""
    for former in claim.card.formerly:
        to = showing(to=addresses.embed(claim.id))
        yield _told(catalogue, claim, former)
        yield Page(addresses.embed(former), "redirect.html", claim.headline, "", to, listed=False)


def _told(catalogue: Catalogue, claim: Shown, name: str) -> Page:
    values = partial(_oembed, catalogue.library.site, claim)
    return Page(addresses.oembed(name), "oembed.json", claim.headline, "", values, listed=False)


def _oembed(site: Site, claim: Shown) -> Mapping[str, Any]:
    """Return what oEmbed calls a rich response, section 2.3.4 of its specification."""
    data = {
        "version": "1.0",
        "type": "rich",
        "title": claim.headline,
        "provider_name": site.title,
        "provider_url": absolute(site, addresses.HOME),
        "html": str(frame(site, claim)),
        "width": WIDTH,
        "height": height(claim),
    }
    return {"data": data}


def frame(site: Site, claim: Shown) -> Markup:
    """Return the HTML by which another site frames a claim."""
    address, title = escape(absolute(site, addresses.embed(claim.id))), escape(claim.headline)
    return Markup(
        f'<iframe src="{address}" width="{WIDTH}" height="{height(claim)}" title="{title}" '
        'style="max-width:100%;border:0" loading="lazy"></iframe>'
    )


def code(site: Site, claim: Shown) -> Markup:
    """Return the same as words that a page shows; quotation marks need no escape there."""
    return Markup(html.escape(str(frame(site, claim)), quote=False))


def height(claim: Shown) -> int:
    """Return how many pixels of height a claim needs in a frame of WIDTH, without scrolling."""
    card = claim.card
    judgement = card.then.judgement if card.then else None
    off_axis = "" if claim.verdict.value else claim.verdict.meaning
    below = card.withdrawn.reason if card.withdrawn else judgement or card.uncheckable or off_axis
    parts = ((claim.words, 46, 28), (card.summary, 62, 25), (below, 76, 19))
    return 174 + sum(pixels * -(-len(text) // characters) for text, characters, pixels in parts)
