"""Rules of law and sense: each has a plan that breaks it and one that does not."""

from __future__ import annotations

import ast
import copy
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from ipsite import check, law, rules, schema
from ipsite.checking import check_paths, problems_of
from ipsite.model import Node
from ipsite.problem import Problem
from ipsite.rules import RULES, across, check_together
from ipsite.rules.process import _months_after, a_year_after
from ipsite.rules.rule import Rule

TODAY = date(2026, 11, 22)
WHOLE = Path(__file__).parent / "rules"
KINDS = {"ip": "ip.yaml", "sip": "sip.yaml", "genomförandeplan": "genomforandeplan.yaml"}

REMOVE = object()
Way = tuple[str | int, ...]
Patch = dict[Way, Any]


def whole(kind: str) -> dict[str, Any]:
    """A plan that no rule has anything to say of."""
    loaded: dict[str, Any] = yaml.load((WHOLE / KINDS[kind]).read_text("utf-8"), yaml.BaseLoader)
    return loaded


def patched(plan: dict[str, Any], patch: Patch) -> dict[str, Any]:
    plan = copy.deepcopy(plan)
    for path, value in patch.items():
        holder: Any = plan
        for step in path[:-1]:
            holder = holder[step]
        if value is REMOVE:
            del holder[path[-1]]
        elif isinstance(holder, list) and path[-1] == len(holder):
            holder.append(value)
        else:
            holder[path[-1]] = value
    return plan


def portfolio(folder: Path, plans: dict[str, dict[str, Any]]) -> Path:
    root = folder / "plans"
    for name, plan in plans.items():
        file = root / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        # BaseLoader reads everything as text; what the schema wants as numbers is written as it was
        file.write_text(yaml.dump(plan, Dumper=Plain, allow_unicode=True, sort_keys=False), "utf-8")
        picture = io.BytesIO()
        Image.new("RGB", (4, 4)).save(picture, "PNG")
        (file.parent / "bo.png").write_bytes(picture.getvalue())
    return root


class Plain(yaml.SafeDumper):
    """Writes every text without quotes where it can, as a person would."""


def _plain(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if text.strip() else '"')


Plain.add_representer(str, _plain)
Plain.add_implicit_resolver = None  # type: ignore[assignment]
Plain.yaml_implicit_resolvers = {}


def found(folder: Path, plans: dict[str, dict[str, Any]]) -> list[Problem]:
    return check(portfolio(folder, plans), TODAY)


# What breaks each rule: kind of plan, the change, and the field that the problem names.
BREAKS: list[tuple[str, str, Patch, str]] = [
    ("IP101", "ip", {("insatser", 0, "status"): "planerad"}, "insatser"),
    ("IP101", "ip", {("insatser",): REMOVE}, "insatser"),
    ("IP102", "ip", {("insatser", 1, "status"): "önskad"}, "insatser"),
    ("IP103", "ip", {("mål", 0, "åtgärder", 0, "vem"): "handläggare"}, "insatser"),
    ("IP104", "ip", {("uppföljning", "omprövas_senast"): REMOVE}, "uppföljning"),
    ("IP104", "ip", {("uppföljning",): REMOVE}, "uppföljning"),
    ("IP105", "ip", {("uppföljning", "omprövas_senast"): "2027-03-17"}, "uppföljning.omprövas_senast"),
    ("IP106", "ip", {("uppföljning", "nästa"): "2026-11-21"}, "uppföljning.nästa"),
    ("IP106", "genomförandeplan", {("följs_upp", "när"): "2026-10-01"}, "följs_upp.när"),
    ("IP107", "ip", {("mål",): REMOVE}, "mål"),
    ("IP108", "ip", {("mål", 0, "mina_ord"): REMOVE}, "mål[1].mina_ord"),
    ("IP109", "ip", {("mål", 0, "åtgärder", 0, "klart"): REMOVE}, "mål[1].åtgärder[1].klart"),
    ("IP110", "ip", {("mål", 0, "åtgärder", 0, "klart"): "2026-11-21"}, "mål[1].åtgärder[1].klart"),
    ("IP111", "ip", {("mål", 0, "åtgärder"): REMOVE}, "mål[1].åtgärder"),
    ("IP112", "ip", {("mål", 0, "lättläst"): REMOVE}, "mål[1].lättläst"),
    ("IP113", "ip", {("person", "födelseår"): "2016", ("mål", 0, "mina_ord"): REMOVE}, "mål"),
    ("IP114", "ip", {("möten", 1, "leder"): REMOVE}, "möten[2].leder"),
    ("IP114", "ip", {("möten", 1, "skriver"): REMOVE}, "möten[2].skriver"),
    ("IP115", "ip", {("möten", 1, "inbjudna"): ["handläggare"]}, "möten[2].inbjudna"),
    ("IP116", "ip", {("möten", 0, "deltog"): REMOVE}, "möten[1].deltog"),
    ("IP115", "ip", {("möten", 1, "inbjudna"): ["förbundet"], ("insatser",): []}, "möten[2].inbjudna"),
    ("IP116", "ip", {("möten",): REMOVE}, "möten"),
    ("IP117", "ip", {("exemplar",): REMOVE}, "exemplar"),
    (
        "IP118",
        "ip",
        {("exemplar", 0, "samtycke", "till_och_med"): "2026-11-21"},
        "exemplar[1].samtycke.till_och_med",
    ),
    ("IP118", "sip", {("samtycke", "till_och_med"): "2026-11-21"}, "samtycke.till_och_med"),
    ("IP119", "ip", {("underskrifter", 1): REMOVE}, "underskrifter"),
    ("IP119", "ip", {("underskrifter", 0): REMOVE}, "underskrifter"),
    (
        "IP120",
        "ip",
        {("insatser", 0, "beslut", "verkställt"): REMOVE, ("insatser", 0, "beslut", "datum"): "2026-08-21"},
        "insatser[1].beslut",
    ),
    ("IP121", "ip", {("insatser", 0, "beslut", "gäller_till"): "2027-02-20"}, "insatser[1].beslut.gäller_till"),
    ("IP121", "ip", {("insatser", 0, "beslut", "gäller_till"): "2026-11-21"}, "insatser[1].beslut.gäller_till"),
    ("IP122", "ip", {("person", "personkrets"): "3"}, "insatser[1].lagrum"),
    ("IP123", "ip", {("insatser", 1, "huvudman"): "kommun"}, "insatser[2].huvudman"),
    ("IP123", "ip", {("insatser", 0, "huvudman"): "region"}, "insatser[1].huvudman"),
    ("IP124", "ip", {("insatser", 0, "beslut"): REMOVE}, "insatser[1].beslut"),
    (
        "IP125",
        "ip",
        {("insatser", 2): {"insats": "Kontaktperson", "status": "önskad", "huvudman": "kommun"}},
        "insatser[3].status",
    ),
    ("IP126", "ip", {("mål", 0, "mina_ord"): "Fyll i (Mina egna ord)"}, "mål[1].mina_ord"),
    ("IP126", "ip", {("personer", "handläggare", "namn"): "Fyll i (Namn) Karin"}, "personer.handläggare.namn"),
    ("IP126", "sip", {("behov", 0): "Fyll i (Behov)"}, "behov[1]"),
    ("IP126", "genomförandeplan", {("utförare",): "Fyll i (Utförare)"}, "utförare"),
    ("IP128", "ip", {("uppföljning", "nästa"): REMOVE, ("möten", 1): REMOVE}, "uppföljning.nästa"),
    ("IP128", "ip", {("uppföljning",): REMOVE, ("möten", 1, "slag"): "planeringsmöte"}, "uppföljning"),
    ("IP201", "sip", {("insatser",): REMOVE}, "insatser"),
    ("IP202", "sip", {("insatser", 1, "huvudman"): "kommun"}, "insatser"),
    ("IP203", "sip", {("insatser", 2): REMOVE}, "insatser"),
    ("IP204", "sip", {("övergripande_ansvar", "huvudman"): REMOVE}, "övergripande_ansvar"),
    ("IP205", "sip", {("samtycke", "datum"): REMOVE}, "samtycke.datum"),
    ("IP301", "genomförandeplan", {("uppdrag", "mål"): REMOVE}, "uppdrag.mål"),
    ("IP302", "genomförandeplan", {("aktiviteter",): REMOVE}, "aktiviteter"),
    ("IP303", "genomförandeplan", {("aktiviteter", 0, "hur"): REMOVE}, "aktiviteter[1].hur"),
    ("IP304", "genomförandeplan", {("samverkan",): REMOVE}, "samverkan"),
    ("IP305", "genomförandeplan", {("deltog",): REMOVE}, "deltog"),
    ("IP305", "genomförandeplan", {("mina_synpunkter",): REMOVE}, "mina_synpunkter"),
    ("IP306", "genomförandeplan", {("följs_upp", "när"): REMOVE}, "följs_upp.när"),
    ("IP501", "ip", {("gäller", "till"): "2026-03-15"}, "gäller.till"),
    ("IP501", "ip", {("insatser", 0, "beslut", "verkställt"): "2025-08-11"}, "insatser[1].beslut.verkställt"),
    (
        "IP501",
        "ip",
        {("insatser", 0, "beslut", "datum"): "2029-01-01", ("insatser", 0, "beslut", "verkställt"): REMOVE},
        "insatser[1].beslut.gäller_till",
    ),
    ("IP501", "sip", {("samtycke", "datum"): "2027-05-21"}, "samtycke.till_och_med"),
    ("IP502", "ip", {("reviderad",): "2026-03-01"}, "reviderad"),
    ("IP502", "ip", {("uppföljning", "nästa"): "2026-03-01"}, "uppföljning.nästa"),
    ("IP502", "ip", {("möten", 0, "slag"): "uppföljningsmöte", ("skriven",): "2026-03-03"}, "möten[1].tid"),
    ("IP503", "ip", {("underskrifter", 0, "datum"): "2026-11-23"}, "underskrifter[1].datum"),
    ("IP503", "ip", {("person", "födelseår"): "2027"}, "person.födelseår"),
    ("IP503", "ip", {("insatser", 0, "beslut", "datum"): "2026-11-23"}, "insatser[1].beslut.datum"),
    ("IP503", "ip", {("erbjudande",): {"begärd": "2026-11-23"}}, "erbjudande.begärd"),
    ("IP503", "genomförandeplan", {("uppdrag", "beslut_datum"): "2026-11-23"}, "uppdrag.beslut_datum"),
    ("IP503", "genomförandeplan", {("fastställd",): "2026-11-23"}, "fastställd"),
    ("IP504", "ip", {("möten", 1, "tid"): "2027-03-16 13:00"}, "möten[2].tid"),
    ("IP603", "ip", {("person", "skyddade_uppgifter"): "true"}, "möten[1].plats"),
    ("IP603", "genomförandeplan", {("person", "skyddade_uppgifter"): "true"}, "utförare"),
    ("IP604", "ip", {("personer", "handläggare", "telefon"): "08-123 456 78"}, "personer.handläggare.telefon"),
    ("IP604", "ip", {("personer", "handläggare", "e_post"): "a@exempel.se"}, "personer.handläggare.e_post"),
    ("IP605", "ip", {("person", "bildtext"): REMOVE}, "person.bild"),
]
IP2: Patch = {("ersätter",): "b"}
ACROSS: list[tuple[str, dict[str, tuple[str, Patch]]]] = [
    ("IP401", {"a": ("ip", {}), "b": ("sip", {("person", "namn"): "Bo Ek", ("insatser", 3): {
        "insats": "Daglig verksamhet", "lagrum": "9 § 10 LSS", "status": "beslutad", "huvudman": "kommun",
        "beslut": {"datum": "2025-08-13", "verkställt": "2025-09-01"}}})}),
    ("IP401", {"a": ("ip", {}), "b": ("sip", {("person", "namn"): "bo ek", ("insatser", 3): {
        "insats": "Råd och stöd", "lagrum": "9 § 1 LSS", "status": "planerad", "huvudman": "kommun"}})}),
    ("IP401", {"a": ("ip", {}), "b": ("genomförandeplan", {("uppdrag", "beslut_datum"): "2025-08-13"})}),
    ("IP401", {
        "a": ("ip", {}),
        "b": ("genomförandeplan", {("uppdrag", "beslut_datum"): "2025-08-13", ("insats", "lagrum"): REMOVE}),
    }),
    ("IP402", {
        "a": ("ip", {("andra_planer",): [{"slag": "genomförandeplan", "gäller": "Snickeriet", "plan": "b"}]}),
        "b": ("genomförandeplan", {("status",): "avslutad"}),
    }),
    ("IP403", {"a": ("ip", {("ersätter",): "a"})}),
    ("IP403", {"a": ("ip", IP2), "b": ("ip", {("ersätter",): "a", ("status",): "avslutad"})}),
    ("IP404", {"a": ("ip", IP2), "b": ("ip", {("gäller",): {"från": "2025-01-01", "till": "2025-12-31"}})}),
    ("IP404", {"a": ("ip", IP2), "b": ("ip", {("status",): "avslutad", ("person", "namn"): "Någon Annan"})}),
    ("IP405", {"a": ("ip", {}), "b": ("ip", {("titel",): "En till"})}),
    ("IP405", {"a": ("ip", {("gäller",): REMOVE}), "b": ("ip", {("gäller",): REMOVE})}),
    ("IP602", {"bo-ek/ip": ("ip", {("fiktiv",): REMOVE})}),
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_plan_breaks_no_rule(kind: str, tmp_path: Path) -> None:
    assert found(tmp_path, {"a": whole(kind)}) == []


@pytest.mark.parametrize(
    ("code", "kind", "patch", "where"), BREAKS, ids=[f"{code}-{where}" for code, _, _, where in BREAKS]
)
def test_a_broken_plan_is_told_of_at_the_right_field(
    code: str, kind: str, patch: Patch, where: str, tmp_path: Path
) -> None:
    problems = [p for p in found(tmp_path, {"a": patched(whole(kind), patch)}) if p.code == code]
    assert where in [problem.where for problem in problems]
    problem = next(problem for problem in problems if problem.where == where)
    rule = RULES[code]
    assert (problem.level, problem.law) == (rule.level, rule.law)
    assert problem.hint


@pytest.mark.parametrize(("code", "plans"), ACROSS, ids=[f"{code}-{i}" for i, (code, _) in enumerate(ACROSS)])
def test_plans_that_do_not_agree_are_told_of(code: str, plans: dict[str, tuple[str, Patch]], tmp_path: Path) -> None:
    made = {name: patched(whole(kind), patch) for name, (kind, patch) in plans.items()}
    assert code in [problem.code for problem in found(tmp_path, made)]


def test_plans_that_agree_are_left_in_peace(tmp_path: Path) -> None:
    assert found(tmp_path, {"a": whole("ip"), "b": whole("sip"), "c": whole("genomförandeplan")}) == []


def test_a_name_in_other_capitals_is_the_same_person(tmp_path: Path) -> None:
    name = whole("ip")["person"]["namn"].upper()
    old = patched(whole("ip"), {("status",): "avslutad", ("person", "namn"): name})
    assert found(tmp_path, {"a": patched(whole("ip"), IP2), "b": old}) == []


EARLIER = {
    "insats": "Daglig verksamhet", "lagrum": "9 § 10 LSS", "status": "avslutad", "huvudman": "kommun",
    "beslut": {"datum": "2023-08-14", "verkställt": "2023-09-01"},
}  # fmt: skip


@pytest.mark.parametrize("status", ["avslutad", "beslutad"])
def test_a_plan_may_hold_an_earlier_decision_beside_the_one_that_counts(status: str, tmp_path: Path) -> None:
    plan = patched(whole("ip"), {("insatser", 2): {**EARLIER, "status": status}})
    problems = found(tmp_path, {"a": plan, "b": whole("genomförandeplan")})
    assert [problem for problem in problems if problem.code == "IP401"] == []


def test_two_insatser_of_the_same_name_by_two_laws_are_two(tmp_path: Path) -> None:
    other: Patch = {("insats", "lagrum"): "11 kap. 1 § SoL", ("uppdrag", "beslut_datum"): "2025-10-01"}
    assert found(tmp_path, {"a": whole("ip"), "b": patched(whole("genomförandeplan"), other)}) == []


def test_the_day_of_an_assignment_is_told_of_at_its_place(tmp_path: Path) -> None:
    other = patched(whole("genomförandeplan"), {("uppdrag", "beslut_datum"): "2025-08-13"})
    (told,) = found(tmp_path, {"a": whole("ip"), "b": other})
    assert (told.code, told.where, told.message) == (
        "IP401",
        "uppdrag.beslut_datum",
        "Beslutet har ett annat beslutsdatum i a.",
    )


def test_every_rule_has_a_plan_that_breaks_it() -> None:
    as_written = {"IP127", "IP601"}  # test_clipped.py, test_personal_number.py
    broken = {code for code, *_ in BREAKS} | {code for code, _ in ACROSS} | as_written
    assert set(RULES) - broken == set(), "write a plan that breaks the new rule into BREAKS or ACROSS"
    assert broken - set(RULES) == set(), "a rule that is gone"


def test_every_module_of_rules_is_imported_so_that_its_rules_are_entered() -> None:
    modules = {file.stem for file in Path(rules.__file__).parent.glob("*.py")}
    named = {module.__name__.rpartition(".")[2] for module in rules._GROUPS}
    assert modules - {"__init__", "rule"} == named, "name the new module in ipsite/rules/__init__.py"


NUMBERS = {
    "individuell plan": "IP1", "sip": "IP2", "genomförandeplan": "IP3",
    "flera planer": "IP4", "datum": "IP5", "personuppgifter": "IP6",
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_every_rule_rests_on_a_registered_source_and_explains_itself(rule: Rule) -> None:
    assert law.paragraph(rule.law)
    assert rule.title
    assert NUMBERS[rule.group] == rule.code[:3], "the first figure of a code is its group's"
    assert rule.why.endswith(".")
    assert rule.mend
    assert rule.example


def test_only_law_and_what_cannot_be_is_an_error() -> None:
    errors = {rule.code: rule.group for rule in RULES.values() if rule.level == "fel"}
    assert set(errors.values()) == {"datum", "flera planer", "personuppgifter"}
    assert [code for code, group in errors.items() if group == "personuppgifter"] == ["IP601"]


def test_every_law_named_in_the_schemas_is_registered() -> None:
    def laws(field: schema.Field) -> set[str]:
        inner = [*field.properties.values(), *filter(None, (field.items, field.entries))]
        return {field.law} | {name for child in inner for name in laws(child)}

    named = {name for kind in schema.KINDS for name in laws(schema.fields(kind))} - {""}
    assert named
    assert named <= set(law.registry())


def test_no_repealed_law_is_registered() -> None:
    assert "10 § LSS" in law.registry()
    for paragraph in law.registry().values():
        assert "2001:453" not in f"{paragraph.number}{paragraph.law}"
        assert "landsting" not in f"{paragraph.wording}{paragraph.summary}".lower()
        assert bool(paragraph.wording) != bool(paragraph.summary)


@pytest.mark.parametrize(
    ("written", "due"),
    [(date(2026, 3, 2), date(2027, 3, 2)), (date(2024, 2, 29), date(2025, 3, 1)), (date(9999, 2, 1), date(9999, 2, 1))],
)
def test_a_year_later_is_the_same_day(written: date, due: date) -> None:
    assert a_year_after(written) == due


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_day_is_too_far_away_for_the_rules(kind: str, day: str, tmp_path: Path) -> None:
    file = portfolio(tmp_path, {"a": whole(kind)}) / "a.yaml"
    file.write_text(re.sub(r"\d{4}-\d\d-\d\d", day, file.read_text("utf-8")), "utf-8")
    for today in (date(1970, 1, 1), date(2105, 12, 31)):
        assert check_paths([file], today).plans


@pytest.mark.parametrize("words", ["Fyll i ansökan med god man.", "Fyll i blanketten (den gröna)."])
def test_to_fill_something_in_is_a_thing_that_people_do(words: str, tmp_path: Path) -> None:
    assert found(tmp_path, {"a": patched(whole("ip"), {("mål", 0, "åtgärder", 0, "vad"): words})}) == []


def test_what_a_writer_has_left_to_fill_in_is_told_of_without_any_of_its_words(tmp_path: Path) -> None:
    (told,) = found(tmp_path, {"a": patched(whole("ip"), {("mål", 0, "mina_ord"): "Fyll i (Mina ord) en hemlis"})})
    assert "hemlis" not in f"{told.message}{told.hint}{told.where}"


@pytest.mark.parametrize(
    ("lacking", "words"),
    [(["hur"], "«hur»."), (["när", "hur"], "«när» och «hur»."), (["mål", "när", "hur"], "«mål», «när» och «hur».")],
)
def test_what_an_activity_lacks_is_told_as_a_list(lacking: list[str], words: str, tmp_path: Path) -> None:
    patch: Patch = {("aktiviteter", 0, key): REMOVE for key in lacking}
    (told,) = found(tmp_path, {"a": patched(whole("genomförandeplan"), patch)})
    assert told.message == f"Aktiviteten saknar {words}"


def test_nobody_from_outside_is_asked_to_a_private_meeting(tmp_path: Path) -> None:
    patch: Patch = {("möten", 1, "inbjudna"): ["förbundet"], ("möten", 1, "privat"): "true"}
    assert found(tmp_path, {"a": patched(whole("ip"), patch)}) == []
    open_to_all: Patch = {**patch, ("möten", 1, "privat"): "false"}
    assert {problem.code for problem in found(tmp_path, {"a": patched(whole("ip"), open_to_all)})} == {"IP115"}


@pytest.mark.parametrize(
    ("kind", "patch"),
    [
        ("ip", {("uppföljning", "nästa"): REMOVE}),  # a meeting to come is a day too
        ("ip", {("möten", 1): REMOVE}),
        ("ip", {("insatser", 1, "beslut"): {"datum": "2027-01-12"}}),  # planned: the day when it is to be decided
        ("genomförandeplan", {("status",): "utkast", ("fastställd",): "2026-12-01"}),
    ],
)
def test_days_to_come_that_are_right_are_left_in_peace(kind: str, patch: Patch, tmp_path: Path) -> None:
    assert found(tmp_path, {"a": patched(whole(kind), patch)}) == []


# Putting a rule aside


def test_a_rule_can_be_put_aside_with_a_reason(tmp_path: Path) -> None:
    plan = patched(whole("ip"), {("mål", 0, "mina_ord"): REMOVE, ("x_ignorera",): {"IP108": "Bo visar med bilder"}})
    assert found(tmp_path, {"a": plan}) == []


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"IP108": ""}, "skäl"),
        ({"IP9999": "därför"}, "inte finns"),
        ({"IP501": "därför"}, "kan inte gälla IP501, som är ett fel"),
        ({"IP040": "därför"}, "kan inte gälla IP040, som är ett fel"),
        ({"IP10": "därför"}, "inte finns"),
        ("IP108", "koder med skäl"),
    ],
)
def test_putting_aside_demands_a_known_rule_and_a_reason(entry: object, words: str, tmp_path: Path) -> None:
    plan = patched(whole("ip"), {("mål", 0, "mina_ord"): REMOVE, ("x_ignorera",): entry})
    problems = found(tmp_path, {"a": plan})
    assert [p.code for p in problems if p.code == "IP031"] == ["IP031"]
    assert words in next(p.message for p in problems if p.code == "IP031")
    assert "IP108" in [p.code for p in problems]


def test_an_error_cannot_be_put_aside(tmp_path: Path) -> None:
    plan = patched(whole("ip"), {("gäller", "till"): "2026-03-15", ("x_ignorera",): {"IP501": "därför"}})
    assert "IP501" in [problem.code for problem in found(tmp_path, {"a": plan})]


# --- Summaries of plans -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("plans", [plans for _, plans in ACROSS])
def test_a_summary_of_each_plan_is_enough_to_compare_them(plans: dict[str, tuple[str, Patch]], tmp_path: Path) -> None:
    made = {name: patched(whole(kind), patch) for name, (kind, patch) in plans.items()}
    root = portfolio(tmp_path, made)
    whole_plans = check_paths([root], TODAY)
    assert problems_of([root], TODAY).problems == whole_plans.problems != ()
    assert check_together(tuple(map(across.summary, whole_plans.plans)), TODAY, {}) == check_together(
        whole_plans.plans, TODAY, {}
    )


def test_a_registry_of_law_that_cannot_be_read_is_told_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lagrum.yaml").write_text('10 § LSS:\n  text: "så" här\n', "utf-8")
    monkeypatch.setattr(schema, "directory", lambda: tmp_path)
    with pytest.raises(ValueError, match=r"^lagrum\.yaml:2: "):
        law.registry.__wrapped__()


def test_a_summary_has_all_that_the_rules_that_compare_look_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    for number, (_, plans) in enumerate(ACROSS):
        made = {name: patched(whole(kind), patch) for name, (kind, patch) in plans.items()}
        read.append(check_paths([portfolio(tmp_path / str(number), made)], TODAY).plans)
    seen: set[Way] = set()

    def spied(real: Any) -> Any:
        def read_key(self: Node, *way: str) -> Any:
            steps = tuple(step for step in (*self.path, *way) if isinstance(step, str))
            seen.update(steps[:end] for end in range(len(steps) - len(way) + 1, len(steps) + 1))
            return real(self, *way)

        return read_key

    for name in ("get", "__getitem__", "__contains__", "text", "flag", "date", "time", "each", "who"):
        monkeypatch.setattr(Node, name, spied(getattr(Node, name)))
    for plans_read in read:
        check_together(plans_read, TODAY, {})
    known = set(ways(across._READ))
    assert seen - known == set()
    assert known - seen == set()


def ways(keys: Any, way: Way = ()) -> Iterator[Way]:
    for key, inner in keys.items():
        yield (*way, key)
        yield from ways(inner, (*way, key))


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 8, 12), date(2026, 11, 12)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 9, 30), date(2026, 12, 30)),
        (date(2026, 10, 31), date(2027, 1, 31)),
        (date(2026, 12, 1), date(2027, 3, 1)),
    ],
)
def test_three_months_end_the_same_day_or_the_last_of_the_month(day: date, later: date) -> None:
    assert _months_after(day, 3) == later


def test_a_source_that_several_groups_of_rules_rest_on_is_written_once() -> None:
    sources = {rule.law for rule in RULES.values()}
    places = Counter[str]()
    for module in Path(across.__file__).parent.glob("*.py"):
        tree = ast.parse(module.read_text("utf-8"))
        places.update(sources & {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)})
    assert set(places) == sources
    assert {source for source, modules in places.items() if modules > 1} == set()
