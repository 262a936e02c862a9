"""Who holds which post from when: the seats of a group of names, on the day that the sentence or the issue gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kg.facts.seats import Seat
from kg.mentions import Found, PersonGroup
from kg.mentions.dates import PrintedDate
from kg.model import Entity, Event, Evidence, Post, Role

_LEAVES = 4  # characters of 提出辞去


def posts_of(
    found: Found, group: PersonGroup, seats: list[Seat], persons: dict[str, Entity], evidence: Evidence
) -> Iterator[Post]:
    """Every name of a group holds every seat of it, seen on the sentence's own day or else on the issue's."""
    change = _change(found, group)
    printed = _exact_day(found, group)
    day = printed if change else printed or found.sentence.article.issue.date
    for name in group.names:
        for seat in seats:
            yield Post(persons[name.name], seat.title, seat.agency, day, evidence, f"post.{group.rule}", change)


def with_days(posts: list[Post], events: Sequence[Event]) -> list[Post]:
    """Posts that begin or end on no printed day, with the day of the Appointment that tells of it."""
    days = {
        part.actor: event.when.begin
        for event in events
        if event.type == "Appointment" and event.when and event.when.begin == event.when.end
        for part in event.participations
        if part.role is Role.RECIPIENT
    }
    return [replace(p, day=days.get(p.person)) if p.change and p.day is None else p for p in posts]


def _change(found: Found, group: PersonGroup) -> str | None:
    """任命 and 当选 begin a post, 免去 and 辞去 end one."""
    verb = group.rule.rpartition("person.appointed.")[2] if group.rule.startswith("person.appointed.") else ""
    if not verb:
        return None
    after = found.line.string[group.names[-1].end :][:_LEAVES]
    ends = verb in found.line.lexicon.words("removal_verb") or "辞去" in after
    return "removed" if ends else "appointed"


def _exact_day(found: Found, group: PersonGroup) -> date | None:
    """The one day that the sentence gives before the names, not later than the issue."""
    issue = found.sentence.article.issue.date
    for mention in reversed([d for d in found.dates if d.end <= group.names[0].start or group.names[0].start < 0]):
        when = mention.value.when if isinstance(mention.value, PrintedDate) else None
        if when is not None and when.begin == when.end and (issue is None or when.begin <= issue):
            return when.begin
    return None
