"""Words that one look-alike character spoils."""

from __future__ import annotations

import pytest

from kg.lexicon import Lexicon
from kg.mentions.misread import misread_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市入大常委会副主仟秦牧之", ["人大常委会", "主任"]),
        ("县俭察院提起公诉", ["检察院"]),
        ("局长汤岚走访慰间了困难职工", ["走访慰问"]),
        ("副镇长程宇致辟并宣布开工", ["致辞"]),
        # 负责 and 人民 run over the edges of what looks like 博物馆员 and 第三人; 指出 is a word of its own.
        ("县博物馆负责人介绍", []),
        ("市第二人民医院", []),
        ("专家指出了问题", []),
        ("市卫健委", []),  # 建委 is an organ too
        ("王任、任主和己见", []),
    ],
)
def test_words_are_put_right_only_where_they_prove_it(text: str, expected: list[str], lexicon: Lexicon) -> None:
    assert [found.right for found in misread_words(text, lexicon)] == expected
    for found in misread_words(text, lexicon):
        assert text.startswith(found.printed, found.start) and len(found.printed) == len(found.right)
