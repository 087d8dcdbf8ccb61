"""Phrases: the words of a language set into a template when it is compiled, once for all pages.

What a template says as `_("words")` does not depend on the page, so it becomes part of its text, and a
message with values becomes its parts with the values between them; so does one with a context. Messages
that go with a number are asked for when a page is made.
"""

import re
from collections.abc import Mapping
from gettext import NullTranslations
from typing import TypeGuard

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

_PARTS = re.compile(r"(?:%\(\w+\)s|%%|[^%]+)*")
_PART = re.compile(r"%\((\w+)\)s|(%%)|[^%]+")


def settled(template: nodes.Template, translations: NullTranslations) -> nodes.Template:
    """Return a template with its messages as they are translated, each part escaped as Jinja would."""
    _Settling(translations).visit(template)
    return template


class _Settling(NodeTransformer):
    def __init__(self, translations: NullTranslations) -> None:
        self.translations = translations

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802  (as Jinja names it)
        """Put the parts of a message beside what stands before and after it."""
        self.generic_visit(node)
        node.nodes = [part for one in node.nodes for part in (one.nodes if _joins(one) else [one])]
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802
        """Return a message in its language. All other calls stay, and one whose values do not fit."""
        self.generic_visit(node)
        values = {pair.key: pair.value for pair in node.kwargs}
        said = self._said(node)
        if not said or not _PARTS.fullmatch(said):
            return node
        found = [_part(match, values, node.lineno) for match in _PART.finditer(said)]
        parts = [part for part in found if part]
        if len(parts) < len(found):
            return node
        if not isinstance(parts[0], nodes.TemplateData):
            parts = [nodes.TemplateData("", lineno=node.lineno), *parts]
        return parts[0] if len(parts) == 1 else nodes.Concat(parts, lineno=node.lineno)

    def _said(self, node: nodes.Call) -> str:
        """Return in its language the message that a call asks for where the template says it, else ""."""
        if not isinstance(node.node, nodes.Name) or node.dyn_args or node.dyn_kwargs:
            return ""
        words = [given.value if isinstance(given, nodes.Const) else None for given in node.args]
        match node.node.name, words:
            case "_" | "gettext", [str(message)]:
                return self.translations.gettext(message)
            case "pgettext", [str(context), str(message)]:
                return self.translations.pgettext(context, message)
        return ""


def _joins(node: nodes.Node) -> TypeGuard[nodes.Concat]:
    """Return whether a node is a message that was settled: a text, if an empty one, begins no other."""
    return isinstance(node, nodes.Concat) and isinstance(node.nodes[0], nodes.TemplateData)


def _part(match: re.Match[str], values: Mapping[str, nodes.Expr], line: int) -> nodes.Expr | None:
    """Return a part of a message: text, or the value that is named; None where there is none."""
    name, sign = match.groups()
    if name:
        return values.get(name)
    return nodes.TemplateData("%" if sign else match[0], lineno=line)
