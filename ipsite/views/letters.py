"""Letters as papers: filled in with what a plan says, with room to write the rest, or blank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from ipsite import dates
from ipsite.law import point_of_nine
from ipsite.letter import SIGNED, SLOT, Letter, Line, Points
from ipsite.letters import LETTERS
from ipsite.model import MYSELF, Node, Plan
from ipsite.views import people
from ipsite.views.blocks import Block, Bullets, Document, Text, Writing, text
from ipsite.views.sheet import sheet, texts

Known = Mapping[str, str | tuple[str, ...]]  # slot → what stands there; a tuple is a list of texts


def blocks(letter: Letter, known: Known | None = None) -> tuple[Block, ...]:
    """The text of a letter, under its heading, to its signature. A sentence whose slots are not in `known` becomes
    room to write, under what to write there; without `known`, the letter is blank."""
    known = known or {}
    made: list[Block] = list(_line(letter.to, known))
    for part in letter.paragraphs:
        if isinstance(part, Points):
            made.append(Bullets("", tuple((item,) for item in part.items)))
        else:
            made += _joined(part, known, easy=letter.easy)
    return (*made, *_signed(known))


def _joined(lines: tuple[Line, ...], known: Known, *, easy: bool) -> Iterator[Block]:
    """A paragraph: sentences side by side, or under one another when easy, parted by what is to be written."""
    said: list[str] = []

    def so_far() -> Text:
        return Text((tuple(said),)) if easy else text(" ".join(said))

    for line in lines:
        if all(isinstance(known.get(slot), str) for slot in line.slots):
            said.append(_said(line, known))
            continue
        if said:
            yield so_far()
            said = []
        yield from _line(line, known)
    if said:
        yield so_far()


def _line(line: Line, known: Known) -> Iterator[Block]:
    given = [known.get(slot) for slot in line.slots]
    if all(isinstance(value, str) for value in given):
        yield text(_said(line, known))
    elif isinstance(given[0], tuple):
        yield Bullets(f"{line.ask.partition(' (')[0]}:", tuple((item,) for item in given[0]))
    else:
        yield Writing(line.ask, line.rows, beside=line.beside)


def _said(line: Line, known: Known) -> str:
    return SLOT.sub(lambda slot: str(known[slot[1]]), line.text)


def _signed(known: Known) -> Iterator[Block]:
    """Where to sign: with a name that is known under the line, or with room for all that is told."""
    if name := known.get("Namn"):
        yield from (Writing("Ort, datum och underskrift", 1), text(str(name)), Writing(SIGNED[-1].ask, 1))
    else:
        yield from (Writing(line.ask, line.rows) for line in SIGNED)


# --- From a plan --------------------------------------------------------------------------------------------------


_UNDER_WAY = "en plan som inte är avslutad"
_NO_PLAN_YET = "en plan som inte är avslutad, och som inte är en gällande individuell plan"
_NEEDS = {
    "begara-plan": _NO_PLAN_YET,
    "paminnelse": _NO_PLAN_YET,
    "bara-sip": _NO_PLAN_YET,
    "begara-insats": "en insats enligt LSS med «status: önskad», i en plan som inte är avslutad",
    "begara-sip": "en plan som inte är avslutad, och som inte är en SIP",
    "omprovning": "en individuell plan med «status: gällande»",
}


def needs(name: str) -> str:
    """What a plan must have to be of use for the letter called `name`."""
    return _NEEDS.get(LETTERS[name].subject, _UNDER_WAY)


def letters(plan: Plan, name: str, today: date) -> Iterator[tuple[str, Document]]:
    """The letters called `name` that `plan` has use for: what tells them apart, and the letter."""
    if plan.status == "avslutad":
        return
    subject = LETTERS[name].subject
    if subject == "begara-insats":
        wishes = [measure for measure in plan.root.each("insatser") if _can_be_asked_for(measure)]
        for number, measure in enumerate(wishes, start=1):
            yield str(number) if len(wishes) > 1 else "", _letter(plan, name, today, _measure(plan, name, measure))
    elif subject == "begara-sip":
        if plan.kind != "sip":
            yield "", _letter(plan, name, today, _sip(plan))
    elif subject == "omprovning":
        if plan.kind == "individuell plan" and plan.status != "utkast":
            yield "", _letter(plan, name, today, _review(plan))
    elif subject in ("skriftligt-beslut", "overklaga"):
        yield "", _letter(plan, name, today, {})
    elif plan.kind != "individuell plan" or plan.status == "utkast":  # else there is a plan already
        yield "", _letter(plan, name, today, _request(plan) if subject == "begara-plan" else _requested(plan))


def _letter(plan: Plan, name: str, today: date, known: dict[str, str | tuple[str, ...]]) -> Document:
    letter = LETTERS[name]
    mine = {"namn": plan.person.text("namn"), "Namn": plan.person.text("namn")}
    made = sheet(plan, today, letter.title, blocks(letter, {**known, **mine}), (), layout=layout(letter))
    return replace(made, kind="Brev", description=f"{letter.title}. Brev.")


def layout(letter: Letter) -> str:
    """How its paper is set."""
    return "easy-brev" if letter.easy else "brev"


def _can_be_asked_for(measure: Node) -> bool:
    """Whether it is a wish under LSS, or one of which the plan does not tell the law."""
    lagrum, wished = measure.text("lagrum"), measure.text("status") == "önskad"
    return wished and bool(point_of_nine(lagrum) or (not lagrum and measure.text("huvudman") != "annan"))


def _measure(plan: Plan, name: str, measure: Node) -> dict[str, str | tuple[str, ...]]:
    number = point_of_nine(measure.text("lagrum"))
    known: dict[str, str | tuple[str, ...]] = {"insats": _lower(measure.text("insats"))} if number else {}
    known |= {"nummer": str(number)} if number else {}
    known |= {"till exempel 20 timmar i månaden": _lower(measure.text("omfattning"))} if "omfattning" in measure else {}
    known |= {"datum": dates.day(plan.version)} if plan.kind == "individuell plan" else {}
    return known | _to(plan, name, measure.who("ansvarig"))


def _to(plan: Plan, name: str, keys: tuple[str, ...]) -> dict[str, str | tuple[str, ...]]:
    """Whom a letter about LSS goes to, if the plan says who answers for the matter."""
    slot = LETTERS[name].to
    known = [", ".join((people.name(plan, key), people.role(plan, key))) for key in keys if key in plan.people]
    return {slot.slots[0]: known[0]} if known else {}


def _sip(plan: Plan) -> dict[str, str | tuple[str, ...]]:
    needs = tuple(f"{node.text('insats')} ({node.text('huvudman')})" for node in _measures(plan, "kommun", "region"))
    return {"vilka insatser": needs} if needs else {}


def _request(plan: Plan) -> dict[str, str | tuple[str, ...]]:
    meetings = plan.root.each("möten")
    keys = dict.fromkeys(key for meeting in meetings for key in meeting.who("inbjudna") if key != MYSELF)
    known = _granted(plan)
    if keys:
        known["namn och roll"] = people.names(plan, keys)
    good = next((lines for meeting in reversed(meetings) if (lines := texts(meeting, "så_fungerar_mötet_för_mig"))), ())
    if good:
        known["till exempel pauser, bilder eller tolk"] = tuple(line[0] for line in good)
    return known


def _review(plan: Plan) -> dict[str, str | tuple[str, ...]]:
    written = plan.root.date("skriven")
    return _request(plan) | ({"planens dag": dates.day(written)} if written else {})


def _requested(plan: Plan) -> dict[str, str | tuple[str, ...]]:
    when = plan.root.date("erbjudande", "begärd")
    return _granted(plan) | ({"datum": dates.day(when)} if when else {})


def _granted(plan: Plan) -> dict[str, str | tuple[str, ...]]:
    """The measures under LSS that the plan says are decided: who has been granted one has a right to ask for a plan."""
    found = [node for node in _measures(plan, "kommun", "region") if node.text("status") == "beslutad"]
    said = [_decided(node, node.get("beslut"), "datum") for node in found if "LSS" in node.text("lagrum")]
    carried_out = plan.root.get("insats")  # a genomförandeplan is made for a measure that is decided
    if carried_out is not None and "LSS" in carried_out.text("lagrum"):
        said.append(_decided(carried_out, plan.root.get("uppdrag"), "beslut_datum"))
    if not said:
        return {}
    return {"insats": _lower(said[0]) if len(said) == 1 else tuple(said)}


def _decided(measure: Node, decision: Node | None, key: str) -> str:
    """A measure, and what the plan tells of the decision: its day and its number."""
    day = decision.date(key) if decision is not None else None
    number = decision.text("diarienummer") if decision is not None else ""
    told = (f"beslut {dates.day(day)}" if day else "", f"diarienummer {number}" if number else "")
    said = ", ".join(part for part in told if part)
    return f"{measure.text('insats')} ({said})" if said else measure.text("insats")


def _measures(plan: Plan, *parties: str) -> list[Node]:
    return [node for node in plan.root.each("insatser") if node.text("huvudman") in parties]


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
