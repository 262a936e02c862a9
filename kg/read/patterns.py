"""What every pattern of this room is made of: the characters of a name and those of a bracket."""

from __future__ import annotations

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff"
OPEN = "（(【\\[〔〈"
CLOSE = "）)】\\]〕〉"
