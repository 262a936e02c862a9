"""Which posts the titles printed beside a name say, each with the agency it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.facts.seats import Seat, Seats, is_congress_head, is_partys
from kg.mentions import Found, PersonGroup, TitleHit
from kg.model import Entity
from kg.resolve import Resolver

_AMONG = "person.among"
_LONGEST_JOINT = 2  # 、兼
_JOINTS = frozenset("、和,及")


class PostReader:
    """Reads the posts of one article, sentence by sentence; later sentences may lean on earlier ones."""

    def __init__(self, resolver: Resolver, agencies: dict[tuple[int, int], Entity]) -> None:
        self.lexicon = resolver.lexicon
        self.seats = Seats(resolver, agencies)

    def read(self, found: Found) -> Iterator[tuple[PersonGroup, list[Seat]]]:
        """Each group of names of a sentence with the seats its titles name."""
        before: tuple[int, Seat | None] = (-1, None)
        for group in sorted(found.groups, key=lambda g: g.names[0].start):
            near = bool(group.titles) and found.line.string[before[0] : group.titles[0].begin] in _JOINTS
            seats = self._seats(found, group, before[1] if near else None)
            if seats:
                before = (group.names[-1].end, seats[-1])
            self.seats.read += [(found.sentence.index, s) for s in seats]
            yield group, seats

    def _seats(self, found: Found, group: PersonGroup, before: Seat | None) -> list[Seat]:
        """The seats of a group's titles; a first title without an agency may lean on the group right before."""
        seats: list[Seat] = []
        titles: list[TitleHit] = []
        end = -1
        for title in group.titles:
            unread = 0 <= end < title.begin - _LONGEST_JOINT
            end = title.end
            bound = title.agency is not None and title.row.title in self.lexicon.words("person_post")
            if title.row.kind in ("honorific", "person") and not bound:
                continue
            congress = is_congress_head(found, title)  # 党委书记、人大|主席
            housed = unread and title.agency is None and self.seats.houses.by_word(found, title) is not None
            if unread and title.agency is None and not (title.row.organ or congress or housed):
                # 全国政协主席、中央|代表团团长: of an organ that was not read
                seats.append(Seat(title.text, None, None))
                titles.append(title)
                continue
            agency = title.agency or (group.agency if title.row.kind in ("trade", "post") else None)
            council = (
                self.seats.of_council(found, title) if agency is None and group.rule == "person.before_title" else None
            )
            last = seats[-1] if seats else before if title.row.kind != "trade" else None
            free = title.row.kind == "trade" and title.row.title in self.lexicon.words("noted_title")
            last = None if congress or housed or free else last  # 副部长、著名作家: of no house
            seat = council or self.seats.of(found, title, agency, last)
            seats.append(seat)
            titles.append(title)
        for k in range(len(seats) - 1, 0, -1):
            if seats[k - 1].agency is None and (base := seats[k].base) is not None and is_partys(titles[k - 1]):
                seats[k - 1] = replace(self.seats.in_party_of(base, titles[k - 1]), leans=True)
        return seats


def without_guesses(read: list[tuple[Found, PersonGroup, list[Seat]]]) -> list[tuple[Found, PersonGroup, list[Seat]]]:
    """周强院长 where the article says of which court he is: a seat that leans gives way to one that stands firm.

    程宇等市领导 says of nobody what he is whose post stands elsewhere, and 程宇书记 gives no party secretary, deputy or
    not, one post more.
    """
    firm = {
        (name.name, seat.title)
        for _, group, seats in read
        for name in group.names
        for seat in seats
        if seat.agency and not seat.leans
    }
    seated = {name.name for _, group, seats in read for name in group.names if seats and group.rule != _AMONG}

    def is_told(name: str, title: str) -> bool:
        return any(one == name and fuller.endswith(title) for one, fuller in firm)

    def stands(group: PersonGroup, seat: Seat) -> bool:
        if group.rule == _AMONG:
            return all(n.name not in seated for n in group.names)
        firmly = seat.agency is not None and not seat.leans
        return firmly or any(not is_told(n.name, seat.title) for n in group.names)

    return [(f, group, [s for s in seats if stands(group, s)]) for f, group, seats in read]
