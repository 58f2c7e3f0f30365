"""People's data: what a plan should not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ipsite import personal_number
from ipsite.model import Plan
from ipsite.problem import Place
from ipsite.rules.rule import OURS, PRIVACY, Finding, rule, rule_of_text
from ipsite.slug import slug


@rule_of_text(
    "IP601",
    "fel",
    "personuppgifter",
    "Inga personnummer",
    why="Ju färre uppgifter planen har, desto mindre kan läcka. Kontrollen letar i hela filen, också i kommentarer.",
    law=PRIVACY,
    mend="Ta bort det. En plan behöver inget personnummer.",
    example="person:\n  namn: Kim Berg\n  födelseår: 2004",
)
def no_personal_numbers(text: str) -> Iterator[tuple[Place, str]]:
    """No personnummer or samordningsnummer stands anywhere in the file, in a comment either."""
    for place in personal_number.find(text):
        yield place, "Här står något som ser ut som ett personnummer eller samordningsnummer."


@rule(
    "IP602",
    "varning",
    "personuppgifter",
    "Namn i filnamnet",
    why="Filnamn syns i listor, mejl och säkerhetskopior, också för den som inte får läsa planen.",
    law=PRIVACY,
    mend="Byt namn på filen eller mappen till något som inte röjer vem det är: «plan-a/ip-2026.yaml».",
    example="plans/plan-a/ip-2026.yaml",
)
def name_in_file(plan: Plan, today: date) -> Iterator[Finding]:
    """The file of a real person's plan does not name the person."""
    if plan.root.flag("fiktiv"):
        return
    parts = set(re.split(r"[-/]", plan.id))
    name = plan.person.text("namn")
    if parts & {slug(part) for part in name.split() if len(part) > 2} or slug(name) in plan.id:
        yield Finding(plan.person["namn"], "Personens namn står i filens eller mappens namn.")


@rule(
    "IP603",
    "varning",
    "personuppgifter",
    "Platser när uppgifterna är skyddade",
    why="Den som har skyddade personuppgifter kan komma till skada om någon får veta var hon eller han är och när.",
    law=PRIVACY,
    mend="Ta bort platsen, eller skriv den bara på papper. Det som står kvar finns bara i det egna exemplaret.",
    example="möten:\n  - plats: Sägs på telefon",
)
def protected_places(plan: Plan, today: date) -> Iterator[Finding]:
    """A plan with protected data names no place, provider or picture."""
    if not plan.person.flag("skyddade_uppgifter"):
        return
    nodes = [plan.person.get("kommun"), plan.person.get("region"), plan.person.get("bild"), plan.root.get("utförare")]
    nodes += [meeting.get("plats") for meeting in plan.root.each("möten")]
    nodes += [measure.get("utförare") for measure in plan.root.each("insatser")]
    nodes += [person.get("organisation") for person in plan.people.values()]
    for node in nodes:
        if node is not None:
            yield Finding(node, "Uppgiften kan visa var personen finns, fast uppgifterna är skyddade.")


@rule(
    "IP604",
    "varning",
    "personuppgifter",
    "Riktiga telefonnummer i en påhittad plan",
    why="En påhittad plan får visas för alla. Ett nummer eller en adress i den kan gå till en riktig människa.",
    law=PRIVACY,
    mend="Använd nummer som 0700-00 00 01 och adresser som slutar på @example.com.",
    example="telefon: 0700-00 00 01\ne_post: karin.holm@example.com",
)
def invented_contacts(plan: Plan, today: date) -> Iterator[Finding]:
    """Telephone and e-mail in an invented plan are invented too."""
    if not plan.root.flag("fiktiv"):
        return
    for person in plan.people.values():
        phone, mail = person.get("telefon"), person.get("e_post")
        if phone is not None and "000000" not in re.sub(r"\D", "", phone.value):
            yield Finding(phone, "Planen är påhittad, men numret kan gå till någon.")
        if mail is not None and not re.search(r"@(?:[\w-]+\.)*example\.(?:com|org|net)\Z", mail.value):
            yield Finding(mail, "Planen är påhittad, men adressen kan gå till någon.")


@rule(
    "IP605",
    "varning",
    "personuppgifter",
    "Text till bilden",
    why="Den som inte ser bilden behöver få veta vad den visar.",
    law=OURS,
    mend="Skriv en mening om vad bilden visar.",
    example="bild: alva.png\nbildtext: En grön dörr med nyckeln i låset.",
)
def picture_text(plan: Plan, today: date) -> Iterator[Finding]:
    """A picture has words for those who do not see it."""
    if "bild" in plan.person and "bildtext" not in plan.person:
        yield Finding(plan.person["bild"], "Bilden saknar text.")
