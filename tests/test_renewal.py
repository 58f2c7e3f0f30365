"""renewal.py: last year's plan carried over, line by line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from plan_samples import as_yaml, small_plan, source_of
from site_helpers import KINDS, PLANS, every_field

from ipsite.load import read
from ipsite.renewal import NotRenewable, renewed
from ipsite.validate import validate

TODAY = date(2027, 3, 1)
OLD = """\
# Överst står en kommentar.
format: 1
slag: individuell plan
titel: Flytta # min egen anteckning
skriven: 2025-03-10
reviderad: 2026-02-23
gäller:
  från: 2025-03-24
  till: 2026-03-15
status: avslutad
ersätter: ip-2024
person:
  namn: Vera Vall
personer:
  mamma: {namn: Eva, roll: mamma, huvudman: närstående}

# Därför
anledning: |-
  # Det här är text, ingen kommentar.

  Jag vill flytta.
mål:
  - mål: Nådda målet
    status: nått
  - mål: Kvar
    status: pågår
    åtgärder:
      - klart: 2026-01-01
        vad: Ringa
        vem: mamma
        status: pågår
      - {vad: Skriva, vem: mamma, klart: 2026-01-02, status: pågår}
      - vad: Fira
        vem: mamma
        klart: 2027-12-24
        status: ej påbörjad
möten:
  - slag: planeringsmöte
    tid: 2025-03-10 10:00
    längd_minuter: 60
    plats: Biblioteket
  - slag: uppföljningsmöte
    tid: 2027-04-10 10:00
    längd_minuter: 60
    plats: Hemma
uppföljning:
  nästa: 2026-02-23
  omprövas_senast: 2026-03-10
exemplar:
  - till: mamma
    samtycke: {datum: 2025-03-24}
underskrifter:
  - {vem: jag själv, datum: 2025-03-24}
"""


@pytest.fixture
def new() -> str:
    return renewed(source_of(OLD, "vera/ip-2025"), TODAY)


def test_the_new_plan_is_a_draft_of_today_that_takes_over_after_the_old(new: str) -> None:
    data = source_of(new).data
    assert (data["status"], data["skriven"], data["ersätter"]) == ("utkast", "2027-03-01", "vera/ip-2025")
    assert validate(source_of(new)) == []


def test_what_was_the_old_plans_own_is_commented_out(new: str) -> None:
    data = source_of(new).data
    for key in ("reviderad", "gäller", "exemplar", "underskrifter", "uppföljning"):
        assert key not in data
        assert f"#{key}:" in new
    assert "#samtycke: {datum: 2025-03-24}" in new


def test_comments_order_and_words_stay(new: str) -> None:
    assert new.startswith("# Överst står en kommentar.\nformat: 1\n")
    assert "titel: Flytta # min egen anteckning\n" in new
    assert source_of(new).data["anledning"] == source_of(OLD).data["anledning"]
    kept = [line for line in OLD.splitlines() if line.strip() and not line.startswith(("status", "skriven"))]
    written = {line.strip().lstrip("-# ") for line in new.splitlines()}
    assert [line for line in kept if line.strip().lstrip("-# ") not in written] == []


def test_finished_goals_are_left_with_a_note(new: str) -> None:
    assert "  # Stod som «nått» i den gamla planen. Ta bort det som är färdigt.\n  - mål: Nådda målet\n" in new


def test_days_that_have_passed_are_commented_out_and_days_ahead_stay(new: str) -> None:
    actions = source_of(new).data["mål"][1]["åtgärder"]
    assert [action.get("klart") for action in actions] == [None, "2026-01-02", "2027-12-24"]
    assert "      - #klart: 2026-01-01\n        vad: Ringa\n" in new
    assert "# Se över raden under. Dagen har passerat. Bestäm en ny.\n      - {vad: Skriva" in new


def test_the_day_of_the_next_review_is_set_anew_though_it_has_not_passed() -> None:
    ahead = OLD.replace("omprövas_senast: 2026-03-10", "omprövas_senast: 2027-03-10")
    assert "# Den gamla planens dagar. Bestäm nya.\n#uppföljning:\n" in renewed(source_of(ahead), TODAY)
    ahead = ahead.replace("nästa: 2026-02-23", "nästa: 2027-04-10")
    new = renewed(source_of(ahead), TODAY)
    assert source_of(new).data["uppföljning"] == {"nästa": "2027-04-10"}
    assert "  # Den gamla planens dag. Bestäm en ny.\n  #omprövas_senast: 2027-03-10\n" in new


def test_meetings_that_have_been_are_commented_out_and_coming_ones_stay(new: str) -> None:
    assert [meeting["plats"] for meeting in source_of(new).data["möten"]] == ["Hemma"]
    assert "    #plats: Biblioteket" in new


def test_the_consent_of_a_sip_must_be_asked_for_again() -> None:
    for consent in ({"datum": "2026-03-02"}, {"datum": "2026-03-02", "gäller": "Allt"}):
        text, _ = as_yaml(small_plan("sip", samtycke=consent))
        data = source_of(renewed(source_of(text), TODAY)).data
        assert "datum" not in data["samtycke"]


def test_a_plan_with_errors_or_within_brackets_is_not_carried_over() -> None:
    with pytest.raises(NotRenewable, match="har fel"):
        renewed(source_of("slag: sip\n"), TODAY)
    flow = "{" + ", ".join(f'"{k}": {v!r}' for k, v in {"format": 1}.items()) + "}"
    with pytest.raises(NotRenewable):
        renewed(source_of(flow), TODAY)


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_with_every_field_is_carried_over(kind: str) -> None:
    text, _ = as_yaml(every_field(kind)[0])
    made = source_of(renewed(source_of(text, "gammal"), date(2040, 1, 1)))
    assert validate(made) == []
    assert made.data["ersätter"] == "gammal"


@pytest.mark.parametrize("path", sorted(PLANS.rglob("*.yaml")), ids=lambda path: path.stem)
def test_the_example_plans_are_carried_over(path: Path) -> None:
    source, _ = read(path, path.name, "gammal")
    assert source is not None
    made = source_of(renewed(source, TODAY))
    assert validate(made) == []
    assert set(made.data) | {"reviderad", "gäller", "utvärdering", "erbjudande", "exemplar", "underskrifter", "möten",
                             "uppföljning"} >= set(source.data)  # fmt: skip
