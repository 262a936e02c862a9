"""Events: a row a case; expected `Type day lead:… org:… with:… for:… at:…`, several parted by ||, several names by 、.

The day is `-` where the text leaves it open, two days joined by / where it took longer.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from kg.facts import read_article
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Event, Role, When
from tests.cases import article_of, read_cases

_ROLES = {Role.LEAD: "lead", Role.ORGANIZER: "org", Role.PARTICIPANT: "with", Role.RECIPIENT: "for"}


def _shown_day(when: When | None) -> str:
    if when is None:
        return "-"
    return when.printed or f"{when.begin}/{when.end}"


def shown(event: Event) -> str:
    """Inspection 2021-09-03 lead:林芳 at:青石镇, the names of each part sorted."""
    parts: dict[str, set[str]] = defaultdict(set)
    for part in event.participations:
        parts[_ROLES[part.role]].add(part.actor.name)
    parts["at"] = {place.name for place in event.places}
    cells = [f"{key}:{'、'.join(sorted(parts[key]))}" for key in (*_ROLES.values(), "at") if parts[key]]
    return " ".join([event.type, _shown_day(event.when), *cells])


def tidy(cell: str) -> str:
    """A row's event with the names of each part sorted, as `shown` has them."""
    kind, day, *parts = cell.split()
    named = (part.partition(":") for part in parts)
    return " ".join([kind, day, *(f"{key}:{'、'.join(sorted(names.split('、')))}" for key, _, names in named)])


@pytest.mark.parametrize(("city", "day", "text", "expected"), read_cases("events"))
def test_events(city: str, day: str, text: str, expected: str, lexicon: Lexicon) -> None:
    issued = None if day == "-" else date.fromisoformat(day)
    reading = read_article(article_of(text, day=issued, city=city), lexicon)
    assert sorted(map(shown, reading.events)) == sorted(tidy(cell) for cell in expected.split("||") if cell.strip())


def _examples(*, counter: bool) -> list[tuple[str, str]]:
    types = load_lexicon().event_types
    return [(kind.name, text) for kind in types for text in (kind.counter_examples if counter else kind.examples)]


def _types_in(text: str, lexicon: Lexicon) -> set[str]:
    reading = read_article(article_of(text, day=date(2021, 9, 6), city="河北省/邢台市/清河县"), lexicon)
    return {event.type for event in reading.events}


@pytest.mark.parametrize(("kind", "text"), _examples(counter=False))
def test_every_example_of_an_event_type_yields_it(kind: str, text: str, lexicon: Lexicon) -> None:
    assert kind in _types_in(text, lexicon)


@pytest.mark.parametrize(("kind", "text"), _examples(counter=True))
def test_no_counter_example_of_an_event_type_yields_it(kind: str, text: str, lexicon: Lexicon) -> None:
    assert kind not in _types_in(text, lexicon)


def test_every_event_type_has_examples_and_counter_examples() -> None:
    assert all(t.examples and t.counter_examples for t in load_lexicon().event_types)
