"""A page file → its issue and its articles, every character of which knows where it stands in the file."""

from __future__ import annotations

from kg.lexicon import Lexicon
from kg.model import Article, Issue, Page
from kg.read.articles import read_drafts
from kg.read.blocks import read_blocks
from kg.read.decode import decode_page
from kg.read.finish import finish_articles
from kg.read.headlike import settle_headlike
from kg.read.lines import read_lines
from kg.read.masthead import read_masthead
from kg.read.misprints import mend_openings
from kg.read.papers import with_home
from kg.read.repair import bring_home, cut_doubled_lines, cut_loops, drop_copied_lines, drop_doubles
from kg.read.run_in import part_run_in
from kg.read.sentences import split_sentences
from kg.read.shapes import shapes_of
from kg.read.torn import mend_tears
from kg.read.traditional import with_simplified
from kg.read.weave import part_columns
from kg.read.wrapped_heads import join_headlines
from kg.read.wraps import unwrap

__all__ = ["read_page", "split_sentences"]


def read_page(name: str, raw: bytes, lexicon: Lexicon) -> tuple[Page, Issue, tuple[Article, ...]]:
    """One page file: what its masthead says and its articles in reading order, none where it holds none.

    Raises PageError where the file is empty or no text.

    >>> from kg.lexicon import load_lexicon
    >>> page, issue, articles = read_page("a.md", "# 雨停了\\n\\n本报讯(记者 赵大有)雨停了。".encode(), load_lexicon())
    >>> articles[0].headline.string, articles[0].reporters[0].name, articles[0].body
    ('雨停了', '赵大有', '雨停了。')
    """
    page = with_simplified(decode_page(name, raw), lexicon)
    shapes = shapes_of(lexicon)
    lines = unwrap(cut_doubled_lines(read_lines(page.plain)), shapes)
    lines = cut_loops(tuple(mend_openings(lines, shapes)))
    issue, lines = read_masthead(lines, shapes)
    issue = with_home(issue, page.plain, shapes)
    blocks = tuple(settle_headlike(drop_copied_lines(read_blocks(lines, shapes)), shapes))
    blocks = tuple(join_headlines(blocks, shapes))
    blocks = tuple(part_run_in(part_columns(blocks, shapes), shapes))
    drafts = read_drafts(blocks, page.plain, shapes)
    drop_doubles(drafts)
    mend_tears(drafts, shapes)
    drop_doubles(drafts)
    bring_home(drafts)
    return page, issue, finish_articles(drafts, page, issue, shapes)
