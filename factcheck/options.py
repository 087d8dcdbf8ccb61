"""The command line: which commands there are, what each understands, an example of each."""

import argparse
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from . import scaffold

Verb = Callable[[argparse.Namespace], int]


def read_options(
    words: Sequence[str], verbs: Mapping[str, Verb], root: Path, today: dt.date
) -> argparse.Namespace:
    """Return what the words on the command line say; without a command they say build.

    The verb to run is in `run`. Words that cannot be understood end the program with a
    sentence and exit code 2.
    """
    given = list(words)
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help")):
        given.insert(0, "build")
    common = _common(root, today)
    top = argparse.ArgumentParser(
        prog="build.py", description="Build, check or preview a fact-check site.",
        epilog="without a command it builds; each command has its own --help with an example",
    )  # fmt: skip
    commands = top.add_subparsers(metavar="command", title="commands", required=True)
    for name, (describe, line, example) in _COMMANDS.items():
        command = commands.add_parser(
            name, parents=[common], help=line, description=line[:1].upper() + line[1:] + ".",
            epilog=f"example: python build.py {example}",
        )  # fmt: skip
        command.set_defaults(run=verbs[name])
        if name == given[0]:
            describe(command)
    options = top.parse_args(given)
    if getattr(options, "record", False) and not options.texts:
        top.error("--record needs --texts DIR, the folder in which the texts of the documents are")
    return options


def _common(root: object, today: object) -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--root", type=Path, default=root, help="the folder that holds content/ and templates/"
    )
    common.add_argument(
        "--today", type=day, default=today, metavar="DAY", help="the day it is, as 2026-11-22"
    )
    return common


def _build(command: argparse.ArgumentParser) -> None:
    command.add_argument("--site", type=Path, help="the folder to build into (default: ROOT/site)")
    command.add_argument("--address", type=web_address, help="where the site will be published")
    command.add_argument("--repository", type=web_address, help="where its cards are kept, for edit links")
    command.add_argument("--timings", action="store_true", help="tell how long each stage took")


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", type=Path, nargs="*", help="show the problems of these files only")
    command.add_argument("--texts", type=Path, metavar="DIR", help="hold the quotes to the texts in DIR")
    command.add_argument("--record", action="store_true", help="with --texts: keep where quotes stand")
    command.add_argument(
        "--since", metavar="REVISION", help="compare with a git revision: nothing published changes silently"
    )
    command.add_argument(
        "--format",
        choices=("text", "github"),
        help="github annotates a pull request too; so it is in Actions",
    )
    command.add_argument("--strict", action="store_true", help="let warnings fail too")


def _diff(command: argparse.ArgumentParser) -> None:
    command.add_argument("revision", help="the git revision to compare with: main, HEAD~1, a commit")


def _import(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files", type=Path, nargs="+", metavar="FILE",
        help="ClaimReview as JSON, NDJSON or in a web page; a feed; a saved claims:search answer; a table",
    )  # fmt: skip
    command.add_argument("--columns", type=Path, metavar="FILE", help="which column of a table holds what")
    command.add_argument("--report", type=Path, metavar="FILE", help="write every single mend into FILE")


def _links(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--archive",
        action="store_true",
        help="find or make snapshots, and write them into the cards",
    )
    command.add_argument(
        "--report", type=Path, action="append", default=[], metavar="FILE",
        help="write the report into FILE, as JSON where it is named .json; may be given twice",
    )  # fmt: skip


def _nothing(_command: argparse.ArgumentParser) -> None:
    pass


def _new(command: argparse.ArgumentParser) -> None:
    kinds = command.add_subparsers(dest="kind", metavar="kind", title="kinds", required=True)
    for kind, made in scaffold.KINDS.items():
        common = _common(argparse.SUPPRESS, argparse.SUPPRESS)
        card = kinds.add_parser(kind, parents=[common], help=f"a {kind}", description=f"Begin a {kind}.")
        needed = card.add_argument_group("what it needs; in a terminal it is asked for")
        further = card.add_argument_group("what it may have")
        for name, line in scaffold.fields(kind).items():
            (needed if name in made.asked else further).add_argument(
                f"--{name.replace('_', '-')}", dest=f"given_{name}", metavar="TEXT",
                help=line.replace("%", "%%"),
            )  # fmt: skip
        if "text" in made.asked:
            further.add_argument("--keep-text", action="store_true", help="keep the text beside it: text.txt")


def _serve(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=port, default=8000, help="the port on this machine (8000)")
    command.add_argument(
        "--host",
        type=host,
        default="127.0.0.1",
        help="the address to listen on (127.0.0.1: nobody else can look)",
    )


def _verify(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "place", nargs="?", metavar="PLACE", help="a folder or an address (default: ROOT/site)"
    )


_COMMANDS: Mapping[str, tuple[Callable[[argparse.ArgumentParser], None], str, str]] = {
    "build": (_build, "build the site into site/", "build --address https://example.org/facts/"),
    "check": (_check, "say what is wrong with the content, and how to mend it", "check --since main"),
    "diff": (_diff, "tell what readers will see change since a git revision", "diff main"),
    "import": (_import, "bring the fact checks of others in, as drafts", "import data.json"),
    "links": (_links, "ask whether the sources are still there", "links --report links.json"),
    "new": (_new, "begin a card: a commented draft", "new speaker --id ines-holt"),
    "schema": (_nothing, "write what code editors, forms and docs/fields.md say of the fields", "schema"),
    "serve": (_serve, "preview the site in the browser while editing", "serve --port 8001"),
    "verify": (
        _verify,
        "say whether a published site is what this content makes",
        "verify https://example.org/",
    ),
}


def day(text: str) -> dt.date:
    """Return the day that an option gives."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is not a day; write it as 2026-11-22') from None


def port(text: str) -> int:
    """Return the port that an option gives."""
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f'"{text}" is no port; write a number from 1 to 65535')
    return int(text)


def host(text: str) -> str:
    """Return the address that the preview listens on and answers to; one that stands for all is none."""
    if text in ("", "0.0.0.0", "::", "*"):
        mend = "give that of this machine in your network, as 192.168.1.5"
        raise argparse.ArgumentTypeError(f'"{text}" is no address that others can ask for; {mend}')
    return text


def web_address(text: str) -> str:
    """Return the address that an option gives."""
    if not text.startswith(("https://", "http://")):
        raise argparse.ArgumentTypeError(f'"{text}" is no address; write it with https://')
    return text
