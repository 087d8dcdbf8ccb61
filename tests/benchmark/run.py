"""What a build costs, and what the same pages cost in Hugo and Eleventy, pair by pair in one run.

    python tests/benchmark/run.py 100 1000 --runs 5

For each size a generated site is built as a whole process: from nothing, again with nothing
changed, again with one card changed. The rivals build the same pages from the same cards, in turn
with ours (A B A B); every ratio is of one pair, the tables show medians. Pictures for other sites
the rivals do not draw; so the pairs are without them. In the end cards are saved in the preview.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE)]

import equal  # noqa: E402
import makers  # noqa: E402
from makers import Maker  # noqa: E402
from measure import Cost, FailedError, machine, run  # noqa: E402

WORK = ROOT / "build/bench"
MANY = 1000
CASES = ("from nothing", "nothing changed", "one card changed")
RESULTS = re.compile(r"(?s)(<!-- results -->\n).*?(<!-- /results -->)")
# Costs by maker and case, run after run.
Costs = dict[str, dict[str, list[Cost]]]


def prepared(claims: int, work: Path, rivals: Sequence[str]) -> list[Maker]:
    """Make the content of one size, and of each rival that is installed; return who builds it."""
    root = work / f"{claims}"
    found = [makers.ours(_content(claims, root / name), name == "whole") for name in ("whole", "plain")]
    if not rivals:
        return found
    _do(HERE / "rivals/convert.py", found[1].folder, root, _styled(claims, work), *rivals)
    for name in rivals:
        maker = makers.RIVALS[name](root)
        if maker:
            found.append(maker)
        else:
            print(f"{name} is not installed: `make bench` does it, with npm for Eleventy.", file=sys.stderr)
    return found


def _content(claims: int, root: Path) -> Path:
    if not (root / "content").exists():
        _do(HERE / "content.py", str(claims), root)
    return root


def _styled(claims: int, work: Path) -> Path:
    """Return a small built site, whose styles the rivals borrow."""
    few = min(claims, 100)
    maker = makers.ours(_content(few, work / f"{few}/plain"), False)
    if not maker.site.exists():
        run(maker.command, maker.folder)
    return maker.site


def _do(*command: str | Path) -> None:
    """Run what makes content, which is not measured."""
    subprocess.run([sys.executable, *command], check=True)


def measured(found: Sequence[Maker], runs: int) -> Costs:
    """Return what each build cost, case by case, the makers in turn in every run.

    A rival that fails, for it may need more memory than there is, is told and left out.
    """
    costs: Costs = {maker.name: {case: [] for case in CASES} for maker in found}
    for number, case, maker in product(range(runs), CASES, found):
        if maker.name not in costs:
            continue
        try:
            costs[maker.name][case].append(_one(maker, case, number))
        except FailedError as failure:
            if maker in found[:2]:
                raise
            print(f"{maker.name} failed ({case}): {failure}", file=sys.stderr)
            del costs[maker.name]
    return costs


def _one(maker: Maker, case: str, number: int) -> Cost:
    if case == "from nothing":
        maker.forget()
    back = maker.edit(f"Edit {number + 1}:") if case == "one card changed" else None
    try:
        return run(maker.command, maker.folder, **maker.environment)
    finally:
        if back:
            back()


def report(claims: int, found: Sequence[Maker], costs: Costs) -> Iterator[str]:
    """Yield as Markdown what the builds of one size cost, in figures and in ratios."""
    times = len(costs[found[0].name][CASES[0]])
    yield f"### {claims:,} claims, {f'medians of {times} runs' if times > 1 else 'one run'}\n"
    yield "| Build | Case | Wall s | CPU s | Peak MB |"
    yield "|---|---|--:|--:|--:|"
    for name, cases in costs.items():
        for case, made in cases.items():
            cells = (median(cost.wall for cost in made), median(cost.cpu for cost in made))
            mark = " *" if any(cost.disturbed for cost in made) else ""
            peak = median(cost.peak for cost in made)
            yield f"| {name} | {case} | {cells[0]:.2f}{mark} | {cells[1]:.2f} | {peak:.0f} |"
    if any(cost.disturbed for cases in costs.values() for made in cases.values() for cost in made):
        yield "\n\\* Other processes were busy meanwhile: the wall clock says little, CPU seconds hold."
    yield from _ratios(found, costs)
    yield from _stages(costs)
    yield ""
    yield from equal.tables({maker.name: equal.weights(maker.site) for maker in found})
    yield ""


def _ratios(found: Sequence[Maker], costs: Costs) -> Iterator[str]:
    own, rivals = found[1].name, [maker.name for maker in found[2:]]
    if not rivals:
        return
    yield f"\nHow many times as much {own} takes, pair by pair: median (least to most).\n"
    yield "| Against | Case | Wall | CPU | Peak |"
    yield "|---|---|--:|--:|--:|"
    for name in rivals:
        for case in CASES:
            pairs = list(zip(costs[own][case], costs[name][case], strict=True))
            cells = [_spread([getattr(a, what) / getattr(b, what) for a, b in pairs])
                     for what in ("wall", "cpu", "peak")]  # fmt: skip
            yield f"| {name} | {case} | " + " | ".join(cells) + " |"


def _spread(ratios: Sequence[float]) -> str:
    return f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def _stages(costs: Costs) -> Iterator[str]:
    """Yield the share of each stage of the whole build, where build.py tells it."""
    name, cases = next(iter(costs.items()))
    told = [cost.stages for cost in cases[CASES[0]] if cost.stages]
    if told:
        seconds = {stage: median(one.get(stage, 0.0) for one in told) for stage in told[0]}
        whole = sum(seconds.values()) or 1.0
        yield f"\nStages of {name}, from nothing, seconds by the wall clock:\n"
        yield "| Stage | s | Share |\n|---|--:|--:|"
        for stage, taken in seconds.items():
            yield f"| {stage} | {taken:.2f} | {100 * taken / whole:.0f} % |"


def _waited(maker: Maker) -> Iterator[str]:
    """Yield how long it takes in the preview from a saved card to its page."""
    command = [sys.executable, HERE / "saves.py", maker.folder]
    took = subprocess.run(command, capture_output=True, text=True, check=False)
    if took.returncode:
        print(f"Saves were not measured: {took.stderr[-500:]}", file=sys.stderr)
    else:
        yield f"In the preview, from a saved card to its page in the browser: {took.stdout.strip()} ms.\n"


def likeness(found: Sequence[Maker]) -> Iterator[str]:
    """Yield how much of our bytes each rival writes, and how the words of sample pages differ.

    Pages that differ alike, but for the digits, stand in one line.
    """
    ours = sum(size for _, size in equal.weights(found[1].site).values())
    for rival in found[2:]:
        size = sum(size for _, size in equal.weights(rival.site).values())
        yield f"{rival.name} writes {100 * size / ours:.0f} % of the bytes of {found[1].name}."
        yield "Words of sample pages, ours and there:\n"
        alike: dict[str, list[str]] = {}
        for name, _, changes in equal.differences(found[1].site, rival.site):
            told = "; ".join([*changes[:4], *([f"{len(changes) - 4} more"] if len(changes) > 4 else [])])
            alike.setdefault(re.sub(r"\d+", "N", told) or "the same", []).append(name)
        for told, names in alike.items():
            yield f"- {names[0]}{f' and {len(names) - 1} more' if len(names) > 1 else ''}: {told}"
        yield ""


def _plain(costs: Costs) -> dict[str, dict[str, list[Mapping[str, object]]]]:
    return {name: {case: [vars(cost) for cost in made] for case, made in cases.items()}
            for name, cases in costs.items()}  # fmt: skip


def head(found: Sequence[Maker]) -> str:
    """Return the day, the machine and the versions, in a line."""
    facts = machine() | {maker.name: maker.version for maker in found[2:]}
    return "; ".join(f"{name}: {value}" for name, value in facts.items()) + ".\n"


def main(line: Sequence[str] | None = None) -> int:
    """Measure as the command line asks; print Markdown, keep it and the figures below build/bench/."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("claims", type=int, nargs="+")
    parser.add_argument("--runs", type=int, help="of each build, in turn (default: 3, of many claims 1)")
    parser.add_argument("--rivals", nargs="*", choices=[*makers.RIVALS], default=[*makers.RIVALS])
    parser.add_argument("--work", type=Path, default=WORK, help="where all is made (default: build/bench)")
    parser.add_argument("--record", type=Path, help="a Markdown file whose results are replaced")
    options = parser.parse_args(line)
    parts: list[str] = []
    kept: dict[int, object] = {}
    for claims in options.claims:
        found = prepared(claims, options.work, options.rivals)
        costs = measured(found, options.runs or (3 if claims <= MANY else 1))
        found = [maker for maker in found if maker.name in costs]
        told = [
            *([] if parts else [head(found)]),
            *report(claims, found, costs),
            *_waited(found[1]),
            *likeness(found),
        ]
        print("\n".join(told), flush=True)
        parts += told
        kept[claims] = _plain(costs)
    text = "\n".join(parts)
    (options.work / "results.md").write_text(text, "utf-8")
    (options.work / "results.json").write_text(json.dumps({"machine": machine(), "costs": kept}, indent=1))
    if options.record:
        page = options.record.read_text("utf-8")
        options.record.write_text(RESULTS.sub(lambda at: f"{at[1]}{text}\n{at[2]}", page), "utf-8")
    for away in options.work.glob(f"*/{makers.AWAY}*"):
        shutil.rmtree(away)
    return 0


if __name__ == "__main__":
    sys.exit(main())
