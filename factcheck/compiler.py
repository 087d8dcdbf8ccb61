"""The compiler: templates become Python that does no more than these templates ask for.

Jinja's own asks of each value how it is to be escaped, and of each function whether it takes the context of
the template. Here all is escaped, no function takes one, and that is most of what a page costs.
"""

from collections.abc import Callable, MutableMapping, Sequence
from functools import partial
from keyword import iskeyword
from typing import Any

import jinja2
import markupsafe
from jinja2 import nodes, runtime
from jinja2.compiler import CodeGenerator, Frame
from jinja2.utils import missing
from markupsafe import Markup, escape

_escape = getattr(markupsafe, "_escape_inner", escape)  # the same, given a text and giving one

_html: Callable[[str], Markup] = partial(str.__new__, Markup)  # Markup(), given a text


def escaped(value: object) -> str:
    """Return a value as it is set into HTML."""
    if type(value) is Markup:
        return value
    return escape(value) if hasattr(value, "__html__") else _escape(str(value))


def joined(parts: Sequence[object]) -> str:
    """Return parts as one text, which is HTML where one of them is."""
    if any(hasattr(part, "__html__") for part in parts):
        return _html("".join(map(escaped, parts)))
    return "".join(map(str, parts))


class Macro(runtime.Macro):
    """A macro, called without ado where each value is given at its place."""

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """Return the HTML that it makes."""
        left = self._argument_count - len(args)
        if kwargs or left < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return super().__call__(*args, **kwargs)
        return _html(self._func(*args, *[missing] * left))


class _Compiler(CodeGenerator):
    """Writes a template as Python."""

    def write_commons(self) -> None:
        """Begin a part of a template, which finds ours by the names of Jinja's."""
        super().write_commons()
        self.writeline("escape, markup_join, Macro = environment.ours")

    def visit_Call(  # noqa: N802  (as Jinja names it)
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write a call as it stands, unless that takes more than values at their places and by name."""
        odd = any(iskeyword(pair.key) for pair in node.kwargs)
        if odd or forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write(")")


class Environment(jinja2.Environment):
    """Templates that are compiled so."""

    code_generator_class = _Compiler
    ours = escaped, joined, Macro

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template knows of itself: a plain dictionary, of which each page takes a copy."""
        return {**self.globals, **d} if d else self.globals
