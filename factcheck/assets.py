"""Assets: styles, script, fonts and icon, named by their digest and read once."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from . import styles

LAST = ("forced", "print")  # what has the last word on every page

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*([{};,>])\s*|\s+")
_URL = re.compile(r"url\(([a-z0-9.-]+)\)")


@dataclass(frozen=True)
class Assets:
    """What the site needs beside its pages.

    `files` are published under `assets/` with their digest in the name, `names` tells it by
    the plain name; `styles` are the style sheets by name, without comments and idle space, and
    `scripted` the classes that scripts give to what they make.
    """

    files: Mapping[str, bytes]
    names: Mapping[str, str]
    styles: Mapping[str, str]
    scripted: frozenset[str] = frozenset()

    def style(self, sheets: tuple[str, ...], rules: str, prefix: str, used: frozenset[str]) -> str:
        """Return the style of a page: of the sheets that exist, of its own rules, and after `base` of LAST.

        `prefix` leads from the page to the top of the site, for the fonts; `used` are the classes
        that stand on the page.
        """
        last = LAST if "base" in sheets else ()
        parts = (*(self.styles.get(name, "") for name in sheets), rules)
        parts += tuple(self.styles.get(name, "") for name in last)
        used |= self.scripted
        text = styles.sparing("".join(styles.read_style(part).used(used) for part in parts), used)
        return _URL.sub(lambda match: f"url({prefix}{self.path(match[1])})", text)

    def path(self, name: str) -> str:
        """Return where an asset is published; ValueError where there is none of that name."""
        if name not in self.names:
            raise ValueError(f'there is no file "{name}" in templates/assets/')
        return self.names[name]


def read_assets(files: Mapping[str, bytes]) -> Assets:
    """Return the assets among the files of the templates: those in `assets/`.

    Style sheets stand in `assets/style/` and are not published on their own.
    """
    published: dict[str, bytes] = {}
    names, sheets, scripted = {}, {}, frozenset[str]()
    for path, content in files.items():
        match path.split("/"):
            case ["assets", "style", sheet] if sheet.endswith(".css"):
                sheets[sheet.removesuffix(".css")] = squeeze(content.decode("utf-8", "replace"))
            case ["assets", "letters.txt"]:
                pass  # for the build, not for readers
            case ["assets", name]:
                names[name] = f"assets/{_signed(name, content)}"
                published[names[name]] = content
                scripted |= styles.scripted(content.decode()) if name.endswith(".js") else frozenset()
    return Assets(published, names, sheets, scripted)


def _signed(name: str, content: bytes) -> str:
    """Return a file name that changes with the content; licences keep theirs."""
    stem, _, kind = name.rpartition(".")
    return name if kind == "txt" else f"{stem}.{fingerprint(content)}.{kind}"


def fingerprint(content: bytes) -> str:
    """Return eight letters that change with the content."""
    return hashlib.blake2b(content, digest_size=4).hexdigest()


def squeeze(style: str) -> str:
    """Return a style sheet without comments and without space that says nothing."""
    plain = _COMMENT.sub("", style)
    return _SPACE.sub(lambda match: match[1] or " ", plain).replace(";}", "}").strip()


def digest(text: str) -> str:
    """Return the SHA-256 of inline text, as a Content-Security-Policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
