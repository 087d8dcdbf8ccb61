"""Cards: YAML files read into a model, each fault found at its line.

Every plain scalar is text, so that `no`, `on`, `12:30`, `012` and `2022-01-27` stay what the
editor wrote; only an empty value, `~` and `null` mean nothing. Anchors, tags, merge keys and
duplicate keys are refused. Nothing here knows what a card is about.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from . import slips
from .faults import describe
from .problems import MOST_TOLD, Finding, Problem, lines_of, untold

MAX_BYTES = 256 * 1024
MAX_DEPTH = 40

Card = TypeVar("Card", bound=BaseModel)

# libyaml reads ten times faster; where PyYAML was built without it, the results are the same.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MARK = re.compile(rb"(?:^|[\s\[{,:?-])(?:&[^\s\[\]{},]|!)", re.MULTILINE)
_COMMENT, _CUT = re.compile(rb"#(?<=[ \t].)\S"), re.compile(r"\s+(#\S)")
_HASH = 'Put the whole text between quotation marks: "...".'
_YAML = "tag:yaml.org,2002:"
_TAGS = {yaml.ScalarNode: f"{_YAML}str", yaml.SequenceNode: f"{_YAML}seq", yaml.MappingNode: f"{_YAML}map"}
_NOTHING, _NO_VALUE = f"{_YAML}null", {"", "~", "null", "Null", "NULL"}
_PLAIN = {_NOTHING, *_TAGS.values()}


class _Loader(_Base):  # type: ignore[misc]
    """PyYAML's safe loader with every plain scalar left as text."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        """Return the tag of a node that has none of its own."""
        nothing = kind is yaml.ScalarNode and implicit[0] and value in _NO_VALUE
        return _NOTHING if nothing else _TAGS[kind]

    def descend_resolver(self, *_: Any) -> None:
        """Do nothing: no tag depends on where its node stands."""

    ascend_resolver = descend_resolver


def _built(node: yaml.Node) -> Any:
    """Return what a node holds: None, text, a list or a dict."""
    if node.tag not in _PLAIN:
        raise yaml.MarkedYAMLError(None, None, "could not determine a constructor", node.start_mark)
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == _NOTHING else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_built(one) for one in node.value]
    mapping: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.MarkedYAMLError(None, None, "found unhashable key", key.start_mark)
        name = _built(key)
        if name in mapping:
            first = next(one for one, _ in node.value if one.value == key.value)
            message = f'"{key.value}" is written twice, first on line {first.start_mark.line + 1}'
            raise yaml.MarkedYAMLError(None, None, message, key.start_mark)
        mapping[name] = _built(value)
    return mapping


def read(model: type[Card], file: str, raw: bytes) -> tuple[Card | None, list[Problem]]:
    """Return the card that the bytes write, or None with all that is wrong with them."""
    data, problems = load(file, raw)
    if problems:
        return None, problems
    if not isinstance(data, dict):
        what = "is empty" if data is None else "holds no fields"
        mend = 'Write one field per line, as in "title: A title".'
        return None, [Problem(file, 1, 1, "shape", f"the file {what}", mend)]
    left_out = _left_out(file, raw)
    try:
        return model.model_validate(data), left_out
    except ValidationError as error:
        faults = error.errors(include_url=False)
        # A list whose entries are wrong is not too short besides.
        deeper = {fault["loc"][:end] for fault in faults for end in range(len(fault["loc"]))}
        own = [fault for fault in faults if fault["type"] != "too_short" or fault["loc"] not in deeper]
        findings = [describe(model, file, fault) for fault in own[:MOST_TOLD]]
        found = locate(findings, {file: raw})
        return None, _blank_for(left_out, found) + _rest(file, len(own))


def load(file: str, raw: bytes) -> tuple[Any, list[Problem]]:
    """Return the plain values of a YAML file, or the one fault that keeps it from being read."""
    if len(raw) > MAX_BYTES:
        message = f"the file has {len(raw):,} bytes; the limit is {MAX_BYTES:,}"
        return None, [Problem(file, 0, 0, "size", message, "Split it into several cards.")]
    text, garbled = decode(file, raw)
    if garbled:
        return None, garbled
    if slip := slips.character(text):
        return None, [_told(file, text, slip, "character")]
    try:
        _refuse_traps(raw)
        node = yaml.compose(raw, Loader=_Loader)
        if b"\\" in raw and (wrong := _escaped(file, text, node)):
            return None, [wrong]
        return None if node is None else _built(node), []
    except yaml.MarkedYAMLError as error:
        return None, [_broken(file, raw, error)]


def hidden(file: str, raw: bytes) -> list[Problem]:
    """Return the first thing that keeps a file from being text that people can read whole."""
    text, garbled = decode(file, raw)
    slip = slips.unseen(text)
    return garbled or ([_told(file, text, slip, "character")] if slip else [])


def decode(file: str, raw: bytes) -> tuple[str, list[Problem]]:
    """Return the text of a file without its byte order mark, and where it is no UTF-8."""
    text = raw.decode("utf-8", "replace").removeprefix("\ufeff")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = lines_of(raw[: error.start].decode("utf-8").removeprefix("\ufeff"))
        slip = (len(before) - 1, len(before[-1])), "this is not UTF-8 text", "Save the file as UTF-8 text."
        return text, [_told(file, text, slip, "encoding")]
    return text, []


def _rest(file: str, count: int) -> list[Problem]:
    message = untold(count)
    return [Problem(file, 0, 0, "more", message, "Mend those that are told.")] if message else []


def _escaped(file: str, text: str, card: yaml.Node | None) -> Problem | None:
    """Return the first unseen character that a card writes with a backslash, as in "\\u202e"."""
    for node in _scalars(card):
        if node.style == '"' and (slip := slips.unseen(node.value, slips.WRITTEN)):
            place = (node.start_mark.line, node.start_mark.column)
            return _told(file, text, (place, *slip[1:]), "character")
    return None


def _told(file: str, text: str, slip: slips.Slip, code: str) -> Problem:
    (line, column), message, mend = slip
    return Problem(file, line + 1, column + 1, code, message, mend, lines_of(text)[line])


def _refuse_traps(raw: bytes) -> None:
    """Refuse anchors, tags and deep nesting by events, which libyaml makes without recursion."""
    brackets = sum(raw.count(mark) for mark in (b"[", b"{", b"- ", b"? "))
    if brackets <= MAX_DEPTH and not ((b"&" in raw or b"!" in raw) and _MARK.search(raw)):
        return
    depth = 0
    for event in yaml.parse(raw, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if getattr(event, "anchor", None):
            message = "anchors and aliases (&name, *name) are not used in cards"
        elif getattr(event, "tag", None):
            message = "could not determine a constructor"
        elif depth > MAX_DEPTH:
            message = f"fields are nested more than {MAX_DEPTH} levels deep"
        else:
            continue
        raise yaml.MarkedYAMLError(None, None, message, event.start_mark)  # type: ignore[arg-type]


def _broken(file: str, raw: bytes, error: yaml.MarkedYAMLError) -> Problem:
    said = ", ".join(part for part in (error.context, error.problem) if part)
    begun, mark = error.context_mark, error.problem_mark or error.context_mark
    lines = lines_of(raw.decode("utf-8-sig"))
    at = (mark.line, mark.column) if mark else (0, 0)
    since = (begun.line, begun.column) if begun else None
    (line, column), message, mend = slips.meant(lines, said, at, since)
    if line >= len(lines):  # where the file ended, and something was still to come
        line, column = len(lines) - 1, len(lines[-1])
    return Problem(file, line + 1, min(column, len(lines[line])) + 1, "yaml", message, mend, lines[line])


def _left_out(file: str, raw: bytes) -> list[Problem]:
    """Warn of texts that end where "#" begins a comment that looks like their next word."""
    if not _COMMENT.search(raw):
        return []
    text = _head(raw)
    lines, problems = lines_of(text.decode("utf-8")), []
    for node in _scalars(yaml.compose(text, Loader=_Loader)):
        end, excerpt = node.end_mark, lines[node.end_mark.line]
        hash_sign = _CUT.match(excerpt, end.column)
        if hash_sign and not node.style:
            start, message = hash_sign.start(1), "what follows # is left out, as a comment"
            place = (file, end.line + 1, start + 1, "comment", message)
            problems.append(Problem(*place, _HASH, excerpt, len(excerpt) - start, "warning"))
    return problems


def _blank_for(left_out: list[Problem], found: list[Problem]) -> list[Problem]:
    """Say of a blank field that a comment made it so, and each thing once."""
    blank = {one.line for one in found if one.code == "blank"} & {one.line for one in left_out}
    hinted = [
        replace(one, mend=f"# begins a comment. {_HASH}") if one.line in blank else one for one in found
    ]
    return hinted + [problem for problem in left_out if problem.line not in blank]


def _scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.CollectionNode):
        for inner in node.value:
            for part in inner if isinstance(inner, tuple) else (inner,):
                yield from _scalars(part)


def locate(findings: Iterable[Finding], raw: dict[str, bytes]) -> list[Problem]:
    """Return the findings as problems with line, column and excerpt.

    `raw` holds the bytes of the files that the findings name; each is composed once. Where a file
    was saved since it was found wanting and is no YAML now, the whole of it is meant.
    """
    files: dict[str, tuple[yaml.Node | None, list[str]]] = {}
    problems = []
    for finding in findings:
        if finding.file not in files:
            written = raw.get(finding.file, b"")
            text = written.decode("utf-8", "replace").removeprefix("\ufeff")
            files[finding.file] = composed(written), lines_of(text)
        root, lines = files[finding.file]
        node = _node_at(root, finding)
        line, column, span = _words(node, lines, finding.words) or _extent(node)
        if line > len(lines):  # of a field that the end of the file leaves open
            line, column = len(lines), len(lines[-1]) + 1
        excerpt = lines[line - 1] if line else ""
        problems.append(
            Problem(
                finding.file, line, column, finding.code, finding.message, finding.mend,
                excerpt, min(span, max(1, len(excerpt) - column + 1)), finding.level,
            )
        )  # fmt: skip
    return problems


def composed(raw: bytes) -> yaml.Node | None:
    """Return the nodes of a card, None where there are none."""
    card = _head(raw)
    try:
        _refuse_traps(card)
        return yaml.compose(card, Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError):
        return None


def _head(raw: bytes) -> bytes:
    """Return the card that a file holds: all of it, or what stands between two lines "---"."""
    text = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    return text[3:].partition(b"\n---\n")[0] if text.startswith(b"---\n") else text


def _node_at(root: yaml.Node | None, finding: Finding) -> yaml.Node | None:
    """Follow the path as far as it goes; a missing field leads to what asks for it or should hold it.

    None stands for the whole file.
    """
    node, shown = root, root
    for step, part in enumerate(finding.path):
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            if pair is None:
                asks = next((v for k, v in node.value if k.value == finding.owed_to), None)
                shown = asks or (node.value[0][0] if node.value else shown)
                continue
            key, node = pair
            last = step == len(finding.path) - 1
            shown = key if (finding.at_key and last) or not _is_line(node) else node
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = shown = node.value[part]
    if isinstance(shown, yaml.MappingNode) and shown is not root and shown.value:
        return shown.value[0][0]  # type: ignore[no-any-return]
    return None if shown is root else shown


def _words(node: yaml.Node | None, lines: list[str], words: str) -> tuple[int, int, int] | None:
    """Return where words stand for the first time from a field on."""
    for number in range(node.start_mark.line if node and words else len(lines), len(lines)):
        if words in lines[number]:
            return number + 1, lines[number].index(words) + 1, len(words)
    return None


def _is_line(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style not in ("|", ">") and bool(node.value)


def _extent(node: yaml.Node | None) -> tuple[int, int, int]:
    if node is None:
        return 0, 0, 1
    start, end = node.start_mark, node.end_mark
    same_line = isinstance(node, yaml.ScalarNode) and start.line == end.line
    return start.line + 1, start.column + 1, max(1, end.column - start.column) if same_line else 1
