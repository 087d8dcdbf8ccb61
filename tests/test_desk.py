"""Where readers report an error: the page and the part are named, whatever letters they hold."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from factcheck.content import Site
from factcheck.desk import Desk
from factcheck.library import read_library
from factcheck.page import Page
from factcheck.words import ENGLISH

HERE = "https://check.example.org/wexmere/topics/a&b/"
ASKED = "What is wrong, and the source that shows it:\n"


@pytest.fixture
def site(small: Path) -> Site:
    library, _ = read_library(small)
    assert library
    return library.site


@pytest.mark.parametrize(
    ("repository", "shown"),
    [("https://github.com/a/b", "Error: topics/a&b/"), (None, f"Error: {HERE}")],
)
def test_an_error_is_reported_with_its_place(site: Site, repository: str | None, shown: str):
    given = site.model_copy(update={"repository": repository, "contact": "desk+web@example.org"})
    address = Desk(given, ENGLISH)(Page("topics/a&b/", "topic.html", "A + B", ""), "#why", "“Why” &amp; how")
    query = parse_qs(urlsplit(address).query, strict_parsing=True)
    top = f"{repository}/issues/new" if repository else "mailto:desk+web@example.org"
    assert address.startswith(f"{top}?")
    assert query["title" if repository else "subject"] == [shown]
    assert query["body"] == [f"Page: {HERE}#why\n“Why” & how\n\n{ASKED}"]
    assert repository or "+" not in address.removeprefix(top)  # a letter would show it


def test_a_page_that_is_not_listed_is_called_by_its_title(site: Site):
    given = site.model_copy(update={"repository": "https://github.com/a/b"})
    address = Desk(given, ENGLISH)(Page("404.html", "404.html", "Lost", "", listed=False))
    assert parse_qs(urlsplit(address).query)["title"] == ["Error: Lost"]
