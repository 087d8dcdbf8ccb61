"""The ratings of others: their words, and what an editor says that they come to on our scale.

What a rating may come to is only proposed here. Nothing counts before somebody confirmed it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Literal

from . import writing
from .content import Verdict
from .fields import Id, Record, Text

LONGEST = 40
_WORDS = 5


class Rating(Record):
    """What one rating of others comes to on our scale."""

    words: Text
    """The rating in the publisher's own words. Capitals, and marks at its ends, make no difference."""
    site: Text | None = None
    """For the reviews of one site only, by its host: fullfact.org. It goes before an entry for all."""
    verdict: Id | None = None
    """The verdict it comes to, or the entry for opinions; blank where it comes to none."""
    confirmed: Literal["no", "yes"] = "no"
    """yes once an editor has read it. Until then no card gets the verdict."""


class Ratings(Record):
    """The ratings of others and our scale; begun by `build.py import` (content/ratings.yaml)."""

    ratings: tuple[Rating, ...]
    """One entry for each rating, in any order."""


HEAD = """\
# The ratings of others, in their own words, and what they come to on our scale.
# "build.py import" proposes the verdicts. Read each entry, mend its verdict, and write "confirmed: yes";
# the next import of the same file then gives the verdict to the drafts that nobody has touched.
ratings:
"""

# What is proposed: by the step of the scale (0: what cannot be decided), as publishers of many
# countries write it. The scale of the site may have other names; its numbers are these.
_PROPOSED: Mapping[int, str] = {
    5: """true|correct|accurate|right|verified|confirmed|fact|legit|legitimate|real|correct attribution|
        geppetto checkmark|supported|verdadero|cierto|correcto|verdadeiro|fato|vrai|exact|vero|wahr|
        richtig|stimmt|helt sant|sant|korrekt|rigtigt|totta|waar|prawda|doğru|benar|sahi|doğrulandı|
        истина|правда|vérifié|confirmado|comprovado|tačno|istina|točno|adevărat|adevarat|pravda|صحيح|
        درست""",
    4: """mostly true|mostly correct|mostly accurate|largely true|largely accurate|largely correct|
        almost true|broadly correct|roughly correct|not far off|somewhat true|one pinocchio|partly right|
        delvis sant|c'eri quasi|nästan sant|nesten sant|mainly true|überwiegend richtig|
        größtenteils richtig|grotendeels waar|verdadero con matices|plutôt vrai|quasi vero|generally true|
        true but|true, but|većinom tačno|uglavnom tačno|largely right|substantially true|mostly-true""",
    3: """half true|half-true|mixture|mixed|partly true|partially true|partly false|partially false|
        partially correct|half right|two pinocchios|misleading|missing context|lacks context|
        out of context|needs context|lack of context|no context|exaggerated|exaggeration|cherry picks|
        cherrypicked|spins the facts|distorts the facts|outdated|oversimplified|verdad a medias|
        media verdad|engañoso|enganoso|distorcido|fora de contexto|falta contexto|fuera de contexto|
        descontextualizado|impreciso|exagerado|trompeur|manque de contexte|à nuancer|mi-vrai|mezza verità|
        nì|fuori contesto|fuorviante|irreführend|teils falsch|teilweise falsch|teilweise richtig|
        fehlender kontext|delvis feil|villedende|vildledende|misvisande|misleidend|gedeeltelijk waar|
        fałsz częściowy|manipulacja|karma|sebagian benar|menyesatkan|sesat|polovično tačno|manipulacija|
        parțial adevărat|bhramak|भ्रामक|مضلل|نیمه درست|گمراه کننده""",
    2: """mostly false|mostly wrong|mostly inaccurate|largely false|largely inaccurate|barely true|
        barely-true|somewhat false|three pinocchios|mostly incorrect|not quite|not accurate|
        misrepresented|miscaptioned|plutôt faux|quasi falso|casi falso|überwiegend falsch|
        größtenteils falsch|grotendeels onwaar|stort sett feil|nesten feil|skoro neistina|
        uglavnom netačno|pinocchio andante|predominantly false|mostly-false|misattributed""",
    1: """false|wrong|incorrect|inaccurate|untrue|not true|not correct|fake|fake news|hoax|hoax alert|
        pants on fire|pants-fire|four pinocchios|bottomless pinocchio|fabricated|fabrication|manipulated|
        altered|altered photo|altered image|altered video|digitally altered|doctored|ai-generated|
        ai generated|deepfake|scam|fraud|debunked|bogus|invented|conspiracy theory|lie|lie of the year|
        imposter content|fabricated content|manipulated content|false connection|old fake news|not real|
        falso|falsa|fals|bulo|es falso|es un bulo|fake o falso|montaje|faux|c'est faux|infox|intox|erroné|
        détourné|contrefait|panzana pazzesca|bufala|falsch|frei erfunden|manipuliert|feil|helt feil|usant|
        faktisk feil|falskt|forkert|väärin|onwaar|fałsz|nieprawda|yanlış|yanliş|sahte|keliru|hoaks|salah|
        disinfo|neistina|netačno|laž|nepravda|lož|фейк|ложь|неправда|неистина|hamis|ψευδές|ψέμα|jhooth|
        झूठ|फर्जी|গুজব|خطأ|زائف|نادرست|거짓|假|錯誤|誤り|โกหก|ข่าวปลอม""",
    0: """unproven|unproved|unverified|unsubstantiated|unsupported|unfounded|no evidence|lacks evidence|
        insufficient evidence|not enough evidence|baseless|baseless claim|not verifiable|unverifiable|
        cannot be verified|undetermined|inconclusive|uncertain|legend|research in progress|in progress|
        experts disagree|no basis|sin pruebas|sin evidencias|insostenible|no verificable|
        não há evidências|sem provas|non prouvé|invérifiable|sans preuve|senza prove|unbelegt|
        nicht belegt|ikke bevist|udokumentert|ikke dokumentert|udokumenteret|niet te controleren|
        onbewezen|nieweryfikowalne|belirsiz|tidak terbukti|недоказанное|nepotvrđeno|neověřitelné""",
}
_LEAD = re.compile(
    r"^(?:(?:our |the )?(?:rating|verdict|conclusion|ruling|fact check|claim|statement)"
    r"(?: by [\w ]+)?\s*(?::|is)\s*|"
    r"(?:this|that|it|the claim|the statement|these|they)(?: i|['’]|\s+are|\s+wa)s?\s+|es |c['’]est |è )",
)


def folded(words: str) -> str:
    """Return a rating as ratings are compared: without capitals, marks at its ends, and a lead-in."""
    plain = unicodedata.normalize("NFKC", words).casefold().replace("’", "'")
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", " ".join(plain.split()))
    return _LEAD.sub("", bare) or bare


def is_sentence(words: str) -> bool:
    """Return whether a rating is a sentence of its own, so that no other review will have it."""
    short = folded(words)
    return short not in _steps() and (len(short) > LONGEST or len(short.split()) > _WORDS)


def proposed(words: str, share: float | None, verdicts: Iterable[Verdict]) -> str | None:
    """Return the verdict that a rating may come to: by its words, else by its number from 0 to 1."""
    own, short = list(verdicts), folded(words)
    scale = [verdict for verdict in own if verdict.of == "statement"]
    for verdict in own:
        if folded(verdict.label) == short:
            return verdict.id
    step = _steps().get(short)
    if step is None and share is not None:
        step = round(1 + 4 * share)
    return next((verdict.id for verdict in scale if step is not None and (verdict.value or 0) == step), None)


@cache
def _steps() -> Mapping[str, int]:
    listed = ((step, words) for step, text in _PROPOSED.items() for words in text.split("|"))
    return {folded(" ".join(words.split())): step for step, words in listed}


def confirmed(ratings: Iterable[Rating]) -> dict[tuple[str, str], str | None]:
    """Return the verdicts that an editor confirmed, by the rating's words and the site it is for."""
    return {
        (folded(rating.words), rating.site or ""): rating.verdict
        for rating in ratings
        if rating.confirmed == "yes"
    }


def entries(new: Sequence[tuple[str, str | None]]) -> str:
    """Return new entries as the file of ratings holds them: words and what is proposed."""
    lines = []
    for words, verdict in new:
        lines += [
            f"  - words: {writing.scalar(words)}",
            f"    verdict: {verdict or ''}".rstrip(),
            '    confirmed: "no"',
        ]
    return "".join(f"{line}\n" for line in lines)
