"""What we use of others is listed with its licence: docs/licences.md. `pytest --accept` writes the tables."""

import re
from importlib.metadata import PackageNotFoundError, metadata

from conftest import ROOT
from fontTools.ttLib import TTFont

PAGE = ROOT / "docs/licences.md"
COPYRIGHT, LICENCE_ADDRESS = 0, 14  # names in a font: OpenType, "name" table
FONTS = sorted((*(ROOT / "templates").rglob("*.woff2"), *(ROOT / "templates").rglob("*.ttf")))


def listed(heading: str) -> dict[str, tuple[str, ...]]:
    """Return the rows of the table below a heading, by their first cell."""
    section = PAGE.read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")]
    return {name.strip("`"): tuple(cells) for name, *cells in rows[1:]}


def take(heading: str, rows: dict[str, tuple[str, ...]]) -> None:
    text = PAGE.read_text("utf-8")
    start = text.index("|---|", text.index(f"## {heading}\n"))
    start = text.index("\n", start) + 1
    end = text.index("\n\n", start - 1)
    lines = [f"| `{name}` | {' | '.join(cells)} |" for name, cells in rows.items()]
    PAGE.write_text(text[:start] + "\n".join(lines) + text[max(end, start - 1) :], "utf-8")


def packages() -> dict[str, tuple[str, ...]]:
    """Return what the lock, pyproject.toml and the packages themselves say."""
    asked = (ROOT / "pyproject.toml").read_text("utf-8").partition("dependencies = [")[2].partition("\n]")[0]
    reasons = dict(re.findall(r'"([a-z0-9-]+)[^"]*", +# (.*)', asked))
    found = {}
    for block in re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text("utf-8")):
        name, below = block.split("==")[0], block.partition("# via")[2]
        askers = ", ".join(re.findall(r"[a-z][a-z0-9-]+", below))
        found[name] = (licence(name), reasons.get(name) or f"comes with {askers}")
    return found


def licence(name: str) -> str:
    """Return the licence of a package in its own words; of one that this system does not need, as listed."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return listed("Packages").get(name, ("?",))[0]
    classes = [
        word.rpartition(" :: ")[2] for word in told.get_all("Classifier", []) if word.startswith("License")
    ]
    return (
        told.get("License-Expression") or (told.get("License") or "").partition("\n")[0] or ", ".join(classes)
    )


def test_every_package_is_listed_with_its_licence_and_its_reason(accept: bool):
    found = packages()
    if accept:
        take("Packages", found)
    assert listed("Packages") == found
    assert all(all(cells) and "?" not in cells for cells in found.values())


def test_every_font_is_listed_and_has_its_licence_beside_it(accept: bool):
    names = {str(path.relative_to(ROOT)): TTFont(path)["name"] for path in FONTS}
    found = {path: (str(name.getDebugName(COPYRIGHT)),) for path, name in names.items()}
    if accept:
        take("Fonts", found)
    assert listed("Fonts") == found
    for path, name in zip(FONTS, names.values(), strict=True):
        assert re.search("OFL|Open Font License", str(name.getDebugName(LICENCE_ADDRESS)))
        beside = [text.read_text("utf-8") for text in path.parent.glob("OFL-*.txt")]
        copyright_line = str(name.getDebugName(COPYRIGHT))
        assert any(copyright_line in text and "SIL OPEN FONT LICENSE" in text for text in beside), path
    assert all(
        f"templates/{folder}/" in (ROOT / "LICENSE").read_text("utf-8") for folder in ("assets", "share")
    )
