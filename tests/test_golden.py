"""The small site, built: byte for byte what was accepted, whatever the machine that builds it.

`pytest --accept` takes what is built now as right and rewrites tests/golden; read its diff.
"""

import datetime as dt
import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import pytest
from conftest import ROOT

from build import assemble
from factcheck import claim, content
from factcheck.fields import Record
from factcheck.folder import read_folder
from factcheck.library import read_library
from factcheck.output import write

TODAY = dt.date(2026, 11, 22)
GOLDEN = ROOT / "tests/golden"
AGAIN = ("manifest.json", "SHA256SUMS")
HOME = "https://check.example.org/wexmere/"
KEPT = "https://example.com/wexmere/check"


def built(root: Path, **options: object) -> Mapping[str, bytes]:
    return compared(assemble(root, TODAY, **options).files)


def compared(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the files but for those that say once more what the others say."""
    return {name: files[name] for name in files if not name.startswith(("offline/", *AGAIN))}


def accepted() -> Mapping[str, bytes]:
    return read_folder(GOLDEN)[0]


def differences(was: Mapping[str, bytes], now: Mapping[str, bytes]) -> str:
    """Return how two sites differ, as one readable diff."""
    told = [f"only among the accepted: {name}" for name in was if name not in now]
    told += [f"only now: {name}" for name in now if name not in was]
    for name in was:
        if was[name] != now.get(name, was[name]):
            texts = [site[name].decode("utf-8", "backslashreplace").splitlines() for site in (was, now)]
            told += difflib.unified_diff(*texts, f"accepted/{name}", f"now/{name}", n=1, lineterm="")
    return "\n".join(told)


def test_the_small_site_is_what_was_accepted(small: Path, accept: bool):
    site = assemble(small, TODAY)
    assert [problem.code for problem in site.problems] == ["overdue"]
    if accept:
        write(compared(site.files), GOLDEN)
    told = differences(accepted(), compared(site.files))
    if told:
        pytest.fail(f"{told}\n\nIf this is meant: pytest --accept", pytrace=False)


def test_two_builds_are_equal(small: Path):
    assert assemble(small, TODAY) == assemble(small, TODAY)


def test_a_draft_is_shown_in_the_preview_only(small: Path):
    page = "documents/council-reply/ferry-ordered/index.html"
    files = accepted()
    assert page not in files
    assert [name for name, raw in files.items() if b"ferry-ordered" in raw or "Fähre".encode() in raw] == []
    preview = built(small, preview=True)
    assert '<span class="tag">Draft</span>' in preview[page].decode()
    assert "ferry-ordered" in preview["documents/council-reply/index.html"].decode()


def test_a_former_address_leads_to_the_present_one():
    page = accepted()["documents/council-reply/two-millions/index.html"].decode()
    assert '<meta http-equiv="refresh" content="0; url=../repair-cost/">' in page
    assert f'<link rel="canonical" href="{HOME}documents/council-reply/repair-cost/">' in page
    assert '<a href="../repair-cost/">' in page
    assert "two-millions" not in accepted()["sitemap.xml"].decode()


def test_a_withdrawn_claim_keeps_its_page_and_says_so():
    files = {name: raw.decode("utf-8", "replace") for name, raw in accepted().items()}
    page = files["documents/council-reply/nobody-complained/index.html"]
    assert "Withdrawn</p>" in page
    assert "should never have been rated" in page
    assert "ClaimReview" not in page
    assert "<title>Withdrawn: " in page
    assert "False" not in page.replace("Published as <b>False</b>", "")
    assert "Withdrawn" in files["corrections/index.html"]
    assert "Withdrawn: Nobody had complained" in files["feed.xml"]


def test_another_address_changes_addresses_only(small: Path):
    there = "https://example.net/deep/er/"
    was, now = accepted(), built(small, address=there)
    # The page for lost readers knows its place, and so does its style sheet.
    digests = [site["404.html"].decode().split("'")[3] for site in (was, now)]
    for name, raw in was.items():
        text = unfolded(raw).replace(*digests)
        for form in (str, quoted, lambda address: address.replace("https:", "webcal:")):
            text = text.replace(form(HOME), form(there))
        text = re.sub(r"""(?<=["(])/wexmere/""", "/deep/er/", text)
        text = text.replace('"site":"check.example.org"', '"site":"example.net"')
        assert unfolded(now[name]) == text, name
    assert f"Sitemap: {there}sitemap.xml" in now["robots.txt"].decode()
    assert 'href="/deep/er/"' in now["404.html"].decode()


def unfolded(raw: bytes) -> str:
    """Return a file as text, but for what a longer address moves: a calendar's breaks, weights, digests."""
    text = raw.decode("utf-8", "backslashreplace").replace("\r\n ", "")
    return re.sub(
        r'"(bytes|sha256|hash)": ?("[^"]*"|[0-9]+)', "", re.sub(r"weighs [0-9]+ KB", "weighs some KB", text)
    )


def quoted(address: str) -> str:
    return address.replace(":", "%3A").replace("/", "%2F")


def test_another_repository_changes_its_links_only(small: Path):
    there = "https://example.net/wexmere/facts"  # as long as the other, so that no page says it weighs more
    was, now = accepted(), built(small, repository=there)
    changed = {name: unfolded(raw.replace(KEPT.encode(), there.encode())) for name, raw in was.items()}
    assert changed == {name: unfolded(raw) for name, raw in now.items()}
    card = "content/documents/open-letter/length.yaml"
    page = now["documents/open-letter/length/index.html"].decode()
    assert f'<a href="{there}/edit/main/{card}">Edit this card</a>' in page
    assert f'<a href="{there}/issues/new?' in page


def test_without_a_repository_errors_go_to_the_contact(small: Path):
    path = small / "content/site.yaml"
    path.write_text(path.read_text("utf-8").replace(f"repository: {KEPT}\n", ""), "utf-8")
    page = built(small)["documents/open-letter/length/index.html"].decode()
    assert "mailto:desk@example.org" in page
    assert "Edit this card" not in page


MODELS = [
    model
    for module in (claim, content)
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, Record) and model is not Record
]


def uses(value: object) -> Iterator[tuple[str, str, object]]:
    """Yield every field of a card that says something, and every choice that it makes."""
    if isinstance(value, Record):
        for name, field in type(value).model_fields.items():
            part = getattr(value, name)
            if part != field.default:
                yield type(value).__name__, name, ""
            if isinstance(part, str):
                yield type(value).__name__, name, part
            yield from uses(part)
    elif isinstance(value, tuple | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from uses(part)


def choices(annotation: object) -> list[str]:
    """Return the words of a Literal, through what is optional."""
    words = get_args(annotation)
    return [w for w in words if isinstance(w, str)] + [c for w in words if get_args(w) for c in choices(w)]


def test_the_small_site_uses_every_field_and_every_choice(small: Path):
    library, _ = read_library(small)
    assert library
    entries = [
        *library.speakers.values(), *library.documents.values(), *library.claims.values(),
        *library.proofs.values(), *library.timelines.values(), *library.articles.values(),
    ]  # fmt: skip
    found = {
        use for card in (library.site, library.scale, library.subjects, library.ratings) for use in uses(card)
    }
    found |= {use for entry in entries for use in uses(entry.card)}
    every = {(model.__name__, name, "") for model in MODELS for name in model.model_fields}
    every |= {
        (model.__name__, name, word)
        for model in MODELS
        for name, field in model.model_fields.items()
        for word in choices(field.annotation)
    }
    assert sorted(every - found) == []
