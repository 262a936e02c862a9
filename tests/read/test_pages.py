"""Invented pages of many layouts, each with the outline that `read_page` must find."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.lexicon import load_lexicon
from kg.model import Article, Credit, Issue
from kg.read import read_page

PAGES = Path(__file__).parent / "pages"
FILES = sorted(path for path in PAGES.iterdir() if path.suffix != ".toml")


def credited(credits: tuple[Credit, ...]) -> list[str]:
    return [f"{credit.name}/{credit.title or ''}" for credit in credits]


def outline(article: Article, wanted: dict[str, Any]) -> dict[str, Any]:
    """The article in the terms of the expected outline."""
    found: dict[str, Any] = {
        "headline": article.headline.string,
        "kicker": article.kicker.string,
        "reporters": credited(article.reporters),
        "photographers": credited(article.photographers),
        "paragraphs": len(article.paragraphs),
        "captions": [caption.string for caption in article.captions],
        "first": article.paragraphs[0].string[: len(wanted["first"])],
        "last": article.paragraphs[-1].string[-len(wanted["last"]) :],
    }
    if "repairs" in wanted:
        found["repairs"] = list(article.repairs)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_page_has_its_outline(path: Path) -> None:
    expected = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    _, issue, articles = read_page(path.name, path.read_bytes(), load_lexicon())
    wanted = expected.get("article", [])
    assert [a.headline.string for a in articles] == [w["headline"] for w in wanted]
    blank: dict[str, Any] = {"kicker": "", "reporters": [], "photographers": [], "captions": []}
    for article, want in zip(articles, wanted, strict=True):
        assert outline(article, want) == blank | want
    assert issue == Issue(**expected.get("issue", {}))
    assert [a.position for a in articles] == list(range(1, len(articles) + 1))
    assert all(a.issue is issue for a in articles)
