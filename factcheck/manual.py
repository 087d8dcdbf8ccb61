"""The field reference, docs/fields.md: every field of every kind of file, in an editor's words."""

import re
from collections.abc import Iterator

from .fields import MAX_LENGTH
from .shapes import DATE, FORMS, Shape, shapes

_KINDS = {
    "claim": ("A claim", "content/documents/<document>/<claim>.yaml"),
    "document": ("A document", "content/documents/<document>/document.yaml"),
    "speaker": ("A speaker", "content/speakers/<speaker>.yaml"),
    "timeline": ("A timeline", "content/timelines/<timeline>.yaml"),
    "site": ("The site", "content/site.yaml"),
    "verdicts": ("The scale", "content/verdicts.yaml"),
    "topics": ("The topics", "content/topics.yaml"),
    "page": ("The head of a page", "content/pages/<page>.md"),
    "proof": ("The proof of a document", "content/documents/<document>/proof.yaml"),
    "translation": ("A translated claim", "content/translations/<language>/<document>/<claim>.yaml"),
    "ratings": ("The ratings of others", "content/ratings.yaml"),
    "scale-words": ("The scale in another language", "content/translations/<language>/verdicts.yaml"),
}
_HEAD = """\
# Every field of every file

Made by `python build.py schema` from the model of the cards; the help is mended there.

A text needs no quotation marks: `no`, `12:30` and `2022-01-27` stay what you write. Only where it
begins with a sign, or holds a colon and a space, put the whole of it between quotation marks or
write it, indented, below a line that ends in `>-`. A field that is not needed is left out.
"""
# Groups that were told already, each with its heading: who holds the same points there.
_Told = list[tuple[Shape, str]]


def manual() -> str:
    """Return the field reference as Markdown."""
    told: _Told = []
    listed, tables = [], []
    for name, shape in shapes().items():
        title, place = _KINDS[name]
        listed.append(f"- [{title}]({_anchor(title)}): `{place}`")
        tables += [
            "",
            f"## {title}",
            "",
            f"`{place}`",
            "",
            _cell(shape["description"]),
            *_table(title, shape, told),
        ]
    return "\n".join([_HEAD, *listed, *tables]) + "\n"


def _table(title: str, group: Shape, told: _Told) -> Iterator[str]:
    """Give the table of a group of fields, then those of the groups within it."""
    yield from ("", "| Field | Holds | Needed | Help |", "|---|---|---|---|")
    inner = []
    for name, field in group["properties"].items():
        heading, within = f"{title}: {name}", _group(field)
        if within:
            known = next((at for one, at in told if one == within["properties"]), "")
            if not known:
                told.append((within["properties"], heading))
                inner.append((heading, within, field))
            heading = known or heading
        needed = "yes" if name in group.get("required", ()) else ""
        yield f"| `{name}` | {_holds(field, heading)} | {needed} | {_cell(field['description'])} |"
    for heading, within, field in inner:
        yield from ("", f"### {heading}")
        if within["description"] != field["description"]:
            yield from ("", _cell(within["description"]))
        yield from _table(heading, within, told)


def _group(field: Shape) -> Shape | None:
    """Return the group that a field holds, or each entry of its list, or each of its ids."""
    if isinstance(field.get("items"), dict):
        return _group(field["items"])
    for within in field.get("patternProperties", {}).values():
        return _group(within)
    return field if field["type"] == "object" else None


def _holds(field: Shape, heading: str) -> str:
    """Return what a field holds; a group is told below a heading."""
    if "patternProperties" in field:
        return f"by id: {_holds(next(iter(field['patternProperties'].values())), heading)}"
    if field["type"] == "object":
        return f"[group]({_anchor(heading)})"
    if field["type"] != "array":
        return _value(field)
    if isinstance(field["items"], list):
        return f"list of {len(field['items'])} whole numbers"
    least = "list, at least one" if field.get("minItems") else "list"
    return f"{least}: {_holds(field['items'], heading)}"


def _value(field: Shape) -> str:
    """Return what a field holds that is no group and no list."""
    pattern = field.get("pattern", "")
    if "enum" in field:
        otherwise = f"; left out: `{field['default']}`" if "default" in field else ""
        return f"one of: {', '.join(f'`{word}`' for word in field['enum'])}{otherwise}"
    if "choice" in field:
        return f"id of {'an' if field['choice'][0] in 'aeiou' else 'a'} {field['choice']}"
    if pattern == DATE:
        return "date, or `{from: date, to: date}`" if "properties" in field else "date"
    if field["type"] == "integer":
        bounds = f", {field['minimum']} to {field['maximum']}" if "maximum" in field else ""
        return f"whole number{bounds}"
    longest = field.get("maxLength", MAX_LENGTH)
    return (
        FORMS[pattern][0] if pattern else "text" + f", at most {longest} characters" * (longest < MAX_LENGTH)
    )


def _anchor(heading: str) -> str:
    """Return the link to a heading, as GitHub names it."""
    return "#" + re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _cell(text: str) -> str:
    """Return a text as a cell of a Markdown table shows it, letter by letter outside backquotes."""
    parts = text.split("`")
    parts[::2] = [re.sub(r"([<>\[\]|*_])", r"\\\1", part) for part in parts[::2]]
    return "`".join(parts)
