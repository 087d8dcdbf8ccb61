"""What other sites show of a page: its picture, the tags that name it, the page to frame, oEmbed."""

import datetime as dt
import io
import json
import math
import re
import shutil
from collections.abc import Mapping, Sequence
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest
from browsing import shown
from conftest import DRAWN, ROOT, STAND_INS
from PIL import Image, ImageChops

from build import Site, assemble
from factcheck import drawing
from factcheck.excerpt import excerpts
from factcheck.memory import Memory
from factcheck.output import Staging, Written
from factcheck.page import Page
from factcheck.problems import Problem
from factcheck.progress import Progress
from factcheck.shelf import Shelf
from factcheck.shown import Shown
from factcheck.words import right_to_left

TODAY = dt.date(2026, 11, 22)
KIT = {f"share/{path.name}": path.read_bytes() for path in sorted((ROOT / "templates/share").iterdir())}
BASE = (ROOT / "templates/assets/style/base.css").read_text("utf-8")
NOTO = Path("/usr/share/fonts/truetype/noto")
DROID = Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf")


@cache
def site() -> Site:
    return assemble(ROOT, TODAY, memory=DRAWN)


@cache
def small_site() -> Site:
    """The small site, with the project's own templates and so with pictures."""
    return assemble(ROOT / "tests/small", TODAY, memory=DRAWN)


class Head(HTMLParser):
    """Reads what a page says of itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta" and "content" in found:
            name = found.get("property") or found.get("name", "")
            assert name not in self.meta or name == "theme-color", name
            self.meta[name] = found["content"]
        if tag == "link":
            self.links[found.get("type", "")] = found["href"]


def head(of: Site, name: str) -> Head:
    return Head(of.files[name].decode())


def pixels(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("RGB")


# ---------- the pictures ----------


def test_every_page_of_claims_has_a_small_picture_of_the_right_size():
    pictures = {name: raw for name, raw in site().files.items() if name.endswith("card.png")}
    claims, documents = shown().claims, shown().documents
    assert set(pictures) == {
        "card.png",
        *(f"documents/{entry.id}/card.png" for entry in documents),
        *(f"{claim.address}card.png" for claim in claims),
        *(f"{claim.address}card.png" for other in shown().abroad.values() for claim in other.claims
          if claim.language),
    }  # fmt: skip
    for name, raw in pictures.items():
        image = Image.open(io.BytesIO(raw))
        assert (image.format, image.mode, image.size) == ("PNG", "P", (1200, 630)), name
        assert 5_000 < len(raw) <= 35_000, name
    assert len(set(pictures.values())) == len(pictures)


def test_the_bar_of_a_picture_has_the_colour_of_the_verdict():
    tokens = colours(BASE.partition("prefers-color-scheme:dark")[0])
    for claim in shown().claims:
        found = pixels(site().files[f"{claim.address}card.png"]).getpixel((600, 6))
        wanted = srgb(*map(float, tokens[claim.tone].split()))
        assert math.dist(found, wanted) < 4, claim.id


def test_the_sheets_that_stand_alone_have_the_colours_of_the_site():
    light, dark = BASE.split("prefers-color-scheme:dark", 1)
    embed = (ROOT / "templates/assets/style/embed.css").read_text()
    for wanted, own in zip((light, dark), embed.split("prefers-color-scheme:dark", 1), strict=True):
        known = colours(wanted)
        assert {name: known[name] for name in colours(own)} == colours(own)
        assert len(colours(own)) >= 11
    drawn = colours(KIT["share/card.typ"].decode())
    assert {name: colours(light)[name] for name in drawn} == drawn
    assert len(drawn) == 11


def colours(text: str) -> dict[str, str]:
    """Return the colours that a sheet or a template names, written alike."""
    found = re.findall(r"(?:--|#let |^ +)(\w+)(?:: ?| = )oklch\(([^)]+)\)", text, re.MULTILINE)
    return {
        name: " ".join(f"{number(part):g}" for part in re.split(r"[ ,]+", values)) for name, values in found
    }


def number(text: str) -> float:
    plain = float(text.rstrip("%deg"))
    return round(plain / 100, 6) if text.endswith("%") else plain


def srgb(lightness: float, chroma: float, hue: float) -> list[float]:
    """Return a colour of oklch in sRGB, 0 to 255 (CSS Color 4, section 18)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    lms = [
        (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3,
        (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3,
        (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3,
    ]
    rows = (
        (4.0767416621, -3.3077115913, 0.2309699292),
        (-1.2684380046, 2.6097574011, -0.3413193965),
        (-0.0041960863, -0.7034186147, 1.7076147010),
    )
    linear = [min(1, max(0, sum(x * y for x, y in zip(row, lms, strict=True)))) for row in rows]
    return [255 * (12.92 * x if x <= 0.0031308 else 1.055 * x ** (1 / 2.4) - 0.055) for x in linear]


# ---------- made once, the same everywhere ----------


def test_neither_a_second_drawing_nor_the_memory_changes_a_byte(tmp_path: Path):
    root = tmp_path / "elsewhere"
    shutil.copytree(ROOT / "tests/small/content", root / "content")
    memory: dict[bytes, bytes] = {}
    cold = assemble(root, TODAY, memory=memory)
    assert cold == small_site()  # drawn in another place, with nothing remembered
    asked = Counting(memory)
    assert assemble(root, TODAY, memory=asked) == cold
    assert asked.kept == 0
    del asked[next(key for key in asked if asked[key].endswith(ENDED))]
    assert assemble(root, TODAY, memory=asked) == cold
    assert asked.kept == 1


ENDED = b"IEND\xaeB`\x82"  # PNG, third edition, section 11.2.5


class Counting(dict[bytes, bytes]):
    """A memory that tells how often a new picture was kept."""

    kept = 0

    def __setitem__(self, key: bytes, value: bytes) -> None:
        self.kept += value.endswith(ENDED)
        super().__setitem__(key, value)


def with_label(label: str, root: Path) -> Path:
    """Make the small site with another word for the verdict that one claim has."""
    shutil.copytree(ROOT / "tests/small/content", root / "content")
    scale = root / "content/verdicts.yaml"
    text = scale.read_text("utf-8")
    assert text.count("label: Unproven") == 1
    scale.write_text(text.replace("label: Unproven", f"label: {label}"), "utf-8")
    return root


UNPROVEN = "documents/open-letter/known-ten-years/"


def test_what_changed_is_drawn_anew_and_nothing_else(tmp_path: Path):
    was, asked = small_site().files, Counting(DRAWN)
    now = assemble(with_label("Not proven", tmp_path / "site"), TODAY, memory=asked).files
    assert [name for name in now if name.endswith(".png") and now[name] != was[name]] == [
        f"{UNPROVEN}card.png"
    ]
    assert asked.kept == 1
    # Who keeps pictures by their address sees the new one; the file stays where it was.
    images = [Head(files[f"{UNPROVEN}index.html"].decode()).meta["og:image"] for files in (was, now)]
    assert images[0] != images[1]
    assert len({image.partition("?")[0] for image in images}) == 1


def test_a_memory_that_was_cut_or_spoiled_changes_no_byte(tmp_path: Path):
    said, file = {str(n): claim_card(f"claim {n}") for n in range(3)}, tmp_path / "memory.sqlite"
    cold = draw(said, KIT, {}).files
    for spoil in (
        bytes,
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:9000] + bytes(9000) + raw[18000:],
    ):
        with Memory(file) as memory:
            assert draw(said, KIT, memory).files == cold
        with Memory(file) as memory:
            assert draw(said, KIT, memory).files == cold
        file.write_bytes(spoil(file.read_bytes()))
        with Memory(file) as memory:
            assert draw(said, KIT, memory).files == cold


def test_a_picture_that_lies_there_is_not_even_taken_from_the_memory(tmp_path: Path):
    said, memory = dict.fromkeys(("a.png", "b.png"), claim_card("claim")), dict[bytes, bytes]()

    def published() -> tuple[Written, dict[str, bytes]]:
        pages = [Page(address, "card.json", "", "") for address in said]
        with Staging(tmp_path / "site") as shelf:
            drawing.draw(Saying(said), pages, KIT, memory, shelf, Progress())
            return shelf.publish(), {path.name: path.read_bytes() for path in (tmp_path / "site").iterdir()
                                     if path.is_file()}  # fmt: skip

    first, files = published()
    assert (first.written, len(files)) == (2, 2)
    [picture] = [key for key in memory if memory[key].endswith(ENDED)]
    memory[picture] = b"another picture"
    assert published() == (Written(written=0, unchanged=2, removed=0), files)
    memory[picture] = files["a.png"]
    (tmp_path / "site/b.png").write_bytes(b"touched")
    assert published() == (Written(written=1, unchanged=1, removed=0), files)


def test_every_part_of_the_kit_and_of_what_is_said_makes_another_key():
    said = {"words": [["x", "en"]], "alt": "described"}
    facts = [said, {**said, "words": [["y", "en"]]}]
    kits = [KIT, {**KIT, "share/card.typ": KIT["share/card.typ"] + b"\n"}, {**KIT, "share/more.ttf": FONT}]
    keys = {key(kit, fact) for kit in kits for fact in facts}
    assert len(keys) == 6
    assert key(KIT, {**said, "alt": "other words for the same"}) in keys


FONT = KIT["share/newsreader.ttf"]


def key(kit: Mapping[str, bytes], said: object) -> bytes:
    memory: dict[bytes, bytes] = {}
    images = draw({"a": said}, kit, memory).images
    return bytes.fromhex(images["a"].version)


class Saying:
    """Stands for a renderer: gives what a test says."""

    def __init__(self, said: Mapping[str, object]) -> None:
        self.said = said

    def render(self, page: Page) -> bytes:
        return json.dumps(self.said[page.address]).encode()


class Drawn(NamedTuple):
    files: Mapping[str, bytes]
    images: Mapping[str, object]
    problems: Sequence[Problem]


def draw(said: Mapping[str, object], kit: Mapping[str, bytes], memory: object) -> Drawn:
    pages = [Page(address, "card.json", "", "", file=f"content/{address}.yaml") for address in said]
    drawn = drawing.draw(Saying(said), pages, kit, memory, shelf := Shelf(), Progress())
    return Drawn(dict(shelf), drawn.images, drawn.problems)


# ---------- characters ----------


def test_a_picture_without_a_font_for_its_characters_is_left_out_and_the_editor_told(tmp_path: Path):
    made = assemble(with_label("Неясно 不明", tmp_path / "site"), TODAY, memory=dict(DRAWN))
    told = [str(problem) for problem in made.problems if problem.code == "picture-font"]
    assert told == [
        "content/documents/open-letter/known-ten-years.yaml:1:1: warning: no font for pictures has "
        '"Н" (U+041D), "е" (U+0435), "н" (U+043D), "о" (U+043E), "с" (U+0441), "я" (U+044F), "不" (U+4E0D), '
        '"明" (U+660E), so its picture is left out [picture-font]\n'
        "      Put a font that has them into templates/share/, with its licence. Until then other sites show "
        "the picture of the site."
    ]
    assert f"{UNPROVEN}card.png" not in made.files
    tags, site_tags = (head(made, name).meta for name in (f"{UNPROVEN}index.html", "index.html"))
    assert tags["og:image"] == site_tags["og:image"]
    assert tags["og:image:alt"] == site_tags["og:image:alt"]
    assert json.loads(made.files[f"{UNPROVEN}oembed.json"])["thumbnail_url"].endswith("/wexmere/card.png")


def test_what_needs_no_glyph_is_not_missed():
    drawn = draw({"a": claim_card("soft\u00adhyphen,\u00a0space,\u200bnone,\u2060heart\ufe0f Ł ő")}, KIT, {})
    assert not drawn.problems
    assert len(drawn.files) == 1


def claim_card(words: str, language: str = "en") -> dict[str, object]:
    """Return what a picture says, with these words on it."""
    ring = '<symbol id="x" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="currentColor"/></symbol>'
    return {
        "alt": "", "language": "en", "backwards": False, "tone": "v5", "verdict": "5", "line": "",
        "words": [[words, language, right_to_left(language)]], "steps": ["1", "5"], "step": 1,
        "diamonds": False, "counts": [], "marks": [ring, ring], "site": "5", "who": "5",
    }  # fmt: skip


def drawn_with(font: Path, *words: str, language: str) -> list[Image.Image]:
    """Draw words with one more font, each in a picture of its own; skip where the font is not at hand."""
    if not font.exists():
        pytest.skip(f"no {font.name} on this machine")
    kit = {**KIT, f"share/{font.name}": font.read_bytes()}
    made = draw({str(n): claim_card(text, language) for n, text in enumerate(words)}, kit, {})
    assert not made.problems
    return [pixels(made.files[str(n)]).crop((0, 20, 1200, 380)) for n in range(len(words))]


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return the box around what is drawn."""
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, picture.getpixel((2, 2)))).getbbox()
    assert box
    return box


def apart(words: str) -> str:
    """Return words whose letters may not join (U+200C between them)."""
    return "\u200c".join(words)


def test_arabic_is_joined_and_runs_from_the_right():
    font = NOTO / "NotoNaskhArabic-Regular.ttf"
    words = "سلام في 2022 مع NATO"
    joined, parted, reversed_, one, other = drawn_with(
        font, words, apart(words), words[::-1], "عام", "عمر", language="ar"
    )
    # Joined letters are narrower than letters each in its own form; a box would be as wide either way.
    assert ink(joined)[2] - ink(joined)[0] < 0.95 * (ink(parted)[2] - ink(parted)[0])
    assert joined.tobytes() != reversed_.tobytes()
    assert one.tobytes() != other.tobytes()
    assert ink(joined)[2] > 1100  # it begins at the right edge
    assert ink(joined)[0] > 300


def test_devanagari_forms_its_clusters():
    joined, parted, one, other = drawn_with(
        NOTO / "NotoSerifDevanagari-Regular.ttf", "क्रेमलिन", "क्\u200cरेमलिन", "हिन्दी", "हनिदी", language="hi"
    )
    assert joined.tobytes() != parted.tobytes()  # the conjunct of k and r, and the two beside each other
    assert ink(joined)[2] < ink(parted)[2]
    assert one.tobytes() != other.tobytes()


def test_chinese_is_broken_into_lines_without_spaces():
    long = "俄罗斯没有入侵乌克兰的计划克里姆林宫发言人在记者会上这样表示并且多次重复"
    one, other, whole = drawn_with(DROID, "俄罗斯", "乌克兰", long, language="zh")
    assert one.tobytes() != other.tobytes()  # no boxes in place of the characters
    assert ink(whole)[3] - ink(whole)[1] > 2.5 * (ink(one)[3] - ink(one)[1])
    assert ink(whole)[2] < 1130


def test_words_get_smaller_until_they_fit_and_none_is_cut():
    words = ["word " * n + "end" for n in (2, 8, 14, 24, 40, 60)]
    made = draw({str(n): claim_card(text.strip()) for n, text in enumerate(words)}, KIT, {})
    assert not made.problems
    for raw in made.files.values():
        left, top, right, bottom = ink(pixels(raw).crop((0, 12, 1200, 389)))
        assert top > 4
        assert bottom < 373
        assert left >= 60
        assert right <= 1140


# ---------- where a quote is long ----------


@pytest.mark.parametrize(
    ("quote", "shorter"),
    [
        ("A short one, with a comma", []),
        (
            "The ministers met in Geneva for eight hours on Monday, spoke of missiles, and left at night",
            [
                "The ministers met in Geneva for eight hours on Monday, spoke of missiles …",
                "The ministers met in Geneva for eight hours on Monday …",
            ],
        ),
        # What follows takes back what was said, or makes it depend on something.
        ("The troops will leave the border by the end of the month, unless they are fired at", []),
        ("The troops will leave the border by the end of the month, but that is for show. They stay", []),
        ("The troops will leave the border by the end of the month, so the ministry says", []),
        ("The troops will leave the border by the end of the month. Nobody believes it", []),
        # The cut would end within a negation, a condition, a bracket or a number.
        ("This was, at least on paper, not in any way, as is said, an attack on a neighbour", []),
        ("If the alliance takes in one more country in the east, Russia will attack in the spring", []),
        ("They stood (so the photographs of that week, taken from space, show) along the border", []),
        ("There were between 90,000 and 100,000 soldiers along the whole of the border by then", []),
    ],
)
def test_a_quote_is_cut_only_where_its_sense_stays(quote: str, shorter: list[str]):
    assert list(excerpts(quote, "en-GB")) == [quote, *shorter]
    assert list(excerpts(quote, "de")) == [quote]


def test_a_quote_that_cannot_be_cut_gives_way_to_our_short_form():
    long = "no reason at all " * 20
    said = claim_card(f"“{long}”")
    short = {**said, "words": [["Our own words", "en", False]]}
    both = {**said, "words": [[f"“{long}”", "en", False], ["Our own words", "en", False]]}
    made = draw({"short": short, "both": both}, KIT, {}).files
    assert pixels(made["both"]).tobytes() == pixels(made["short"]).tobytes()


# ---------- the switch, and templates that are wrong ----------


@pytest.mark.parametrize("preview", [True, False])
def test_without_a_template_and_in_the_preview_there_are_no_pictures(preview: bool, tmp_path: Path):
    root = tmp_path / "site"
    shutil.copytree(ROOT / "tests/small/content", root / "content")
    if not preview:
        left_out = shutil.ignore_patterns("share", "*.woff2", "*.svg", "s*.js", "*.css")
        shutil.copytree(ROOT / "templates", root / "templates", ignore=left_out)
        for name, raw in STAND_INS.items():
            (root / "templates/assets" / name).write_bytes(raw)
    made = assemble(root, TODAY, preview=preview, memory=Counting())
    assert made.files
    assert not [name for name in made.files if name.endswith(".png")]
    tags = head(made, "index.html").meta
    assert tags["twitter:card"] == "summary"
    assert not [name for name in tags if "image" in name]


def test_a_fault_of_the_template_is_told_at_its_line():
    kit = {**KIT, "share/card.typ": b'#let said = 1\n#no-such-thing("x")\n'}
    made = draw({"a": claim_card("x"), "b": claim_card("y")}, kit, {})
    assert [str(problem) for problem in made.problems] == [
        "templates/share/card.typ:2:2: error: unknown variable: no-such-thing [template]\n"
        '   2 | #no-such-thing("x")\n'
        "     |  ^\n"
        "      Mend the template; no picture was made with it."
    ]
    assert not made.files


@pytest.mark.parametrize("font", [b"no font", FONT[:200], b""])
def test_a_font_that_cannot_be_used_is_told(font: bytes):
    made = draw({"a": claim_card("x"), "b": claim_card("y")}, {**KIT, "share/broken.ttf": font}, {})
    assert [str(problem) for problem in made.problems] == [
        "templates/share/broken.ttf:1:1: error: Typst does not take this font [template]\n"
        "      It must be a sound TTF or OTF file with a PostScript name; WOFF is for browsers."
    ]


def test_a_template_reads_nothing_beside_its_folder(tmp_path: Path):
    (tmp_path / "secret").write_text("secret")
    kit = {**KIT, "share/card.typ": f'#read("{tmp_path}/secret")'.encode()}
    assert draw({"a": claim_card("x")}, kit, {}).problems


# ---------- tags ----------


def test_every_page_names_a_picture_that_is_there_and_says_it_in_words():
    top = shown().library.site.address
    for name in (name for name in site().files if name.endswith("index.html") and "/embed/" not in name):
        tags = head(site(), name).meta
        image, _, version = tags["og:image"].partition("?v=")
        assert image.startswith(top), name
        assert image.removeprefix(top) in site().files, name
        assert re.fullmatch(r"[0-9a-f]{8}", version)
        assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
        assert tags["twitter:card"] == "summary_large_image"
        assert 0 < len(tags["og:image:alt"]) <= 420  # what X takes
        assert tags["og:image:alt"] == tags["twitter:image:alt"]
        assert tags["og:url"] == top + name.removesuffix("index.html")


def test_a_claim_names_its_own_picture_verdict_quote_and_speaker():
    for claim in shown().claims:
        tags = head(site(), f"{claim.address}index.html").meta
        assert f"/{claim.address}card.png?" in tags["og:image"]
        date = f"{claim.tongue.long(claim.said)}{', inferred' if claim.inferred else ''}"
        who = f"{claim.speaker.card.name}, {date}"
        assert tags["og:image:alt"] == f"{claim.verdict.label}: {claim.words} {who}"
        assert tags["og:type"] == "article"
        assert tags["article:published_time"] == str(claim.card.published)
        assert "article:modified_time" not in tags


def test_a_corrected_claim_says_when_it_changed_and_a_withdrawn_one_says_so_in_its_picture():
    tags = head(small_site(), "documents/open-letter/length/index.html").meta
    assert tags["article:modified_time"] > tags["article:published_time"]
    withdrawn = "documents/council-reply/nobody-complained/"
    assert head(small_site(), f"{withdrawn}index.html").meta["og:image:alt"].startswith("Withdrawn: “")
    framed = small_site().files[f"{withdrawn}embed/index.html"].decode()
    assert "Withdrawn</p>" in framed
    assert "<title>Withdrawn: " in framed


# ---------- frames ----------


def frame_of(claim: Shown) -> dict[str, str]:
    """Return the attributes of the frame that a claim's oEmbed gives."""
    found: list[dict[str, str]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append({"tag": tag, **dict(attrs)})  # type: ignore
    parser.feed(json.loads(site().files[f"{claim.address}oembed.json"])["html"])
    assert [one.pop("tag") for one in found] == ["iframe"]
    return found[0]


def test_oembed_is_what_its_specification_asks_of_a_rich_response():
    top = shown().library.site.address
    for claim in shown().claims:
        page = head(site(), f"{claim.address}index.html")
        address = page.links["application/json+oembed"]
        assert address == f"{top}{claim.address}oembed.json"
        data = json.loads(site().files[address.removeprefix(top)])
        assert (data["version"], data["type"]) == ("1.0", "rich")
        assert data["title"] == page.meta["og:title"]
        assert (data["provider_name"], data["provider_url"]) == (shown().library.site.title, top)
        frame = frame_of(claim)
        assert (str(data["width"]), str(data["height"])) == (frame["width"], frame["height"])
        assert frame["src"].removeprefix(top) + "index.html" in site().files
        assert frame["title"] == data["title"]
        assert page.meta["og:image"].startswith(data["thumbnail_url"])
        assert (data["thumbnail_width"], data["thumbnail_height"]) == (1200, 630)


def test_the_code_on_the_page_is_that_of_oembed():
    for claim in shown().claims:
        page = site().files[f"{claim.address}index.html"].decode()
        code = re.search(r'<code id="frame">(.*?)</code>', page)
        assert code
        assert unescape(code[1]) == json.loads(site().files[f"{claim.address}oembed.json"])["html"]


def test_a_framed_page_is_small_unlisted_and_leads_out_of_its_frame():
    for claim in shown().claims:
        name = f"{claim.address}embed/index.html"
        text = site().files[name].decode()
        assert head(site(), name).meta["robots"] == "noindex"
        assert "frame-ancestors" not in text  # a meta element cannot say it; all may frame this
        links = re.findall(r"<a ([^>]*)>", text)
        assert len(links) == 2
        assert all('target="_top"' in link for link in links)
        assert "<script" not in text
        assert len(text.encode()) < 8_000
        assert f"{claim.address}embed/" not in site().files["sitemap.xml"].decode()


def test_an_address_that_a_claim_had_still_serves_frames_pictures_and_oembed():
    former, present = (f"documents/council-reply/{name}/" for name in ("two-millions", "repair-cost"))
    files = small_site().files
    assert b'content="0; url=../../repair-cost/embed/"' in files[f"{former}embed/index.html"]
    assert files[f"{former}card.png"] == files[f"{present}card.png"]
    data = [json.loads(files[f"{address}oembed.json"]) for address in (former, present)]
    assert data[0].pop("thumbnail_url") == data[1].pop("thumbnail_url").replace(present, former)
    assert data[0] == data[1]
