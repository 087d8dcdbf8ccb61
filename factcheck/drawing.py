"""Drawing: what a picture says becomes the picture, once.

Typst draws it with a template and fonts of the site's own; Pillow brings it down to a palette, which
makes 70 KB of it 20. What is drawn is remembered under all that went in. A picture for some of whose
characters there is no font is left out, and the editor is told.
"""

import contextlib
import io
import json
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .memory import FORGETTING, Remembering, key_of
from .output import write
from .page import Image, Page
from .problems import Problem, errors
from .progress import Progress
from .renderer import Renderer, render
from .shelf import Filed, Shelf
from .spread import spread

TEMPLATE = "share/card.typ"
_IDLE = (".md", ".txt")  # notes and licences: they change no picture
_FONTS = (".ttf", ".otf", ".ttc")
_COLOURS = 64
_LITTLE = 40  # pictures that are not worth a second process
_SIZE = 8  # bytes for the size of a picture
_PLACE = re.compile(r"([^/\s]+\.typ):(\d+):(\d+)")
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")  # Unicode categories of characters that need no glyph


@dataclass(frozen=True)
class Drawn:
    """Pictures as pages name them, by their address, and what is wrong."""

    images: Mapping[str, Image]
    problems: list[Problem]


def draw(  # noqa: PLR0913, PLR0917  (what is drawn, by what, where it goes, and who is told)
    renderer: Renderer,
    pages: Iterable[Page],
    looks: Mapping[str, bytes],
    memory: Remembering | None,
    shelf: Shelf,
    progress: Progress,
) -> Drawn:
    """Draw the pictures of which pages say in JSON what they show, each once, and lay them on a shelf.

    `looks` are the files of the templates. Without `share/card.typ` among them there are no pictures.
    """
    kit = {
        name: content
        for name, content in looks.items()
        if name.startswith("share/") and not name.endswith(_IDLE)
    }
    if TEMPLATE not in kit:
        return Drawn({}, [])
    shelf.open()
    shelf.look()
    memory = FORGETTING if memory is None else memory
    digest, images, problems = _digest(kit), {}, []
    texts: dict[bytes, str] = {}
    places: dict[bytes, list[str]] = {}
    for address, text, alt, faults in _said(renderer, pages, kit):
        problems += faults
        if not text:
            continue
        key = key_of(digest, text.encode())
        images[address] = Image(address, key.hex()[:8], alt)
        if filed := _published(key, address, memory, shelf):
            shelf.filed[address] = filed
        else:
            texts[key] = text
            places.setdefault(key, []).append(address)
    if not errors(problems):
        for key, picture in _drawn(kit, texts, memory, progress):
            if isinstance(picture, Problem):
                problems.append(picture)
                continue
            for address in places[key]:
                filed = shelf.filed[address] = shelf.lay(address, picture)
                memory[_told(key)] = filed.sha256 + filed.size.to_bytes(_SIZE, "big")
    return Drawn(images, sorted({*problems}))


def _published(key: bytes, address: str, memory: Remembering, shelf: Shelf) -> Filed | None:
    """Return a picture as it is published at an address, without reading it; None where it is not."""
    told = memory.get(_told(key))
    return shelf.recall(address, int.from_bytes(told[-_SIZE:], "big"), told[:-_SIZE]) if told else None


def _told(key: bytes) -> bytes:
    """Return the key under which the digest and the size of a picture are remembered."""
    return key_of(b"told", key)


def _said(
    renderer: Renderer, pages: Iterable[Page], kit: Mapping[str, bytes]
) -> Iterator[tuple[str, str, str, list[Problem]]]:
    """Yield by its address what each picture says, as JSON and in words, and what is wrong with it.

    What cannot be drawn says nothing.
    """
    asked, lacking = {page.address: page for page in pages}, _Lacking(kit)
    for address, (made, faults) in spread(lambda address: render(renderer, asked[address]), [*asked]):
        facts = {} if faults else json.loads(made)
        alt = facts.pop("alt", "")
        if missing := lacking.of(facts):
            yield address, "", "", [_without_font(asked[address], missing)]
        else:
            yield address, json.dumps(facts, ensure_ascii=False) if facts else "", alt, faults


def _drawn(
    kit: Mapping[str, bytes], texts: Mapping[bytes, str], memory: Remembering, progress: Progress
) -> Iterator[tuple[bytes, bytes | Problem]]:
    """Yield each picture with its key: those remembered, then the others, drawn and remembered."""
    missing = []
    for key in texts:
        if found := memory.get(key):
            yield key, found
        else:
            missing.append(key)
    pictures = _pictures(kit, [texts[key] for key in missing])
    for key, picture in zip(missing, progress.over(pictures, len(missing)), strict=False):
        if isinstance(picture, bytes):
            memory[key] = picture
        yield key, picture


def _digest(kit: Mapping[str, bytes]) -> bytes:
    """Return what tells this kit, and what draws with it, from any other."""
    versions = f"{version('typst')} {version('pillow')}".encode()
    files = (part for name in sorted(kit) for part in (name.encode(), kit[name]))
    return key_of(Path(__file__).read_bytes(), versions, *files)


def _pictures(kit: Mapping[str, bytes], texts: list[str]) -> Iterator[bytes | Problem]:
    """Yield the picture of each text, or what stands in its way; where a font does, that alone."""
    if not texts:
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write({name.removeprefix("share/"): content for name, content in kit.items()}, folder)
        problem = _unfit(folder)
        if problem:
            yield problem
            return
        for _, picture in spread(partial(_picture, folder), texts, little=_LITTLE, apart=True):
            yield picture


def _unfit(folder: Path) -> Problem | None:
    """Return the first font in a folder that Typst does not take."""
    taken = {Path(font.path).name for font in _fonts(folder).fonts() if font.path}
    for name in sorted(path.name for path in folder.rglob("*") if path.suffix.lower() in _FONTS):
        if name not in taken:
            mend = "It must be a sound TTF or OTF file with a PostScript name; WOFF is for browsers."
            return Problem(f"templates/share/{name}", 0, 0, "template", "Typst does not take this font", mend)
    return None


def _fonts(folder: Path) -> Any:
    import typst  # noqa: PLC0415  (only where something is drawn)

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@lru_cache(maxsize=1)
def _compiler(folder: Path) -> Any:
    import typst  # noqa: PLC0415

    return typst.Compiler(folder / "card.typ", folder, _fonts(folder), ignore_system_fonts=True)


def _picture(folder: Path, text: str) -> bytes | Problem:
    """Return what the template in a folder makes of a text, or what stands in its way."""
    import typst  # noqa: PLC0415

    try:
        drawn = _compiler(folder).compile(format="png", ppi=72, sys_inputs={"said": text}, timestamp=0)
    except typst.TypstError as error:
        return _fault(str(error.diagnostic), folder)
    return _in_few_colours(drawn) if isinstance(drawn, bytes) else _fault("it has two pages", folder)


def _in_few_colours(picture: bytes) -> bytes:
    from PIL import Image as Pixels  # noqa: PLC0415

    small = Pixels.open(io.BytesIO(picture)).convert("RGB")
    small = small.quantize(_COLOURS, Pixels.Quantize.FASTOCTREE, dither=Pixels.Dither.NONE)
    file = io.BytesIO()
    small.save(file, "PNG")
    return file.getvalue()


class _Lacking:
    """Finds the characters that no font of a kit can show."""

    def __init__(self, kit: Mapping[str, bytes]) -> None:
        from PIL import ImageFont  # noqa: PLC0415

        basic = ImageFont.Layout.BASIC
        self.fonts = []
        for name, raw in kit.items():
            if name.lower().endswith(_FONTS):
                with contextlib.suppress(OSError):  # a font that cannot be read is told where it is used
                    self.fonts.append(ImageFont.truetype(io.BytesIO(raw), 40, layout_engine=basic))
        self.boxes = [_look(font, "\uffff") for font in self.fonts]  # no font has that character
        self.known: dict[str, bool] = {}

    def of(self, value: Any) -> str:
        """Return the characters that are lacking for what a picture says, its marks left out."""
        texts = "".join(_texts(value))
        return "".join(sorted(character for character in set(texts) if not self.has(character)))

    def has(self, character: str) -> bool:
        """Return whether a font draws a character otherwise than one that it does not have."""
        if character not in self.known:
            pairs = zip(self.fonts, self.boxes, strict=True)
            unseen = unicodedata.category(character) in _UNSEEN or "\ufe00" <= character <= "\ufe0f"
            self.known[character] = unseen or any(_look(font, character) != box for font, box in pairs)
        return self.known[character]


def _look(font: Any, character: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(character)
    return mask.size, bytes(mask)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value if isinstance(value, list) else [value[name] for name in value if name != "marks"]:
            yield from _texts(part)


def _without_font(page: Page, missing: str) -> Problem:
    named = ", ".join(f'"{character}" (U+{ord(character):04X})' for character in missing[:10])
    more = f" and {len(missing) - 10} more" if len(missing) > 10 else ""
    return Problem(
        page.file or "content/site.yaml", 0, 0, "picture-font",
        f"no font for pictures has {named}{more}, so its picture is left out",
        "Put a font that has them into templates/share/, with its licence. Until then other sites show "
        "the picture of the site.",
        level="warning",
    )  # fmt: skip


def _fault(diagnostic: str, folder: Path) -> Problem:
    """Return what Typst says of the template as a problem at its line; its columns count from 0."""
    message = diagnostic.partition("\n")[0].removeprefix("error: ")
    place = _PLACE.search(diagnostic)
    file, line, column = (place[1], int(place[2]), int(place[3]) + 1) if place else ("card.typ", 0, 0)
    path = folder / file
    lines = path.read_text("utf-8", "replace").split("\n") if path.is_file() else []
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    mend = "Mend the template; no picture was made with it."
    return Problem(f"templates/share/{file}", line, column, "template", message, mend, excerpt)
