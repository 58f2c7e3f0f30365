"""«Menade du …?»: the word that means the same, or else the nearest, of those that would have been right."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

_KEY = re.compile("[a-zåäö][a-z0-9åäö_]*")
_NOT = re.compile(r"(?:inte|ej|icke)\b")
_LONGEST = 60  # what is longer is no slip of the pen, and comparing it would take time

# Everyday words → what plans say instead, where no count of letters can know. The first that is right there holds.
_EVERYDAY = {
    written: meant
    for words, meant in (
        ("ip|lss|lss-plan|individuell", ("individuell plan",)),
        ("samordnad individuell plan|samordnad plan", ("sip",)),
        ("gp|genomförande|arbetsplan", ("genomförandeplan",)),
        ("klar|klart|färdig|färdigt|gjord|gjort|uppnått|uppnådd|avklarad|avklarat|nådd", ("klar", "nått")),
        ("aktiv|aktuell|gäller|pågående|påbörjad|påbörjat|på gång|startad|startat", ("gällande", "pågår")),
        ("ej påbörjat|inte påbörjad|inte påbörjat|planerad|planerat", ("ej påbörjad", "planerat", "planerad")),
        ("paus|pausad|pausat|väntar", ("vilar",)),
        ("avbruten|avbröts|inställd|inställt|inte av", ("avbrutet", "blev inte av")),
        ("beviljad|beviljat|godkänd", ("beslutad",)),
        ("bostad|hem|hemma", ("boende",)),
        ("jobb|sysselsättning|daglig verksamhet", ("arbete",)),
        ("anhörig|familj|förälder|vän", ("närstående",)),
        ("god man|förvaltare|vårdnadshavare", ("företrädare",)),
        ("övrig|övrigt|annan|annat", ("annan", "annat")),
        ("jag|jag_själv|mig|mig själv|själv", ("jag själv",)),
        ("true|yes", ("ja",)),
        ("false|no", ("nej",)),
    )
    for written in words.split("|")
}


def nearest(written: str, words: Iterable[str]) -> str:
    """The word among `words` that `written` most likely was meant to be, or ""."""
    if len(written) > _LONGEST:
        return ""
    folded = {word.casefold(): word for word in words}
    for word in (written.casefold(), *_EVERYDAY.get(written.casefold(), ())):
        if word in folded:
            return folded[word]
    if _NOT.match(written.casefold()):  # «ej klar» is near «klar» by its letters, and says the opposite
        folded = {word: folded[word] for word in folded if _NOT.match(word)}
    hits = difflib.get_close_matches(written.casefold(), folded, n=1, cutoff=0.6)
    return folded[hits[0]] if hits else ""


def did_you_mean(written: str, words: Iterable[str]) -> str:
    """A question that names the nearest word, or ""."""
    word = nearest(written, words)
    return f"Menade du «{word}»?" if word else ""


def as_key(written: str) -> str:
    """`written` as the key of a person, in the signs that it may have: "Mamma" → "mamma"; or ""."""
    if _KEY.fullmatch(written):
        return written
    folded = "".join(sign if sign in "åäö" else _plain(sign) for sign in written.lower())
    key = re.sub("[^a-zåäö0-9]+", "_", folded).strip("_")
    return key if _KEY.fullmatch(key) else ""


def _plain(sign: str) -> str:
    return unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
