"""Beginning: how a new card comes into the folder."""

import sys
from argparse import Namespace
from pathlib import Path

from . import scaffold
from .interview import Desk, complete
from .library import read_library
from .quotes import normalise
from .selection import is_text
from .terminal import report


def run(options: Namespace) -> int:
    """Write a commented draft of a card where it belongs; in a terminal, ask for what is missing.

    Returns 0, 1 where it cannot be written, 2 where it was not said what it needs.
    """
    library, problems = read_library(options.root)
    if library is None:
        report(problems)
        return 1
    said = {name[6:]: value for name, value in vars(options).items() if name[:6] == "given_" and value}
    ask = input if sys.stdin.isatty() else None
    former = scaffold.former(library)
    desk = Desk(library, ask, lambda file: file in former or (options.root / file).exists(), is_text)
    try:
        given, faults = complete(options.kind, said, desk)
    except (EOFError, KeyboardInterrupt):
        given, faults = {}, ["Nothing was written."]
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 2
    place = scaffold.path(options.kind, given)
    if place in former:
        print(f"{former[place]}; nothing was written.", file=sys.stderr)
        return 1
    path = options.root / place
    text = path.with_name("text.txt") if getattr(options, "keep_text", False) else None
    for file in (path, text):
        if file and file.exists():
            print(f"{file} exists already; it was left as it is.", file=sys.stderr)
            return 1
    if "text" in given:
        given["text"] = Path(given["text"]).read_text("utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(scaffold.draft(options.kind, given, library, options.today)[1], "utf-8")
    if text:
        text.write_text(normalise(given["text"]), "utf-8")
    print(f"{path}\nNext: {scaffold.following(options.kind, given)}")
    return 0
