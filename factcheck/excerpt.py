"""Excerpts: what may stand for a long quote where there is little room.

A cut must not change the sense. So a quote is cut only between clauses, and only where neither the
clause before the cut nor anything behind it turns the sense: no negation, condition, exception or
denial. Which words do that is known for English alone. In doubt nothing is cut, and our own short
form of the claim stands there, without quotation marks.
"""

import re
from collections.abc import Iterator

SHORTEST = 40  # characters; less says too little
_CLAUSE = re.compile(r"[,;:—–](?=\s)|\s[—–](?=\s)|(?<=[a-z]{3})[.!?](?=\s+[A-Z])")
_TURNS = re.compile(
    r"""\b(?:no|not|cannot|none|nor|neither|never|nobody|nothing|nowhere|without|hardly|barely|scarcely|
    rarely|seldom|few|little|less|least|but|yet|however|although|though|while|whereas|despite|except|
    unless|until|if|whether|provided|only|merely|otherwise|instead|rather|else|den(?:y|ie[sd]|ying)|
    refus\w+|reject\w+|fail\w*|lack\w*|doubt\w*|false\w*|untrue|wrong\w*|li(?:es?|ed)|myth|pretend\w*|
    suppos\w+|assum\w+|alleg\w+|according|claim\w*|says?|said|report\w*|believ\w+|think\w*|thought|
    hop(?:es?|ed|ing)|fear\w*|seem\w*|appear\w*|perhaps|possibl[ey]|probabl[ey]|may|might|could|would|
    should)\b|n[’']t\b""",
    re.IGNORECASE | re.VERBOSE,
)
_PAIRS = ("“”", "‘’", "()", "[]", "«»")


def excerpts(quote: str, language: str) -> Iterator[str]:
    """Yield a quote whole, then shorter and shorter by cuts that keep its sense."""
    yield quote
    if language.partition("-")[0].lower() != "en":
        return
    ends = [match.start() for match in _CLAUSE.finditer(quote)]
    for begin, end in reversed(list(zip([0, *ends], ends, strict=False))):
        kept = quote[:end]
        if end >= SHORTEST and _whole(kept) and not _TURNS.search(quote, begin):
            yield f"{kept.rstrip()} …"


def _whole(text: str) -> bool:
    """Return whether every quotation mark and bracket that is opened is closed."""
    text = re.sub(r"(?<=\w)’(?=\w)", "", text)
    return all(text.count(pair[0]) == text.count(pair[1]) for pair in _PAIRS)
