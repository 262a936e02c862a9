"""What went wrong, shown: a miss or a false alarm with the sentence that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.evaluate.gold import GoldEvent, GoldPost, Named, squeeze
from kg.evaluate.predicted import FoundEvent, FoundName, FoundPost, Said


@dataclass(frozen=True, slots=True)
class Slip:
    """A miss or a false alarm, with the sentence that holds it and, of what was read, the rule."""

    measure: str
    fault: str
    page: str
    article: str
    what: str
    said: Said


def sentence_of(wanted: Named | GoldPost | GoldEvent, sentences: Sequence[str]) -> str:
    """The sentence that speaks most of what was missed, the first of several; empty where none does.

    >>> sentence_of(Named.plain("青石街"), ("段启明调研。", "他走到青石街。"))
    '他走到青石街。'
    """
    spoken = [_clues_in(squeeze(sentence), wanted) for sentence in sentences]
    most = max(spoken, default=0)
    return sentences[spoken.index(most)] if most else ""


def _clues_in(sentence: str, wanted: Named | GoldPost | GoldEvent) -> int:
    """How much a sentence speaks of something: of a name by its longest form, of an event by its label too."""
    if isinstance(wanted, Named):
        return max((len(form) for form in wanted.forms if form in sentence), default=0)
    if isinstance(wanted, GoldPost):
        return 2 * (squeeze(wanted.person) in sentence) + (squeeze(wanted.title) in sentence)
    label = squeeze(wanted.label)
    actors = sum(2 * any(form in sentence for form in agent.forms) for agent in wanted.agents)
    return actors + sum(label[i : i + 2] in sentence for i in range(len(label) - 1))


def show(one: Named | GoldPost | GoldEvent | FoundName | FoundPost | FoundEvent) -> str:
    """A thing as a line.

    >>> show(FoundPost(FoundName(("陶晓敏",)), "副市长", FoundName(("通化市人民政府", "市政府"))))
    '陶晓敏 – 副市长 – 通化市人民政府'
    """
    match one:
        case Named():
            return one.name
        case FoundName():
            return one.names[0]
        case GoldPost():
            return " – ".join((one.person, one.title, one.agency.name if one.agency else "?"))
        case FoundPost():
            return " – ".join((one.person.names[0], one.title, one.agency.names[0] if one.agency else "?"))
        case _:
            told = f" – {one.label}" if isinstance(one, GoldEvent) else ""
            agents = "、".join(show(agent) for agent in one.agents) or "?"
            return f"{one.type} – {one.day or '?'} – {agents}{told}"
