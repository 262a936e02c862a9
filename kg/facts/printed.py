"""Printed forms: what was read in simplified characters, in the characters that the page itself prints."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import Entity, Mention, Sentence, Text, Thing


def with_printed_forms(
    things: Iterable[Thing], mentions: Iterable[Mention], sentences: Iterable[Sentence]
) -> Iterator[Thing]:
    """Things with each form as the article prints it: first where it means the thing, else wherever it stands.

    One form may be printed in two ways (台 and 臺); one that the text does not hold stays as it is.
    """
    sentences = tuple(sentences)
    meant: dict[tuple[Entity, str], list[str]] = defaultdict(list)
    for mention in mentions:
        if mention.entity:
            printed = _printed(mention.sentence, mention.sentence.text[mention.start : mention.end])
            meant[mention.entity, mention.surface].append(printed)
            # A name of two characters may be printed with a blank between them.
            meant[mention.entity, _squeeze(mention.surface)].append(_squeeze(printed))
    for thing in things:
        forms = (
            printed
            for form in thing.forms
            for printed in (meant.get((thing.entity, form)) or list(_anywhere(form, sentences)) or [form])
        )
        yield replace(thing, forms=tuple(dict.fromkeys(forms)))


def _anywhere(form: str, sentences: Iterable[Sentence]) -> Iterator[str]:
    for sentence in sentences:
        for match in re.finditer(re.escape(form), sentence.string):
            yield _printed(sentence, sentence.text[match.start() : match.end()])


def _printed(sentence: Sentence, text: Text) -> str:
    return sentence.article.page.printed(text)


def _squeeze(string: str) -> str:
    return "".join(string.split())
