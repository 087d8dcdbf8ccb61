"""The look: every component in every state, as a reader's browser shows it."""

from functools import cache

import pytest
from browsing import TODAY, Publish, kinds, opened, site
from conftest import ROOT
from playwright.sync_api import Browser

from build import Site, assemble
from factcheck.assets import read_assets
from factcheck.folder import read_folder

SMALL = ROOT / "tests/small"


@cache
def small() -> Site:
    """Return the small site, which has the states that the content has not, drafts included."""
    return assemble(SMALL, TODAY, address="https://example.org/some/where/", preview=True)


@pytest.fixture
def address(publish: Publish) -> str:
    return publish(small().files)


# ---------- styles ----------

# Which selectors of the whole sheets match something on the page, and are not in its style?
MISSED = """whole => {
  const found = new Map();
  const walk = (rules, into) => { for (const rule of rules)
    if (rule.selectorText) into(rule.selectorText); else if (rule.cssRules) walk(rule.cssRules, into); };
  const split = text => text.match(/(?:[^,(]|\\((?:[^()]|\\([^()]*\\))*\\))+/g).map(one => one.trim());
  const STATES = /:(hover|focus|focus-visible|target|checked)(?![a-z-])/g;
  const sheet = new CSSStyleSheet; sheet.replaceSync(whole);
  const here = new Set;
  walk(document.styleSheets[0].cssRules, text => split(text).forEach(one => here.add(one)));
  const missed = new Set;
  walk(sheet.cssRules, text => split(text).forEach(one => {
    const bare = one.replace(/::[a-z-]+/g, "").replace(STATES, ":not(x)");
    if (!here.has(one) && document.querySelector(bare || "*")) missed.add(one);
  }));
  return [...missed];
}"""


def test_no_page_misses_a_style_that_could_touch_it(browser: Browser, publish: Publish, subtests):
    sheets = read_assets(read_folder(ROOT / "templates")[0]).styles
    address = publish(site().files)
    with opened(browser) as (tab, _):
        for kind, path in kinds().items():
            with subtests.test(kind):
                tab.goto(address + path)
                assert tab.evaluate(MISSED, "".join(sheets.values())) == []
