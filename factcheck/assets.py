"""Assets: styles, script, fonts and icon, named by their digest and read once."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*([{};,>])\s*|\s+")
_URL = re.compile(r"url\(([a-z0-9.-]+)\)")


@dataclass(frozen=True)
class Assets:
    """What the site needs beside its pages.

    `files` are published under `assets/` with their digest in the name, `names` tells it by
    the plain name; `styles` are the style sheets by name, without comments and idle space.
    """

    files: Mapping[str, bytes]
    names: Mapping[str, str]
    styles: Mapping[str, str]

    def style(self, sheets: tuple[str, ...], rules: str, prefix: str) -> str:
        """Return the style of a page: the sheets that exist, then its own rules.

        `prefix` leads from the page to the top of the site, for the fonts.
        """
        text = "".join(self.styles.get(name, "") for name in sheets) + rules + self.styles.get("print", "")
        return _URL.sub(lambda match: f"url({prefix}{self.names[match[1]]})", text)


def read_assets(folder: Path) -> Assets:
    """Return the assets that stand in a folder; style sheets in `style/` below it."""
    files, names = {}, {}
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith("."):
            content = path.read_bytes()
            published = f"assets/{path.stem}.{fingerprint(content)}{path.suffix}"
            if path.suffix == ".txt":
                published = f"assets/{path.name}"
            files[published] = content
            names[path.name] = published
    styles = {path.stem: squeeze(path.read_text("utf-8")) for path in sorted(folder.glob("style/*.css"))}
    return Assets(files, names, styles)


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
