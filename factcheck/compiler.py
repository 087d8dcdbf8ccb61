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
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup, escape

_escape = getattr(markupsafe, "_escape_inner", escape)  # the same, given a text and giving one

_html: Callable[[str], Markup] = partial(str.__new__, Markup)  # Markup(), given a text


def escaped(value: object) -> str:
    """Return a value as it is set into HTML."""
    kind = type(value)
    if kind is str:
        return _escape(value)
    if kind is Markup:
        return value  # type: ignore[return-value]
    return escape(value) if hasattr(value, "__html__") else _escape(str(value))


def joined(parts: Sequence[object]) -> str:
    """Return parts as one text, which is HTML where one of them is."""
    if any(hasattr(part, "__html__") for part in parts):
        return _html("".join(map(escaped, parts)))
    return "".join(map(str, parts))


def plain(macro: Any) -> Any:
    """Return a macro, which is a function of what it takes, as one that can do with less."""
    macro.__defaults__ = (missing,) * macro.__code__.co_argcount
    return macro


def named(function: Any, *args: Any, **named: Any) -> Any:
    """Return what a function or a macro makes of values that are given by name too."""
    code = getattr(function, "__code__", None)
    if code and code.co_name == "macro":  # what it takes is called l_1_title, say
        taken = {name.split("_", 2)[2]: name for name in code.co_varnames[: code.co_argcount]}
        named = {taken.get(name, name): value for name, value in named.items()}
    return function(*args, **named)


class _Compiler(CodeGenerator):
    """Writes a template as Python."""

    def write_commons(self) -> None:
        """Begin a part of a template, which finds ours by the names of Jinja's."""
        super().write_commons()
        self.writeline("escape, markup_join, html, plain, named = environment.ours")
        self.writeline("part = environment.part")
        self.writeline("made = []")

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Write all of a template, and whether it has macros and nothing else."""
        super().visit_Template(node, frame)
        alone = all(isinstance(part, nodes.Macro) or _is_blank(part) for part in node.body)
        self.writeline(f"macros_alone = {alone}")

    def enter_frame(self, frame: Frame) -> None:
        """Begin a part; what a template or a block makes is gathered, and handed on once."""
        frame.buffer = frame.buffer or "made"
        super().enter_frame(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """End a part."""
        if frame.parent is None and (frame.block_frame or not self.has_known_extends):
            self.writeline("yield concat(made)")
        super().leave_frame(frame, with_python_scope)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write what a macro is: a function, unless it takes more than values at their places."""
        takes_more = macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs
        if takes_more or isinstance(macro_ref.node, nodes.CallBlock):
            super().macro_def(macro_ref, frame)
        else:
            self.write("plain(macro)")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:  # noqa: ARG002
        """Write the end of a macro: what it makes is HTML."""
        self.writeline(f"return html(concat({frame.buffer}))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write that a part of a value is asked for."""
        self.write("part(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_Call(  # noqa: N802  (as Jinja names it)
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write a call as it stands, unless it takes a block of the template or names a word of Python."""
        if forward_caller or any(iskeyword(pair.key) for pair in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        by_name = bool(node.kwargs or node.dyn_kwargs)
        self.write("named(" if by_name else "")
        self.visit(node.node, frame)
        self.write(", " if by_name else "(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        for stars, many in (("*", node.dyn_args), ("**", node.dyn_kwargs)):
            if many:
                self.write(stars)
                self.visit(many, frame)
                self.write(", ")
        self.write(")")


def _is_blank(part: nodes.Node) -> bool:
    texts = part.nodes if isinstance(part, nodes.Output) else [part]
    return all(isinstance(text, nodes.TemplateData) and not text.data.strip() for text in texts)


class Template(jinja2.Template):
    """A template whose macros are made once, if it has nothing else, and ask the page that asks for them."""

    macros: TemplateModule | None = None
    macros_know: Context

    def make_module(self, *given: Any) -> TemplateModule:
        """Return the macros of this template, for the page that is made now."""
        context = self.new_context(*given)
        if not self.root_render_func.__globals__["macros_alone"]:
            return TemplateModule(self, context)
        if self.macros is None:
            self.macros, self.macros_know = TemplateModule(self, context), context
        self.macros_know.parent = context.parent
        return self.macros

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Return what the template makes of some values."""
        context = self.new_context(dict(*args, **kwargs))
        try:
            return self.environment.concat(self.root_render_func(context))
        except Exception:  # raised again, with the lines of the template
            self.environment.handle_exception()
        finally:
            context.vars.clear()  # its own macros and what they know of the page hold one another


class Environment(jinja2.Environment):
    """Templates that are compiled so."""

    template_class = Template
    code_generator_class = _Compiler
    ours = escaped, joined, _html, plain, named

    def part(self, value: Any, name: str) -> Any:
        """Return the attribute of a value, else what it holds under that name, as Jinja does."""
        found = getattr(value, name, missing)
        if found is not missing:
            return found
        try:
            return value[name]
        except (TypeError, LookupError, AttributeError):
            return self.undefined(obj=value, name=name)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template knows of itself: a plain dictionary, of which each page takes a copy."""
        return {**self.globals, **d} if d else self.globals
