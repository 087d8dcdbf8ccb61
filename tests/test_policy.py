"""What a page may do: its policies word for word, and a browser that opens every page and hears no breach."""

import html.parser
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from browsing import SUBPATH, TODAY, Heard, Publish, claims, opened, site
from conftest import DRAWN, ROOT
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from build import assemble
from factcheck.assets import digest

# The policy of each kind of page, word for word. Only the digest differs from page to page.
END = "base-uri 'none'; form-action 'none'"
PAGE = (
    "default-src 'none'; style-src-elem '{digest}'; style-src-attr 'unsafe-inline'; font-src 'self'; "
    f"img-src 'self'; script-src 'self'; connect-src 'self'; {END}"
)
FRAMED = f"default-src 'none'; style-src-elem '{{digest}}'; font-src 'self'; img-src 'self'; {END}"
KEPT = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    f"script-src '{{digest}}'; {END}"
)
MOVED = f"default-src 'none'; {END}"
DATA = "application/ld+json"  # is no script, and never run
LOADING = ("style", "link", "script", "img", "iframe", "a")


@pytest.fixture(scope="module", params=["real", "small"])
def files(request: pytest.FixtureRequest) -> Mapping[str, bytes]:
    """All files of the real site, and of the small one, which has redirects and what was withdrawn."""
    if request.param == "real":
        return site().files
    return assemble(ROOT / "tests/small", TODAY, address=SUBPATH, memory=DRAWN).files


def pages(files: Mapping[str, bytes]) -> dict[str, str]:
    found = {name: content.decode() for name, content in files.items() if name.endswith(".html")}
    assert len(found) > 80
    return found


class Bound(html.parser.HTMLParser):
    """What binds a page, and what it has that a policy speaks of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.policies: list[str] = []
        self.referrer: list[str] = []
        self.scripts: list[str] = []  # addresses
        self.inline: dict[str, list[str]] = {"style": [], "script": []}
        self.handlers: list[str] = []
        self.styled = self.late = False
        self._within, self._seen = "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if given.get("http-equiv", "").lower() == "content-security-policy":
            self.policies.append(given["content"])
            self.late = self.late or self._seen
        if given.get("name", "").lower() == "referrer":
            self.referrer.append(given["content"])
        self._seen = self._seen or tag in LOADING
        self.handlers += [name for name in given if name.startswith("on")]
        self.styled = self.styled or "style" in given
        if "src" in given and tag == "script":
            self.scripts.append(given["src"])
        elif tag == "style" or (tag == "script" and given.get("type") != DATA):
            self._within = tag
            self.inline[tag].append("")

    def handle_data(self, data: str) -> None:
        if self._within:
            self.inline[self._within][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._within = "" if tag == self._within else self._within


def bounds(name: str, page: str) -> tuple[str, str]:
    """Return the policy that a page must have, and which of its elements is named by its digest."""
    if 'http-equiv="refresh"' in page:
        return MOVED, ""
    if name.startswith("offline/"):
        return KEPT, "script"
    return (FRAMED if name.endswith("/embed/index.html") else PAGE), "style"


def test_every_page_has_its_policy_word_for_word(files: Mapping[str, bytes]):
    for name, page in pages(files).items():
        (policy, named), found = bounds(name, page), Bound(page)
        digests = [digest(text) for text in found.inline[named]] if named else [""]
        assert found.policies == [policy.format(digest=one) for one in digests], name
        assert not found.late, f"{name}: something is loaded before the policy stands"


def test_no_page_tells_others_where_a_reader_comes_from(files: Mapping[str, bytes]):
    for name, page in pages(files).items():
        assert Bound(page).referrer == ["no-referrer"], name
        assert "referrerpolicy" not in page.lower(), name


def test_no_page_has_a_script_or_style_that_its_policy_does_not_name(files: Mapping[str, bytes]):
    for name, page in pages(files).items():
        (policy, named), found = bounds(name, page), Bound(page)
        assert found.handlers == [], name
        assert len(found.inline["script"]) == (named == "script"), name
        assert len(found.inline["style"]) == (named != ""), name
        assert not found.styled or "style-src-attr" in policy or policy == KEPT, name
        assert all(re.fullmatch(r"[./\w]*assets/[\w.-]+\.js", source) for source in found.scripts), name
        assert not found.scripts or "script-src 'self'" in policy, name


WATCH = """
  addEventListener("securitypolicyviolation",
                   e => console.error(`violation of ${e.violatedDirective} by ${e.blockedURI}`), true);
"""
HEARD = "new Promise(done => setTimeout(done))"
LEFT = """async () => [
  document.cookie, localStorage.length, sessionStorage.length, await caches.keys(),
  await indexedDB.databases(), (await navigator.serviceWorker.getRegistrations()).length,
]"""
NOTHING = ["", 0, 0, [], [], 0]
LEFT_EARLY = "net::ERR_ABORTED"  # an icon, where the next page is opened before it has come


@contextmanager
def watched(browser: Browser) -> Iterator[tuple[Tab, Heard]]:
    """Open a tab that tells of every breach of a policy, and of what could not be loaded."""
    with opened(browser) as (tab, heard):
        tab.add_init_script(WATCH)
        tab.on("requestfailed", lambda lost: lost.failure == LEFT_EARLY or heard.said.append(lost.url))
        yield tab, heard


def test_no_page_breaks_its_policy_asks_others_or_leaves_anything(browser: Browser, publish: Publish):
    """Of the real site; those of the small one are opened in test_hostile.py, sown with hostile texts."""
    top = publish(site().files)
    wrong = {}
    with watched(browser) as (tab, heard):
        for name in pages(site().files):
            heard.clear()
            tab.goto(top + name.removesuffix("index.html"))
            tab.evaluate(HEARD)
            elsewhere = [url for url in heard.asked if not url.startswith((top, "data:"))]
            if found := heard.said + elsewhere:
                wrong[name] = found
        assert wrong == {}
        assert (tab.evaluate(LEFT), tab.context.cookies()) == (NOTHING, [])  # of all pages, in the end


def test_a_source_is_not_told_where_a_reader_comes_from(browser: Browser, publish: Publish):
    elsewhere = re.compile(r"^https://(?!127\.0\.0\.1)")
    address = publish(site().files) + claims()[0].address
    with opened(browser) as (tab, _):
        tab.route(elsewhere, lambda route: route.fulfill(body="<!doctype html><title>A source</title>"))
        tab.goto(address)
        with tab.expect_request(elsewhere) as asked:
            tab.locator(".sources a[rel=external]").first.click()
        assert "referer" not in asked.value.all_headers()


def test_a_breach_is_heard_of(browser: Browser, publish: Publish):
    """So that silence above means something."""
    breach = (
        '<p style="color:red" onclick="hit()">x<img src="https://other.example/x.png"><script>hit()</script>'
    )
    page = f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{MOVED}">{breach}'
    top = publish({"index.html": page.encode()})
    with watched(browser) as (tab, heard):
        tab.goto(top)
        tab.evaluate(HEARD)
        said = " ".join(heard.said)
    for directive in ("style-src-attr", "img-src", "script-src-elem"):
        assert f"violation of {directive}" in said
