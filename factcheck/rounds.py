"""A round of the sources: every address that the cards name is asked for, and told what became of it.

What a server answered is remembered in `.cache/links.sqlite`, each answer as soon as it came: a round
that was stopped goes on where it was. What nobody answered is asked again in every round.
"""

import asyncio
import datetime as dt
import os
import ssl
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from tqdm import tqdm

from . import cited, gate
from .asking import Asker, Manners
from .bulletin import TO_DO, Bulletin, Kept, Place, Told, tell
from .cited import Mention
from .gate import Gate
from .insertion import with_field
from .library import Library, read_library
from .memory import Memory, Remembering, key_of
from .output import put
from .problems import errors
from .snapshots import Archive, Found
from .standing import Standing, is_doubtful, judge, made_up
from .target import host_of
from .terminal import report

LASTS = 6  # days for which "alive" is taken as still so: a weekly round asks anew
HOPELESS = 12  # hosts: where the first so many are all silent, it is the network that is
KEYS = "WAYBACK_KEYS"  # in the environment, as key:secret


@dataclass(frozen=True)
class Way:
    """How the network is reached."""

    manners: Manners = field(default_factory=Manners)
    resolve: gate.Resolve = gate.resolve
    allow: gate.Allow = gate.is_public
    trust: ssl.SSLContext | None = None
    archive: Mapping[str, Any] = field(default_factory=dict)  # how Archive is asked, where not as usual

    def asker(self, library: Library) -> Asker:
        """Return what asks, by a name that leads to those who run the site."""
        name = f"OnTheRecord-links/1.0 (+{library.site.address})"
        return Asker(name, Gate(self.resolve, self.allow), self.manners, self.trust)


@dataclass
class Round:
    """The addresses of a round, what is known of each, and since which day."""

    today: dt.date
    memory: Remembering
    known: dict[str, tuple[Standing, str]] = field(default_factory=dict)
    asked: int = 0
    silent: set[str] = field(default_factory=set)  # hosts
    heard: bool = False

    @property
    def is_hopeless(self) -> bool:
        """Whether nobody at all answers."""
        return not self.heard and len(self.silent) >= HOPELESS

    def recall(self, pages: Iterable[str]) -> list[str]:
        """Take what is remembered of some pages; return those that are to be asked."""
        for page in pages:
            found = kept_of(self.memory, page)
            if found and _lasts(*found, self.today):
                self.known[page] = found
        return [page for page in pages if page not in self.known]

    def learn(self, page: str, standing: Standing) -> None:
        """Take what became of a page, and remember it where a server said so."""
        self.known[page], self.asked = (standing, self.today.isoformat()), self.asked + 1
        if standing.status:
            self.heard = True
            self.memory[_key(page)] = _ENTRY.dump_json(self.known[page])
        elif standing.state != "not-asked":
            self.silent.add(host_of(page))


_ENTRY: TypeAdapter[tuple[Standing, str]] = TypeAdapter(tuple[Standing, str])


def _key(page: str) -> bytes:
    return key_of(b"standing 1", page.encode())


def kept_of(memory: Remembering, page: str) -> tuple[Standing, str] | None:
    """Return what is remembered of a page, and the day of which it is."""
    raw = memory.get(_key(page))
    try:
        return _ENTRY.validate_json(raw) if raw else None
    except ValidationError:
        return None


def _lasts(standing: Standing, day: str, today: dt.date) -> bool:
    days = (today - dt.date.fromisoformat(day)).days
    return 0 <= days <= (LASTS if standing.state == "alive" else 0)


async def ask_all(asker: Asker, pages: Sequence[str], told: Round) -> None:
    """Ask for pages, hosts side by side; stop early where nobody answers."""
    hosts: dict[str, list[str]] = {}
    for page in pages:
        hosts.setdefault(host_of(page), []).append(page)
    room = asyncio.Semaphore(asker.manners.hosts)
    with tqdm(total=len(pages), desc="asking", unit="page", disable=None, leave=False) as bar:

        async def visit(ours: Sequence[str]) -> None:
            async with room:
                for page in ours:
                    if not told.is_hopeless:
                        told.learn(page, await standing_of(asker, page))
                    bar.update()

        await asyncio.gather(*(visit(ours) for ours in hosts.values()))


async def standing_of(asker: Asker, page: str) -> Standing:
    """Return what became of a page; where that is in doubt, by the help of one that nobody made."""
    answer = await asker.ask(page)
    return judge(page, answer, await asker.ask(made_up(page)) if is_doubtful(page, answer) else None)


async def keep_all(archive: Archive, root: Path, found: Sequence[Mention], told: Round) -> list[Kept]:
    """Find a snapshot for each page that a card names without one, and write it into the cards."""
    owing: dict[str, list[Mention]] = {}
    for mention in found:
        if mention.owes:
            owing.setdefault(mention.page, []).append(mention)
    named = {one.page: one.archived for one in found if one.archived}
    kept = []
    for page, ours in tqdm(owing.items(), desc="archiving", unit="page", disable=None, leave=False):
        state = told.known[page][0].state
        if state == "not-asked":
            continue
        snapshot = Found(named[page] or "") if page in named else await _sought(archive, ours[0], state)
        unwritten = _write(root, ours, snapshot.address) if snapshot.address else []
        by_hand = f"write it by hand into {', '.join(unwritten)}: {snapshot.address}" if unwritten else ""
        done = snapshot.address if len(unwritten) < len(ours) else ""
        kept.append(Kept(address=page, snapshot=done, note=snapshot.note or by_hand))
    return kept


async def _sought(archive: Archive, mention: Mention, state: str) -> Found:
    """Return the snapshot closest to the day on which a page was read, else a new one if it is alive."""
    if state == "soft-404" and not mention.day:
        return Found(note="the newest snapshots may show nothing either, and no day says which to take")
    found = await archive.closest(mention.page, mention.day)
    if found.address or state != "alive" or not archive.keys:
        return found
    return await archive.save(mention.page)


def _write(root: Path, ours: Sequence[Mention], snapshot: str) -> list[str]:
    """Write a snapshot below each mention of its page; return the files where that cannot be done."""
    unwritten = []
    for mention in ours:
        path = root / mention.file
        try:
            made = with_field(path.read_bytes(), mention.path, mention.address, "archived", snapshot)
            if made:
                put(path, made)
        except OSError:
            made = None
        if not made:
            unwritten.append(mention.file)
    return unwritten


def bulletin_of(found: Sequence[Mention], raw: Mapping[str, bytes], told: Round) -> Bulletin:
    """Return what a round found, the most urgent first."""
    at: dict[str, list[Place]] = {}
    for mention, (line, column) in zip(found, cited.places(found, raw), strict=True):
        name = ".".join(map(str, mention.path))
        at.setdefault(mention.page, []).append(Place(file=mention.file, line=line, column=column, field=name))
    urgency = list(TO_DO)
    addresses = [
        Told(address=page, asked=day, places=tuple(at[page]), **asdict(standing))
        for page, (standing, day) in told.known.items()
    ]
    addresses.sort(key=lambda one: (urgency.index(one.state), one.places[0].file, one.address))
    states = [one.state for one in addresses]
    return Bulletin(
        day=told.today.isoformat(),
        asked=told.asked,
        counts={state: states.count(state) for state in TO_DO},
        without_snapshot=len({one.page for one in found if one.owes}),
        addresses=tuple(addresses),
    )


Then = Callable[[Asker], Awaitable[list[Kept]]]


async def make_round(way: Way, options: Namespace, library: Library, told: Round) -> Bulletin | None:
    """Ask for every address of the cards, with --archive for snapshots too; None where nobody answers."""
    found = cited.mentions(library)
    raw = {file: (options.root / file).read_bytes() for file in {one.file for one in found}}
    asker = way.asker(library)
    await ask_all(asker, told.recall(list(dict.fromkeys(one.page for one in found))), told)
    if told.is_hopeless or (told.silent and not any(one.status for one, _ in told.known.values())):
        return None
    made = bulletin_of(found, raw, told)
    if options.archive:
        archive = Archive(asker, os.environ.get(KEYS, ""), **way.archive)
        kept = await keep_all(archive, options.root, found, told)
        made = made.model_copy(update={"archived": tuple(kept)})
    return made


def run(options: Namespace, way: Way | None = None) -> int:
    """Make a round as the command line says; return 0 where no address asks for an editor.

    1 where one does, 2 where the round could not be made.
    """
    library, problems = read_library(options.root)
    faults = [f"{file}: there is no folder to write it in." for file in options.report
              if not file.resolve().parent.is_dir()]  # fmt: skip
    if library is None or errors(problems) or faults:
        report(errors(problems))
        print("\n".join([*faults, "Nothing was asked."]), file=sys.stderr)
        return 2
    with Memory(options.root / ".cache/links.sqlite") as memory:
        try:
            made = asyncio.run(make_round(way or Way(), options, library, Round(options.today, memory)))
        except KeyboardInterrupt:
            print("Stopped. What was answered is remembered; run again to go on.", file=sys.stderr)
            return 2
    if made is None:
        print("Nobody answers. Is this machine connected to the network?", file=sys.stderr)
        return 2
    print(tell(made), end="")
    for file in options.report:
        is_data = file.suffix == ".json"
        put(file, (made.model_dump_json(indent=2) + "\n" if is_data else tell(made)).encode())
    return 0 if made.is_well else 1
