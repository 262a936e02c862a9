"""Newspaper text is hostile text: what makes it nothing but text in a terminal and in Markdown."""

from __future__ import annotations

import html
import re
from typing import Final

# Controls, and what turns the direction of the writing or hides in it.
UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_MARKDOWN: Final = re.compile(r"([\\`*_\[\]|~$])")
# Chinese goes on in the next line as if there were none.
_LINE_ENDS: Final = re.compile(r"\s*[\n\r]\s*")


def one_line(text: str) -> str:
    """Text in one line, without anything that cannot be seen.

    >>> one_line("市委书记\\n柴伟\\x1b[31m到\\t场")
    '市委书记柴伟 [31m到 场'
    """
    return " ".join(UNSEEN.sub(" ", _LINE_ENDS.sub("", text)).split())


def escape_markdown(text: str) -> str:
    """Text that is nothing but text in Markdown, in a table too.

    >>> escape_markdown("一|二 <b>*三*")
    '一\\\\|二 &lt;b&gt;\\\\*三\\\\*'
    """
    return _MARKDOWN.sub(r"\\\1", html.escape(UNSEEN.sub(" ", text), quote=False))
