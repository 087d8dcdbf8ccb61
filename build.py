#!/usr/bin/env python3
"""Build, check or serve a fact-check site. This file is the whole way from content to site."""

import datetime as dt
import io
import os
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

from factcheck import again, api, cards, drafts, letters, proof, rules, search, stamps
from factcheck.abroad import in_all
from factcheck.assets import read_assets
from factcheck.catalogue import Catalogue
from factcheck.changes import silent_changes
from factcheck.digest import tell
from factcheck.drawing import draw
from factcheck.earlier import NOTHING, Earlier
from factcheck.folder import read_folder
from factcheck.languages import all_unspoken, read_all
from factcheck.library import Library, read_library
from factcheck.manifest import manifest
from factcheck.memory import FILE, Memory, Remembering
from factcheck.mishaps import garbled
from factcheck.offline import books
from factcheck.options import read_options
from factcheck.output import Staging
from factcheck.pages import plan
from factcheck.problems import Finding, Problem, errors
from factcheck.progress import Progress
from factcheck.recall import recalling
from factcheck.renderer import Compiling, Renderer, read_templates
from factcheck.revisions import Version, library_at, versions
from factcheck.sections import Plan
from factcheck.selection import overlap, paths_of, ways_to
from factcheck.share import pictures
from factcheck.shelf import Shelf
from factcheck.site import Late, Site, draft, finish
from factcheck.sitemap import mapped
from factcheck.spread import LITTLE, seldom_collect
from factcheck.terminal import outgrowing, report, summary, unheard
from factcheck.words import Words

HERE = Path(__file__).resolve().parent


def assemble(  # noqa: PLR0913  (each is said by its name)
    root: Path,
    today: dt.date,
    *,
    address: str | None = None, repository: str | None = None, preview: bool = False,
    memory: Remembering | None = None, versions: Mapping[str, Version] | None = None,
    shelf: Shelf | None = None, progress: Progress | None = None, earlier: Earlier = NOTHING,
) -> Site:  # fmt: skip
    """Return the site that the content and templates below `root` make.

    Content without templates of its own is shown with those of this project. `address` and `repository`
    take the place of those in site.yaml; a preview shows drafts and has no pictures. `versions` gives by
    file the commit that last changed it. Files are laid on the `shelf`. What lies there and is made of what
    `memory` knows is not made again, nor what this process made `earlier`. `progress` is told the stages.
    """
    progress = progress or Progress()
    progress.stage("read")
    library, problems = read_library(root, memory, earlier)
    if library is None:
        return Site({}, sorted(problems))
    library = library.at(address, repository)
    progress.stage("check")
    found = memory if earlier is NOTHING else earlier.found
    problems += locate(root, rules.findings(library, today, found))
    if errors(problems):
        return Site({}, sorted(problems))
    looks, words, problems = appearance(root, library, problems)
    lacking = letters.lacking(library, letters.held(looks), found)
    templates = read_templates(looks)
    compiling = None if preview or len(library.claims) < LITTLE else Compiling(templates, words[0])
    library = proof.with_texts(library if preview else drafts.finished(library), found, earlier)
    shown = in_all(library, words, drafts=preview, versions=versions, earlier=earlier)
    if recall := recalling(shown, looks, memory, shelf):
        shown = recall.watch.catalogue
    renderer = Renderer(templates, read_assets(looks), shown, compiling)
    shelf = Shelf() if shelf is None else shelf
    progress.stage("draw")
    drawn = draw(renderer, () if preview else pictures(shown), looks, memory, shelf, progress)
    pages, apart = plan(shown, today, drawn.images), {"search": partial(search.fetched, shown)}
    make = draft if preview else partial(finish, shelf=shelf, recall=recall, progress=progress)
    late = gathered(shown, renderer, pages, None if preview else today)
    site = make(renderer, pages, renderer.assets.files, apart, late)
    problems += [*locate(root, [*lacking]), *drawn.problems, *site.problems]
    return replace(site, files={} if errors(problems) else site.files, problems=sorted(problems),
                   claims=len(shown.claims), of=(library.digest, stamps.of_files(looks)))  # fmt: skip


def gathered(shown: Catalogue, renderer: Renderer, pages: Plan, today: dt.date | None) -> Sequence[Late]:
    """Return by their folder the files that gather what others hold, to be made when those are there.

    The manifest, made last, is of a site that was made on a day: without one there is none.
    """
    lists = {"api": partial(api.lists, shown), "offline": partial(books, renderer, shown, pages)}
    last = [{"manifest": partial(manifest, shown.library.site, today)}] if today else []
    return [{"sitemap": partial(mapped, renderer, pages)}, lists, *last]


def appearance(
    root: Path, library: Library, problems: list[Problem]
) -> tuple[dict[str, bytes], list[Words], list[Problem]]:
    """Return the files of the templates, the words of each language, and problems with those found there."""
    looks, unreadable = read_folder(templates_of(root))
    words, unread = read_all([library.site.language, *library.languages], looks)
    unspoken = locate(root, [*all_unspoken(library, looks)])
    return looks, words, [*problems, *unreadable, *garbled(looks), *unread, *unspoken]


def templates_of(root: Path) -> Path:
    """Return the folder of the templates for a content: its own, else that of this project."""
    own = root / "templates"
    return own if own.is_dir() else HERE / "templates"


def locate(root: Path, findings: Sequence[Finding]) -> list[Problem]:
    """Return findings as problems at their lines."""
    raw = {}
    for file in {finding.file for finding in findings}:
        with suppress(OSError):  # it may be gone by now
            raw[file] = (root / file).read_bytes()
    return cards.locate(findings, raw)


def made(options: Namespace, memory: Memory, shelf: Shelf, progress: Progress, *, files: bool = True) -> Site:
    """Return the site of the content at hand, or only its problems; remember what was made."""
    address, repository = (vars(options).get(name) for name in ("address", "repository"))
    root, commits = options.root, versions(options.root)
    settings = [options.today, address, repository, sorted(commits.items())]
    if site := again.recall(memory, settings, root / "content", templates_of(root), shelf if files else None):
        return site
    site = assemble(root, options.today, address=address, repository=repository, memory=memory,
                    versions=commits, shelf=shelf, progress=progress)  # fmt: skip
    if not errors(site.problems):
        again.remember(memory, again.key(settings, *site.of), site, shelf)
    return site


def build(options: Namespace) -> int:
    """Make the site and bring it to its folder; touch nothing where an error stands."""
    folder = options.site or options.root / "site"
    progress = Progress(bars=sys.stderr.isatty())
    busy = f"Another build is writing to {folder}; this one waits for its end."
    try:
        memory = Memory(options.root / FILE)
        with memory, Staging(folder, partial(print, busy, file=sys.stderr), memory) as shelf:
            site = made(options, memory, shelf, progress)
            report(site.problems)
            if errors(site.problems):
                print(f"{summary(site.problems)} {folder} is as it was.", file=sys.stderr)
                return 1
            progress.stage("publish")
            done = shelf.publish()
    except OSError as error:
        print(f"The site was not written: {error}.", file=sys.stderr)
        return 1
    size = sum(filed.size for filed in shelf.filed.values())
    print(
        f"{site.claims} claims, {len(shelf)} files, {size / 1e6:.1f} MB in {folder}: "
        f"{done.written} written, {done.unchanged} unchanged, {done.removed} removed."
    )
    print(outgrowing(size) + (progress.timings() if options.timings else ""), end="", file=sys.stderr)
    return 0


def check(options: Namespace) -> int:
    """Say all that is wrong with the content; write nothing but, with --record, the proofs."""
    asked = {file: paths_of(file, options.root) for file in options.files}
    lacking = "There is no file or folder {} in content/ or templates/."
    missing = [lacking.format(file) for file in asked if not asked[file]]
    if options.texts and not options.texts.is_dir():
        missing.append(f"There is no folder {options.texts}.")
    if missing:
        print("\n".join(missing), file=sys.stderr)
        return 2
    proven, found = prove_quotes(options) if options.texts else (frozenset(), [])
    memory = Memory(options.root / FILE)
    with memory, tempfile.TemporaryDirectory() as at, Staging(Path(at)) as shelf:
        told = made(options, memory, shelf, Progress(bars=sys.stderr.isatty()), files=False).problems
    problems = [
        problem
        for problem in told
        if not (problem.code in proof.RECORDED and Path(problem.file).parent.name in proven)
    ]
    problems = sorted({*problems, *found, *(changed_silently(options) if options.since is not None else [])})
    if asked:
        meant = set().union(*asked.values())
        problems = [problem for problem in problems if overlap(ways_to(options.root / problem.file), meant)]
    report(problems, options.format)
    print(summary(problems))
    return 1 if errors(problems) or (problems and options.strict) else 0


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


def apart(module: str) -> Callable[[Namespace], int]:
    """Return a command whose module, and all that it needs, is loaded only when it is run."""
    return lambda options: int(import_module(f"factcheck.{module}").run(options))


def serve(options: Namespace) -> int:
    """Show the site in a browser, built anew at each save, drafts and problems included."""
    from factcheck.server import serve  # noqa: PLC0415  (only this command needs a server)

    earlier = Earlier()

    def make(saved: Collection[str]) -> Site:
        earlier.save(saved)
        return assemble(options.root, options.today, preview=True, earlier=earlier)

    return int(serve(make, options.root, options.port, options.host))


def verify(options: Namespace) -> int:
    """Say whether a published site is what this content makes, byte for byte."""
    from factcheck.verification import run  # noqa: PLC0415  (only this command needs it)

    return run(options, partial(assemble, options.root, versions=versions(options.root)))


def today() -> dt.date:
    """Return the day of SOURCE_DATE_EPOCH (reproducible-builds.org), else of the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch.isdigit() else dt.datetime.now(dt.UTC)
    return moment.date()


VERBS = {
    "build": build, "check": check, "diff": diff, "import": apart("reception"), "links": apart("rounds"),
    "new": apart("beginning"), "schema": apart("guides"), "serve": serve, "verify": verify,
}  # fmt: skip


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; return 0 where all is well, 1 where something is wrong with the content."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may lack letters
    seldom_collect()
    options = read_options(sys.argv[1:] if words is None else words, VERBS, HERE, today())
    try:
        return int(options.run(options))
    except BrokenPipeError:
        return unheard()


if __name__ == "__main__":
    sys.exit(main())
