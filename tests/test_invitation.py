"""views/invitation.py and views/shelf.py: an invitation to each one, and papers that can be found on the page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from site_helpers import KINDS, TODAY, Html, read_plan, smallest

from ipsite.documents import DOCUMENTS
from ipsite.readability import measure
from ipsite.render.environment import fill
from ipsite.render.paper import Paper
from ipsite.views.blocks import Bullets, Document
from ipsite.views.download import Download
from ipsite.views.shelf import shelves

MEETING: dict[str, Any] = {
    "slag": "planeringsmöte", "tid": "2027-01-20 13:00", "längd_minuter": 45, "plats": "Biblioteket",
    "leder": "anna", "för_min_talan": ["jag själv", "bo"], "inbjudna": ["anna", "bo", "jag själv"],
    "förbered": ["Anna läser beslutet.", "Alla läser planen."], "dagordning": ["Bussen"],
}  # fmt: skip
PEOPLE: dict[str, dict[str, Any]] = {
    "anna": {"namn": "Anna Ek", "roll": "handläggare", "huvudman": "kommun", "telefon": "0700-00 00 01"},
    "bo": {"namn": "Bo Al", "roll": "granne", "huvudman": "närstående"},
}


def invitations(folder: Path, name: str = "inbjudan", **more: Any) -> dict[str, Document]:
    given = {"möten": [MEETING], "personer": PEOPLE, **more}
    plan = read_plan(folder, smallest(given.pop("kind", "individuell plan"), **given))
    return dict(DOCUMENTS[name].of(plan, TODAY))


def words(document: Document) -> str:
    return Html(fill("paper.html.j2", Paper(document))).text


@pytest.mark.parametrize("name", ["inbjudan", "inbjudan-lattlast"])
def test_each_who_is_invited_gets_one_and_the_person_another_paper(name: str, tmp_path: Path) -> None:
    found = invitations(tmp_path, name)
    assert list(found) == [f"2027-01-20-anna-{name}", f"2027-01-20-bo-{name}"]
    assert [document.title.startswith("Inbjudan till") for document in found.values()] == [True, True]
    assert "Bo Al" in found[f"2027-01-20-bo-{name}"].title


def test_the_person_is_told_of_her_meeting_and_of_what_she_may_say_no_to(tmp_path: Path) -> None:
    task = {"vad": "Öva", "lättläst": "Jag övar.", "vem": "jag själv", "klart": "2027-01-10", "status": "pågår"}
    goals = [{"mål": "Jag åker buss", "status": "pågår", "åtgärder": [task]}]
    (document,) = invitations(tmp_path, "mitt-mote", mål=goals).values()
    told = words(document)
    for part in (
        "Mötet är onsdag 20 januari 2027. Det börjar klockan 13.00.",
        "Vi är här: Biblioteket",
        "Bo Al, granne",
        "Bussen",
        "Vem hjälper dig på mötet? Bo Al hjälper dig att säga vad du vill.",
        "Vad ska du göra före mötet? Alla läser planen. Jag övar. Det ska vara klart 10 januari 2027.",
        "Det här vill jag säga",
        "Du får säga nej",
        "Säg det till: Anna Ek, handläggare",
    ):
        assert part in told
    assert "jag själv" not in told
    assert "Anna läser beslutet" not in told  # that is for Anna to do


def test_a_helper_whose_name_is_a_word_begins_the_sentence_as_a_name_would(tmp_path: Path) -> None:
    people = {**PEOPLE, "bo": {**PEOPLE["bo"], "namn": "granne"}}
    (document,) = invitations(tmp_path, "mitt-mote", personer=people).values()
    assert "Granne hjälper dig att säga vad du vill." in words(document)


def test_what_the_person_is_to_prepare_is_hers_alone_or_with_others_and_not_what_another_does(tmp_path: Path) -> None:
    lines = [
        "Bo och jag väljer bilder.",
        "Jag tar med radion.",
        "Tänk på vad du vill.",
        "Bo Al läser planen.",
        "Veras lista.",
    ]
    meeting = {**MEETING, "förbered": lines}
    (document,) = invitations(
        tmp_path, "mitt-mote", möten=[meeting], person={"namn": "Vera Ek", "kallas": "Vera"}
    ).values()
    hers = [block for section in document.sections if "före" in section.title for block in section.blocks]
    assert [line for block in hers if isinstance(block, Bullets) for (line,) in block.items] == [
        "Bo och jag väljer bilder.",
        "Jag tar med radion.",
        "Veras lista.",
        "Tänk på vad du vill.",
    ]
    bo = words(invitations(tmp_path, möten=[meeting])["2027-01-20-bo-inbjudan"])
    assert "Det här gör du före mötet: Bo och jag väljer bilder. Bo Al läser planen." in bo


def test_what_the_person_has_said_of_her_meetings_stands_in_place_of_wishes_to_tick(tmp_path: Path) -> None:
    meeting = {
        **MEETING,
        "så_fungerar_mötet_för_mig": ["Skor av i hallen."],
        "leder": "jag själv",
        "inbjudna": ["jag själv"],
    }
    (document,) = invitations(tmp_path, "mitt-mote", möten=[{**meeting, "för_min_talan": ["jag själv"]}]).values()
    told = words(document)
    assert "Så vill jag att mötet är Skor av i hallen." in told
    assert "Jag vill se bilder" not in told
    assert "Du leder mötet." in told
    assert "Säg det till" not in told  # to nobody but herself


def test_a_meeting_without_guests_has_an_invitation_with_room_for_a_name(tmp_path: Path) -> None:
    (document,) = invitations(tmp_path, möten=[{**MEETING, "inbjudna": ["jag själv"]}]).values()
    assert "Till" in words(document)
    assert document.title == "Inbjudan – planeringsmöte 20 januari 2027"


def test_who_has_a_duty_at_the_meeting_or_something_to_prepare_is_told_of_it_first(tmp_path: Path) -> None:
    anna, bo = map(words, invitations(tmp_path).values())
    assert "Din uppgift på mötet: Du leder mötet." in anna
    assert "Det här gör du före mötet: Anna läser beslutet." in anna
    assert "Det här ska också förberedas: Alla läser planen." in anna
    assert "Du talar för" in bo
    assert "Det här gör du före mötet" not in bo
    assert "Anna läser beslutet. Alla läser planen." in bo


def test_what_one_has_promised_before_the_meeting_stands_in_the_own_invitation_only(tmp_path: Path) -> None:
    days = [("Ringa", "2027-01-10", "pågår"), ("Skriva", "2027-02-10", "pågår"), ("Åka", "2027-01-10", "klar")]
    tasks = [{"vad": what, "vem": "anna", "klart": day, "status": status} for what, day, status in days]
    goals = [{"mål": "Hemlig dröm", "status": "pågår", "åtgärder": tasks}]
    anna, bo = map(words, invitations(tmp_path, mål=goals).values())
    assert "Ringa. Klart senast 10 januari 2027." in anna
    assert [what for what in ("Skriva", "Åka", "Hemlig dröm") if what in anna] == []
    assert "Ringa" not in bo


def test_who_speaks_for_the_person_is_told_in_the_words_of_the_one_who_invites(tmp_path: Path) -> None:
    found = invitations(tmp_path, möten=[{**MEETING, "för_min_talan": ["anna"]}], person={"namn": "Vera Ek"})
    told = words(next(iter(found.values())))
    assert "Talar för Vera Ek" in told
    assert "min talan" not in told


def test_the_person_is_no_i_to_the_one_who_reads_an_invitation(tmp_path: Path) -> None:
    leads = {**MEETING, "leder": "jag själv"}
    for name in ("inbjudan", "inbjudan-lattlast"):
        for document in invitations(tmp_path, name, möten=[leads], person={"namn": "Vera Ek"}).values():
            told = words(document)
            assert "Vera Ek" in told
            assert "jag själv" not in told


def test_a_private_guest_is_named_by_role_in_the_text_and_in_the_file_name(tmp_path: Path) -> None:
    people = {**PEOPLE, "bo": {**PEOPLE["bo"], "privat": True}}
    found = invitations(tmp_path, personer=people)
    assert list(found) == ["2027-01-20-anna-inbjudan", "2027-01-20-granne-inbjudan"]
    assert [document for document in found.values() if "Bo Al" in words(document)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_easy_invitation_has_short_sentences_and_the_same_facts(kind: str, tmp_path: Path) -> None:
    made = invitations(tmp_path, "inbjudan-lattlast", kind=kind)
    (document,) = (one for name, one in made.items() if "-bo-" in name)  # Anna, who is to be answered, gets one too
    told = words(document)
    for part in ("onsdag 20 januari 2027", "klockan 13.00", "klockan 13.45", "Biblioteket", "0700-00 00 01", "Bussen"):
        assert part in told
    assert document.layout == "easy"
    assert measure(told.replace("enligt 10 § LSS", "")).lix < 40


def test_the_easy_invitation_tells_what_the_one_invited_does_and_where_the_video_is(tmp_path: Path) -> None:
    task = {"vad": "Ringa om bussen", "vem": "bo", "status": "pågår", "klart": "2027-01-15"}
    goals = [{"mål": "Åka buss", "status": "pågår", "åtgärder": [{**task, "lättläst": "Bo ringer om bussen."}, task]}]
    meetings = [{**MEETING, "länk": "https://example.com/mote"}]
    documents = invitations(tmp_path, "inbjudan-lattlast", möten=meetings, mål=goals)
    anna, bo = map(words, documents.values())
    assert "Det här gör du: Bo ringer om bussen. Det ska vara klart 15 januari 2027." in bo
    assert "Ringa om bussen. Det ska vara klart 15 januari 2027." in bo
    assert "Det här gör du: Anna läser beslutet. Det här ska också göras: Alla läser planen." in anna
    assert "bussen" not in anna
    for told in (anna, bo):
        assert "Du kan vara med på video också. Då går du till den här sidan: https://example.com/mote" in told
        assert "Ja, jag är med på video" in told
    alone = words(next(iter(invitations(tmp_path, "inbjudan-lattlast").values())))
    assert "video" not in alone


# --- On the page --------------------------------------------------------------------------------------------------


def test_the_papers_of_a_meeting_lie_together_in_the_order_of_time(tmp_path: Path) -> None:
    later = {**MEETING, "tid": "2027-03-20 13:00"}
    plan = read_plan(tmp_path, smallest(möten=[later, MEETING], personer=PEOPLE))
    names = ["min-sida.pdf", "plan.ics", "moten/2027-03-20-dagordning.pdf", "moten/2027-01-20.ics",
             "moten/2027-01-20-dagordning.pdf", "vem-gor-vad/anna-vem-gor-vad.pdf"]  # fmt: skip
    found = shelves(plan, [Download(name, name) for name in names])
    assert [shelf.title for shelf in found] == [
        "",
        "Planeringsmöte 20 januari 2027",
        "Planeringsmöte 20 mars 2027",
        "Vem gör vad",
    ]
    assert sorted(file.address for shelf in found for file in shelf.files) == sorted(names)
    assert len({shelf.id for shelf in found}) == len(found)


@pytest.mark.parametrize(("guests", "folded"), [(3, False), (4, True)])
def test_many_invitations_are_folded_together(guests: int, folded: bool, tmp_path: Path) -> None:
    plan = read_plan(tmp_path, smallest(möten=[MEETING], personer=PEOPLE))
    files = [Download(f"moten/2027-01-20-g{number}-inbjudan.pdf", str(number)) for number in range(guests)]
    (shelf,) = shelves(plan, files)
    assert (len(shelf.each), len(shelf.files)) == ((guests, 0) if folded else (0, guests))


def test_meetings_on_the_same_day_do_not_take_each_others_papers(tmp_path: Path) -> None:
    later = {**MEETING, "tid": "2027-01-20 15:00"}
    plan = read_plan(tmp_path, smallest(möten=[MEETING, later], personer=PEOPLE))
    names = [f"moten/{name}.pdf" for name, _ in DOCUMENTS["dagordning"].of(plan, date(2026, 1, 1))]
    found = shelves(plan, [Download(name, name) for name in names])
    assert [len(shelf.files) for shelf in found] == [1, 1]
