"""What fuzzing begins with: the cards and texts of the tests, laid into a folder at run time."""

import sys
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

import atheris
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
# A kind of card is named by the first byte of an input.
KINDS = (
    "site.yaml", "verdicts.yaml", "topics.yaml", "ratings.yaml", "speakers/x.yaml", "timelines/x.yaml",
    "documents/x/document.yaml", "documents/x/proof.yaml", "documents/x/y.yaml", "documents/x/text.txt",
    "translations/nb/verdicts.yaml", "translations/nb/x/y.yaml", "pages/x.md",
)  # fmt: skip


def cards() -> Iterable[bytes]:
    """Yield each card of the small sites, and each piece of a wrong or hostile one, with its kind."""
    for top in ("small", "translated"):
        for path in sorted((ROOT / "tests" / top).rglob("*.*")):
            for number, name in enumerate(KINDS):
                if Path(name).name in (path.name, f"x{path.suffix}", f"y{path.suffix}"):
                    yield bytes([number]) + path.read_bytes()
    for text in (*wrong(), *hostile()):
        yield bytes([KINDS.index("documents/x/y.yaml")]) + text.encode()


def texts() -> Iterable[bytes]:
    """Yield texts that are Markdown, or could be."""
    yield from (path.read_bytes() for path in sorted((ROOT / "content/pages").glob("*.md")))
    yield from (text.encode() for text in (*wrong(), *hostile()))


def wrong() -> Iterable[str]:
    """Yield what the cases of wrong cards write."""
    for path in sorted((ROOT / "tests/wrong").glob("*.md")):
        yield from path.read_text("utf-8").split("```")[1::2]


def hostile() -> Iterable[str]:
    """Yield the hostile texts."""
    table = yaml.safe_load((ROOT / "tests/hostile/texts.yaml").read_text("utf-8"))
    yield from table["inert"]
    yield from (text for texts in table["refused"].values() for text in texts)


def fuzz(name: str, seeds: Iterable[bytes], longest: int, test: Callable[[bytes], None]) -> None:
    """Try a test for as many seconds as the command line says; what fails is kept in .cache/fuzz/."""
    folder = ROOT / ".cache/fuzz"
    corpus = folder / name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        (corpus / sha256(seed).hexdigest()[:20]).write_bytes(seed)
    # What is watched takes a hundred times as long: thirty seconds here are less than one.
    bounds = ["-timeout=30", "-rss_limit_mb=2048", f"-max_len={longest}", "-print_final_stats=1"]
    words = [sys.argv[0], f"-max_total_time={sys.argv[1]}", f"-artifact_prefix={folder}/{name}-", *bounds]
    atheris.Setup([*words, str(corpus)], test)
    atheris.Fuzz()
