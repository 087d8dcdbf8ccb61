"""Phrases: the words of a language set into a template when it is compiled, once for all pages.

What a template says as `_("words")` does not depend on the page, so it becomes part of its text, and a
message with values becomes its parts with the values between them. Messages that go with a
number or a context are asked for when a page is made.
"""

import re
from collections.abc import Callable, Mapping
from typing import TypeGuard

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

_PARTS = re.compile(r"(?:%\(\w+\)s|%%|[^%]+)*")
_PART = re.compile(r"%\((\w+)\)s|(%%)|[^%]+")


def settled(template: nodes.Template, translate: Callable[[str], str]) -> nodes.Template:
    """Return a template with its messages as `translate` gives them, each part escaped as Jinja would."""
    _Settling(translate).visit(template)
    return template


class _Settling(NodeTransformer):
    def __init__(self, translate: Callable[[str], str]) -> None:
        self.translate = translate

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802  (as Jinja names it)
        """Put the parts of a message beside what stands before and after it."""
        self.generic_visit(node)
        node.nodes = [part for one in node.nodes for part in (one.nodes if _joins(one) else [one])]
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802
        """Return a message in its language. All other calls stay, and one whose values do not fit."""
        self.generic_visit(node)
        message = _message(node)
        values = {pair.key: pair.value for pair in node.kwargs}
        said = self.translate(message) if message else ""
        if not said or not _PARTS.fullmatch(said):
            return node
        parts = [_part(match, values, node.lineno) for match in _PART.finditer(said)]
        if any(part is None for part in parts) or not isinstance(parts[0], nodes.TemplateData):
            return node
        return parts[0] if len(parts) == 1 else nodes.Concat(parts, lineno=node.lineno)


def _joins(node: nodes.Node) -> TypeGuard[nodes.Concat]:
    """Return whether a node is a message that was settled: text alone begins no other."""
    return isinstance(node, nodes.Concat) and isinstance(node.nodes[0], nodes.TemplateData)


def _message(node: nodes.Call) -> str | None:
    """Return the message that a call asks for where the template says it, else None."""
    asks = isinstance(node.node, nodes.Name) and node.node.name in ("_", "gettext")
    if not asks or len(node.args) != 1 or node.dyn_args or node.dyn_kwargs:
        return None
    said = node.args[0].value if isinstance(node.args[0], nodes.Const) else None
    return said if isinstance(said, str) else None


def _part(match: re.Match[str], values: Mapping[str, nodes.Expr], line: int) -> nodes.Expr | None:
    """Return a part of a message: text, or the value that is named; None where there is none."""
    name, sign = match.groups()
    if name:
        return values.get(name)
    return nodes.TemplateData("%" if sign else match[0], lineno=line)
