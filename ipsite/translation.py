"""What MkDocs says of a site that it cannot build, in Swedish. What is not known here stays as it is.

The patterns follow MkDocs 1.6; tests/test_translation.py lets MkDocs say each of them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_TYPES = {
    "bool": "true eller false",
    "int": "ett heltal",
    "str": "en text",
    "list": "en lista",
    "dict": "flera rader, var och en med namn och kolon",
}
_SETTING = r"(?:Config value '(?P<name>[^']*)': )?(?:Plugin '(?P<plugin>[^']*)' option '(?P<option>[^']*)': )?"


def _where(match: re.Match[str]) -> str:
    """ "mkdocs.yml, «mode» under «ipsite»" """
    if match["option"]:
        return f"mkdocs.yml, «{match['option']}» under «{match['plugin'].removeprefix('material/')}»"
    return f"mkdocs.yml, «{match['name']}»"


def _type(match: re.Match[str]) -> str:
    return f"{_where(match)}: Här ska stå {_TYPES.get(match['type'], match['type'])}."


def _unreadable(match: re.Match[str]) -> str:
    place = re.search(r"line (\d+), column (\d+)", match["why"])
    at = f", rad {place[1]}, kolumn {place[2]}" if place else ""
    tab = " Där står en tabb. Skriv mellanslag i stället." if r"'\t'" in match["why"] else ""
    is_other_coding = re.search(r"unacceptable character .* (?:byte|data)\b", match["why"])
    coding = " Spara filen på nytt som UTF-8 i en textredigerare." if is_other_coding else ""
    mend = tab or coding or " Se efter indrag, kolon och citattecken där."
    return f"mkdocs.yml{at}: Inställningarna går inte att läsa.{mend}"


def _with_guess(match: re.Match[str]) -> str:
    guess = f" Menade du «{match['guess']}»?" if match["guess"] else ""
    return (
        f"{match['page']}: Länken «{match['link']}» leder till en sida eller fil som inte finns i mappen «docs».{guess}"
    )


def _anchor(match: re.Match[str]) -> str:
    return f"{match['page']}: Länken «{match['link']}» leder till en rubrik som inte finns."


_GUESS = r"(?: Did you mean '(?P<guess>[^']*)'\?)?"
SEE_WHERE = "Kör «mkdocs build --strict» för att se var i programmet det är."
NO_SETTINGS = "mkdocs.yml: Inställningar skrivs «namn: värde», en på varje rad. Så är inte filen skriven."

_WORDS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"Doc file '(?P<page>[^']*)' contains a link '(?P<link>[^']*)', but the target(?: '[^']*')? is not found among "
     rf"documentation files\.{_GUESS}", _with_guess),
    (r"Doc file '(?P<page>[^']*)' contains an unrecognized relative link '(?P<link>[^']*)', it was left as is\."
     rf"{_GUESS}", _with_guess),
    (r"Doc file '(?P<page>[^']*)' contains a link '(?P<link>[^']*)', but (?:there is no such anchor on this page|"
     r"the doc '[^']*' does not contain an anchor '[^']*')\.", _anchor),
    (r"A reference to '(?P<page>[^']*)' is included in the 'nav' configuration, which is not found in the "
     r"documentation files\.", r"mkdocs.yml: Menyn («nav») leder till «\g<page>», som inte finns i mappen «docs»."),
    (r'The following pages exist in the docs directory, but are not included in the "nav" configuration:',
     "De här sidorna finns i mappen «docs» men inte i menyn («nav» i mkdocs.yml). "
     "Skriv in dem där, eller under «not_in_nav»:"),
    (rf"{_SETTING}Required configuration not provided\.", lambda match: f"{_where(match)}: Inställningen saknas."),
    (rf"{_SETTING}The path '[^']*' isn't an existing directory\.",
     lambda match: f"{_where(match)}: Mappen finns inte."),
    (rf"{_SETTING}The URL isn't valid, it should include the http:// \(scheme\)",
     lambda match: f"{_where(match)}: Adressen ska börja med https://."),
    (rf"{_SETTING}Expected nav (?:to be|item to be) [^,]*, got .*",
     "mkdocs.yml, «nav»: Menyn är en lista. Skriv varje rad så här: «- Om oss: om-oss.md»."),
    (rf"{_SETTING}Unrecognised theme name: '[^']*'\. The available installed themes are: .*",
     "mkdocs.yml, «theme»: Temat ska heta material."),
    (r"Error (?:reading|building) page '[^']*':(?:\n| )", ""),  # told again with what is wrong
    (rf"{_SETTING}Unrecognised configuration name: \S+", lambda match: f"{_where(match)}: Inställningen finns inte."),
    (rf"{_SETTING}Expected type: <class '(?P<type>\w+)'> but received: <class '\w+'>", _type),
    (rf"{_SETTING}The \"(?P<missing>[^\"]*)\" plugin is not installed",
     r"mkdocs.yml: Tillägget «\g<missing>» är inte installerat."),
    (r"Config value 'site_dir': The '(?:docs|site)_dir' should not be within the '(?:docs|site)_dir' as this (?:.|\n)*?"
     r"\(site_dir: '[^']*', docs_dir: '[^']*'\)",
     "Webbplatsen kan inte byggas runt mappen «docs» eller i den. "
     "Välj en annan mapp med --site-dir eller site_dir i mkdocs.yml."),
    (r"Config value 'docs_dir': The 'docs_dir' should not be the parent directory of the config file\. .*",
     "mkdocs.yml, «docs_dir»: Sidorna ska ligga i en egen mapp, till exempel docs."),
    (r"The configuration is invalid\. Expected a key-value mapping \(dict\) but received: <class '\w+'>",
     NO_SETTINGS),
    (r"MkDocs encountered an error parsing the configuration file: (?P<why>(?:.|\n(?!\n))*)", _unreadable),
    (r"Aborted with (?:a|\d+) configuration errors?!", "Inställningarna i mkdocs.yml har fel."),
    (r"Config value '[^']*': Plugin '(?P<plugin>[^']*)' option '(?P<option>[^']*)': ",
     lambda match: f"{_where(match)}: "),
    (r"Config value '(?P<name>[^']*)': ", r"mkdocs.yml, «\g<name>»: "),
)  # fmt: skip
_PATTERNS = [(re.compile(pattern), said) for pattern, said in _WORDS]


def bug(error: Exception) -> str:
    """What is told of a fault that is nobody's to mend but ours."""
    return f"Något gick fel i programmet, inte i dina planer ({type(error).__name__})."


def unknown(what: str) -> str:
    """What is told where the theme or MkDocs is not as we know it: `what` is for those who are to mend it."""
    return (
        "Temat Material, eller MkDocs, är inte som ipsite är gjort för. Står «custom_dir» under «theme» i mkdocs.yml, "
        f"prova utan. Kör annars «ipsite doctor», som säger vilka versioner som passar. ({what})"
    )


def in_swedish(text: str) -> str:
    """The messages of MkDocs in `text`, in Swedish."""
    for pattern, said in _PATTERNS:
        text = pattern.sub(said, text)
    return text


@contextmanager
def telling(handler: logging.Handler) -> Iterator[None]:
    """Let MkDocs tell `handler` what is wrong, and nobody else, whatever was wanted of it before in this process."""
    logger = logging.getLogger("mkdocs")
    handlers, level, propagates = logger.handlers, logger.level, logger.propagate
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.handlers, logger.propagate = handlers, propagates
        logger.setLevel(level)
