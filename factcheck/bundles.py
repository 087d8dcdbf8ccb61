"""Bundles: which files are made together, and in which order other processes get them."""

import re
from collections.abc import Iterable, Sequence

from .notes import Job

_TOGETHER = 50  # files in a bundle
_AT_ONCE = 15  # bundles that go to another process together
_FORMS = re.compile(  # of a page or a feed; of all ClaimReviews
    r"\b((?:index|feed)\.)(?:html|json|xml)$"
    r"|^(api/claim)(?:review\.ndjson|review-feed\.json|s-search\.json|s\.jsonld)$"
)


def bundled(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Return files in bundles that are made or recalled together.

    A bundle is a folder that shows one thing, with the folders in it. What lies higher shows many
    things, each file others: it is alone but for the same in another form.
    """
    found: dict[str, list[str]] = {}
    for name in names:
        folder = name.rpartition("/")[0]
        outer = folder.rpartition("/")[0]
        own = folder if "/" in outer else name if "/" in folder else _FORMS.sub(r"\1\2", name)
        found.setdefault(outer if outer in found else own, []).append(name)
    return [
        tuple(some[at : at + _TOGETHER]) for some in found.values() for at in range(0, len(some), _TOGETHER)
    ]


def portions(apart: Iterable[str], jobs: Sequence[Job]) -> list[Sequence[Job | str]]:
    """Return what is to be done as it goes to other processes: what takes long first, and by itself.

    Pages in a folder of what is made apart are made with it: they tell of the same.
    """
    own = {folder: [job for job in jobs if job.names[0].startswith(f"{folder}/")] for folder in apart}
    others = [job for job in jobs if job.names[0].partition("/")[0] not in own]
    wide = sorted(filter(_is_wide, others), key=_holds_little)
    narrow = [job for job in others if not _is_wide(job)]
    some = (narrow[at : at + _AT_ONCE] for at in range(0, len(narrow), _AT_ONCE))
    together: list[Sequence[Job | str]] = [(folder, *made) for folder, made in own.items()]
    return [*together, *((job,) for job in wide), *some]


def _is_wide(job: Job) -> bool:
    """Return whether files lie so high that they may show all there is, which takes long."""
    return job.names[0].count("/") < 2


def _holds_little(job: Job) -> bool:
    """Return whether files hold less than the dumps do, which are made while a process holds little."""
    return not job.names[0].startswith("api/")
