"""Places: which card belongs at a path of the content folder, and what it is called there."""

import re
from collections.abc import Mapping

from .claim import Claim
from .content import Document, PageHead, Proof, Scale, Site, Speaker, Timeline, Topics
from .fields import ID, Record
from .problems import Problem
from .ratings import Ratings
from .translation import ScaleWords, Translation

_FOLDERS: Mapping[str, type[Record]] = {"speakers": Speaker, "timelines": Timeline}
SINGLES: Mapping[str, type[Record]] = {
    "site.yaml": Site, "verdicts.yaml": Scale, "topics.yaml": Topics,
}  # fmt: skip
_PLACES = (
    "site.yaml, verdicts.yaml, topics.yaml, ratings.yaml, speakers/<id>.yaml, timelines/<id>.yaml, "
    "documents/<id>/document.yaml, documents/<id>/<claim>.yaml, pages/<id>.md, "
    "translations/<language>/verdicts.yaml or translations/<language>/<document>/<claim>.yaml"
)


def model_of(name: str) -> type[Record] | None:
    """Return the model of the card at a path below `content/`, None where no card belongs."""
    match name.split("/"):
        case ["ratings.yaml"]:
            return Ratings
        case [single]:
            return SINGLES.get(single)
        case ["documents", _, "document.yaml"]:
            return Document
        case ["documents", _, "proof.yaml"]:
            return Proof
        case ["documents", _, card] if card.endswith(".yaml"):
            return Claim
        case ["translations", _, "verdicts.yaml"]:
            return ScaleWords
        case ["translations", _, _, card] if card.endswith(".yaml"):
            return Translation
        case ["pages", page] if page.endswith(".md"):
            return PageHead
        case [folder, card] if card.endswith(".yaml"):
            return _FOLDERS.get(folder)
        case _:
            return None


def id_of(name: str, model: type[Record] | None) -> str:
    """Return `claim:vg-leader/inf-scope` for documents/vg-leader/inf-scope.yaml."""
    kind = model.__name__.lower() if model else "file"
    parts = name.removesuffix(".yaml").removesuffix(".md").split("/")
    if parts[0] == "documents" and parts[-1] == "text.txt":
        return f"text:{parts[1]}"
    if model in (Claim, Translation):
        return f"{kind}:{'/'.join(parts[1:])}"
    if model in (Document, Proof, ScaleWords):
        return f"{kind}:{parts[1]}"
    return f"{kind}:{parts[-1]}"


def misplaced(name: str) -> Problem | None:
    """Return what is wrong with a path: no card belongs there, or a part of it cannot stand in an address."""
    if model_of(name) is None:
        mend = _renamed(name) or f"Files of content are: {_PLACES}."
        return Problem(f"content/{name}", 0, 0, "stray-file", "this file has no place here", mend)
    return _misnamed(name)


def _renamed(name: str) -> str:
    """Return a mend where a card lacks no more than the ending of its name."""
    right = re.sub(r"(\.(ya?ml|txt))*$", ".yaml", name, count=1, flags=re.IGNORECASE)
    named = right.rpartition("/")[2]
    return f"If it is a card, name it {named}." if model_of(right) and named.count(".") == 1 else ""


def _misnamed(name: str) -> Problem | None:
    """Return what is wrong with the first part of a path that cannot stand in an address."""
    parts = name.rpartition(".")[0].split("/")
    wrong = next((at for at, part in enumerate(parts) if not re.fullmatch(ID, part)), None)
    if wrong is None:
        return None
    folder = wrong < len(parts) - 1
    place = f"content/{'/'.join(parts[: wrong + 1]) if folder else name}"
    message = f"{'the name of this folder' if folder else 'this name'} cannot stand in the address of a page"
    mend = f"Use small letters, digits and hyphens, as in {'vg-leader' if folder else 'inf-scope.yaml'}."
    return Problem(place, 0, 0, "file-name", message, mend)
