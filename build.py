#!/usr/bin/env python3
"""Build, check or serve a fact-check site. This file is the whole way from content to site."""

import datetime as dt
import io
import os
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from factcheck import cards, drafts, proof, rules, scaffold
from factcheck.addresses import file_of
from factcheck.assets import read_assets
from factcheck.audit import audit
from factcheck.catalogue import catalogue
from factcheck.changes import silent_changes
from factcheck.digest import tell
from factcheck.folder import read_folder
from factcheck.forms import forms
from factcheck.interview import Desk, complete
from factcheck.languages import read_words, unspoken
from factcheck.library import read_library
from factcheck.manual import manual
from factcheck.mishaps import garbled
from factcheck.options import read_options
from factcheck.output import write
from factcheck.pages import plan
from factcheck.problems import Finding, Problem, errors
from factcheck.quotes import normalise
from factcheck.renderer import Renderer, read_templates, render_all
from factcheck.revisions import library_at
from factcheck.schema import schemas, write_out
from factcheck.terminal import report, summary

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Site:
    """What content becomes: files by their path within the site, and what is wrong.

    `cards` names by file the card that a page shows, `claims` says how many there are.
    There are no files where an error stands in the way.
    """

    files: Mapping[str, bytes]
    problems: Sequence[Problem]
    cards: Mapping[str, str] = field(default_factory=dict)
    claims: int = 0


def assemble(
    root: Path,
    today: dt.date,
    *,
    address: str | None = None,
    repository: str | None = None,
    preview: bool = False,
) -> Site:
    """Return the site that the content and templates below `root` make.

    Content without templates of its own is shown with those of this project.
    `address` and `repository` take the place of those in site.yaml; a preview shows drafts.
    """
    library, problems = read_library(root)
    if library is None:
        return Site({}, sorted(problems))
    library = library.at(address, repository)
    problems += locate(root, rules.findings(library, today))
    if errors(problems):
        return Site({}, sorted(problems))
    own = root / "templates"
    looks, unreadable = read_folder(own if own.is_dir() else HERE / "templates")
    words, unread = read_words(library.site.language, looks)
    shown = catalogue(library if preview else drafts.finished(library), words, drafts=preview)
    assets = read_assets(looks)
    renderer = Renderer(read_templates(looks), assets, shown)
    pages = list(plan(shown, today))
    files, faults = render_all(renderer, pages)
    files |= assets.files
    problems += unreadable + garbled(looks)
    problems += unread + locate(root, unspoken(library.site.language, looks))
    problems += faults or audit(files)
    cards_of = {file_of(page.address): page.file for page in pages if page.file}
    return Site({} if errors(problems) else files, sorted(problems), cards_of, len(shown.claims))


def locate(root: Path, findings: Sequence[Finding]) -> list[Problem]:
    """Return findings as problems at their lines."""
    raw = {}
    for file in {finding.file for finding in findings}:
        with suppress(OSError):  # it may be gone by now
            raw[file] = (root / file).read_bytes()
    return cards.locate(findings, raw)


def build(options: Namespace) -> int:
    """Make the site and bring it to its folder; touch nothing where an error stands."""
    folder = options.site or options.root / "site"
    site = assemble(options.root, options.today, address=options.address, repository=options.repository)
    report(site.problems)
    if errors(site.problems):
        print(f"{summary(site.problems)} {folder} is as it was.", file=sys.stderr)
        return 1
    try:
        done = write(site.files, folder)
    except OSError as error:
        print(f"The site was not written: {error}.", file=sys.stderr)
        return 1
    size = sum(map(len, site.files.values())) / 1e6
    print(
        f"{site.claims} claims, {len(site.files)} files, {size:.1f} MB in {folder}: "
        f"{done.written} written, {done.unchanged} unchanged, {done.removed} removed."
    )
    return 0


def check(options: Namespace) -> int:
    """Say all that is wrong with the content; write nothing but, with --record, the proofs."""
    asked = {file: paths_of(file, options.root) for file in options.files}
    missing = [
        f"There is no file or folder {file} in content/ or templates/." for file in asked if not asked[file]
    ]
    if options.texts and not options.texts.is_dir():
        missing.append(f"There is no folder {options.texts}.")
    if missing:
        print("\n".join(missing), file=sys.stderr)
        return 2
    proven, found = prove_quotes(options) if options.texts else (frozenset(), [])
    problems = [
        problem
        for problem in assemble(options.root, options.today).problems
        if not (problem.code in proof.RECORDED and Path(problem.file).parent.name in proven)
    ]
    problems = sorted({*problems, *found, *(changed_silently(options) if options.since is not None else [])})
    if asked:
        meant = set().union(*asked.values())
        problems = [problem for problem in problems if overlap(ways_to(options.root / problem.file), meant)]
    report(problems, options.format)
    print(summary(problems))
    return 1 if errors(problems) or (problems and options.strict) else 0


def paths_of(file: Path, root: Path) -> set[Path]:
    """Return what a file or folder named on the command line can mean: nothing outside the content."""
    places = {way for name in ("content", "templates") for way in ways_to(root / name)}
    there = [path for path in (file, root / file) if path.exists() or path.is_symlink()]
    ways = [ways_to(path) for path in there]
    return {way for found in ways if any(w.is_relative_to(p) for w in found for p in places) for way in found}


def ways_to(path: Path) -> set[Path]:
    """Return the path from the top of the disk, as it is written and with links followed."""
    return {Path(os.path.abspath(path)), path.resolve()}  # noqa: PTH100  (the former keeps links)


def overlap(these: set[Path], those: set[Path]) -> bool:
    """Return whether of two files or folders one is the other or lies in it."""
    return any(a.is_relative_to(b) or b.is_relative_to(a) for a in these for b in those)


def changed_silently(options: Namespace) -> list[Problem]:
    """Return what changed since a git revision of all that was published, and is not on record."""
    after, _ = read_library(options.root)
    if after is None:
        return []  # why it cannot be read is told anyway
    before, unreadable = library_at(options.root, options.since)
    return unreadable + (locate(options.root, silent_changes(before, after)) if before else [])


def diff(options: Namespace) -> int:
    """Tell in Markdown what readers will see change since a git revision."""
    after, faults = read_library(options.root)
    if after is None:
        report(faults)
        return 1
    before, problems = library_at(options.root, options.revision)
    report(problems if errors(problems) else errors(faults))
    if errors(problems):
        return 1
    print(tell(before, after) if before else "Everything is new.")
    return 1 if errors(faults) else 0


def prove_quotes(options: Namespace) -> tuple[frozenset[str], list[Problem]]:
    """Hold the quotes to the texts at hand; return the documents held and what is not so.

    What was recorded earlier says nothing of a document that was held to its text just now.
    """
    library, _ = read_library(options.root)
    if library is None:
        return frozenset(), []
    proofs, findings = proof.prove(library, proof.texts_at_hand(library, proof.read_texts(options.texts)))
    for name, document in library.documents.items():
        digest = f"{document.card.text.sha256[:12]}..."
        missing = f"not checked here: no text in {options.texts} has the digest {digest}"
        held = f"{len(proofs[name].places)} quotes stand once in its text" if name in proofs else missing
        print(f"{name}: {held}.")
    if options.record and not findings:
        proof.record(options.root, proofs)
    return frozenset(proofs), locate(options.root, findings)


def serve(options: Namespace) -> int:
    """Show the site in a browser, built anew at each save, drafts and problems included."""
    from factcheck.preview import serve  # noqa: PLC0415  (only this command needs a server)

    def make() -> Site:
        return assemble(options.root, options.today, preview=True)

    return int(serve(make, options.root, options.port, options.host))


def new(options: Namespace) -> int:
    """Write a commented draft of a card where it belongs; in a terminal, ask for what is missing."""
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


def is_text(path: str) -> bool:
    """Return whether there is a file with text at a path."""
    try:
        return bool(Path(path).read_text("utf-8"))
    except (OSError, ValueError):
        return False


def schema(options: Namespace) -> int:
    """Write what editors are told of the fields: .vscode/schema/, .pages.yml and docs/fields.md."""
    library, problems = read_library(options.root)
    if library is None:
        report(problems)
        return 1
    known = {f"{name}.json": write_out(made) for name, made in schemas(library).items()}
    write(known, options.root / ".vscode/schema")
    (options.root / ".pages.yml").write_text(forms(library), "utf-8")
    (options.root / "docs").mkdir(exist_ok=True)
    (options.root / "docs/fields.md").write_text(manual(), "utf-8")
    print(f"{len(known)} schemas, .pages.yml and docs/fields.md in {options.root} are up to date.")
    return 0


def today() -> dt.date:
    """Return the day of SOURCE_DATE_EPOCH (reproducible-builds.org), else of the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch.isdigit() else dt.datetime.now(dt.UTC)
    return moment.date()


VERBS = {"build": build, "check": check, "diff": diff, "new": new, "schema": schema, "serve": serve}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; return 0 where all is well, 1 where something is wrong with the content."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may lack letters
    options = read_options(sys.argv[1:] if words is None else words, VERBS, HERE, today())
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())
