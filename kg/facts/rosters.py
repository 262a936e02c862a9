"""Lists of those appointed and removed: under 任命: and 免去: a line each, the organ and its day above them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.mentions import Found
from kg.mentions.appointments import list_verb
from kg.mentions.dates import PrintedDate
from kg.model import Article, Entity, Event, Evidence, Participation, Role

RULE = "event.roster"
_CHANGES = "person.appointed."
_ORGANS = frozenset({"congress", "government", "party"})


def find_roster(
    article: Article,
    found: Sequence[Found],
    agencies: Mapping[tuple[int, int], Entity],
    persons: Mapping[str, Entity],
    evidence: Mapping[int, Evidence],
    told: Sequence[Event],
) -> Iterator[Event]:
    """县人大常委会任免名单 → the Appointment of all that are listed, where no sentence of the article tells of one."""
    first = next((k for k, f in enumerate(found) if list_verb(f.line)), None)
    if first is None or any(event.type == "Appointment" for event in told):
        return
    listed = [
        (f, name.name)
        for f in found[first:]
        for group in f.groups
        if group.rule.startswith(_CHANGES)
        for name in group.names
    ]
    organ = _organ(found[: first + 1], agencies)
    if not listed or organ is None:
        return
    days = [d.value.when for f in found[:first] for d in f.dates if isinstance(d.value, PrintedDate) and d.value.when]
    above, entity = organ
    parts = dict.fromkeys((persons[name], evidence[f.sentence.index]) for f, name in listed)
    yield Event(
        "Appointment",
        article.headline.string.strip() or found[first].sentence.string.strip(),
        next((when for when in days if when.begin == when.end), None),
        (
            Participation(entity, Role.ORGANIZER, evidence[above.sentence.index], RULE),
            *(Participation(person, Role.RECIPIENT, proof, RULE) for person, proof in parts),
        ),
        (),
        tuple(dict.fromkeys((evidence[above.sentence.index], evidence[found[first].sentence.index]))),
        RULE,
    )


def _organ(above: Sequence[Found], agencies: Mapping[tuple[int, int], Entity]) -> tuple[Found, Entity] | None:
    """The first organ of congress, government or party above the list."""
    named = ((f, agencies[(f.sentence.index, a.start)]) for f in above for a in f.agencies if a.category in _ORGANS)
    return next(named, None)
