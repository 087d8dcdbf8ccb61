"""Styles: which rules of the style sheets can a page use?

A page carries its style, so it carries only the rules whose classes stand somewhere on it, those
for text from right to left where some runs so, and of the values of `:root` those it asks for. What
a rule says besides (elements, attributes, states, what :has() looks for) never drops it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

_BLOCKS = re.compile(r"""("[^"]*"|'[^']*'|[{};])""")
_PARTS = re.compile(r"""("[^"]*"|'[^']*'|[()\[\],])""")
_NESTING = ("@media", "@supports", "@layer", "@container")
_RTL = "[dir=rtl]"
_CLASS = re.compile(r"\.([a-zA-Z_][\w-]*)|(\[dir=rtl\])")
_ASKS = re.compile(r":(?:has|is|not|where)\(|\[(?!dir=rtl\])")
_GIVEN = re.compile(rb'class="([^"]*)"')
# It looks back only from "--", which is seldom.
_VALUE = re.compile(r"(--(?<=[{;]--)[\w-]+):[^;}]*(?:;|(?=}))")
_ASKED = re.compile(r"var\((--[\w-]+)")
_ASKING = re.compile(rb"var\((--[^\s,)]+)")
_SCRIPTED = re.compile(r"""class(?:Name|List)?\b[^"'`;]*["'`]([\w -]+)""")


@dataclass(frozen=True)
class Rule:
    """Selectors with the classes that each needs, and a body; or an at-rule that holds rules.

    What is always kept has one selector that needs nothing.
    """

    selectors: tuple[tuple[str, frozenset[str]], ...]
    body: str
    rules: tuple[Rule, ...] = ()

    def used(self, classes: frozenset[str]) -> str:
        """Return what of the rule is of use where these classes stand."""
        found = ",".join([text for text, needs in self.selectors if needs <= classes])
        body = self.body or "".join([rule.used(classes) for rule in self.rules if found])
        if not found or (self.rules and not body):
            return ""
        return f"{found}{{{body}}}" if self.selectors[0][0][-1:] != ";" else found


@dataclass(frozen=True)
class Style:
    """A style sheet, ready to be cut to a page; `classes` are all that its selectors name."""

    rules: tuple[Rule, ...]
    classes: frozenset[str]

    def used(self, classes: frozenset[str]) -> str:
        """Return the rules that are of use where these classes stand, in their order."""
        return "".join([rule.used(classes) for rule in self.rules])


def classes(page: bytes) -> frozenset[str]:
    """Return what of the style a page names.

    That is the classes that stand on it, the values that it asks for, and [dir=rtl] where something
    runs from right to left.
    """
    asked = _ASKING.findall(page) if b"var(--" in page else ()
    found = _named(frozenset((*_GIVEN.findall(page), *asked)))
    return found | {_RTL} if b'dir="rtl"' in page else found


@lru_cache(maxsize=1000)
def _named(given: frozenset[bytes]) -> frozenset[str]:
    return frozenset(b" ".join(given).decode().split())


def scripted(script: str) -> frozenset[str]:
    """Return the classes that a script gives to what it makes, and the values that it asks for."""
    found = {name for given in _SCRIPTED.findall(script) for name in given.split()}
    return frozenset(found.union(_ASKED.findall(script)))


def sparing(style: str, used: frozenset[str]) -> str:
    """Return a style without the values for which neither its rules nor the page ask."""
    asked = used.union(_ASKED.findall(style))
    spared = _VALUE.sub(lambda value: value[0] if value[1] in asked else "", style)
    return spared if spared == style else sparing(spared, used)


@cache
def read_style(text: str) -> Style:
    """Return the rules of a style sheet without comments."""
    rules = tuple(_rules(text))
    return Style(rules, _needs(text))


def _rules(text: str) -> Iterator[Rule]:
    start = opened = depth = 0
    for part in _BLOCKS.finditer(text):
        match part[1]:
            case "{":
                opened = opened if depth else part.start()
                depth += 1
            case "}":
                depth -= 1
                if not depth:
                    yield _rule(text[start:opened].strip(), text[opened + 1 : part.start()])
                    start = part.end()
            case ";" if not depth:
                yield Rule(((text[start : part.end()].strip(), frozenset()),), "")
                start = part.end()
    if rest := text[start:].strip():
        yield Rule(((f"{rest};", frozenset()),), "")


def _rule(prelude: str, body: str) -> Rule:
    if prelude.startswith(_NESTING):
        return Rule(((prelude, frozenset()),), "", tuple(_rules(body)))
    if prelude.startswith("@") or not _CLASS.search(prelude):
        return Rule(((prelude, frozenset()),), body)
    return Rule(tuple((one, _needs(_bare(one))) for one in _split(prelude)), body)


def _needs(selector: str) -> frozenset[str]:
    return frozenset(name or way for name, way in _CLASS.findall(selector))


def _split(selectors: str) -> Iterator[str]:
    """Yield the selectors of a list, parted at the commas that stand in no brackets."""
    start = depth = 0
    for part in _PARTS.finditer(selectors):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(part[1], 0)
        if part[1] == "," and not depth:
            yield selectors[start : part.start()].strip()
            start = part.end()
    yield selectors[start:].strip()


@cache
def _bare(selector: str) -> str:
    """Return a selector without what :has(), :is(), :not() and brackets say."""
    while found := _ASKS.search(selector):
        depth, end = 1, len(selector)
        for part in _PARTS.finditer(selector, found.end()):
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(part[1], 0)
            if not depth:
                end = part.end()
                break
        selector = selector[: found.start()] + selector[end:]
    return selector
