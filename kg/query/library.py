"""The query library: each `queries/NAME.rq` is SPARQL that says of itself what it answers and what it asks for.

The header is lines that begin with `#+`:

    #+ summary: one line in English
    #+ summary_zh: 一行中文
    #+ description: as many lines
    #+   as it takes
    #+ description_zh: 也可多行
    #+ params:
    #+   - name: person; type: name; example: 柴伟; required: yes; help: a person's name; zh: 人名

A type is one of name, date, integer and iri. Each parameter stands in the query as a variable with an underscore, on a
line of its own that holds a value: `VALUES ?_person { "柴伟"@zh }`, or `{ UNDEF }` for an optional one. So the file
runs as it is in any engine, and whoever runs it elsewhere edits that line. A query without a header has the parameters
that its VALUES lines name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from kg.model import KgError
from kg.nearest import nearest_names

_HEADER: Final = "#+"
_KEYS: Final = ("summary", "summary_zh", "description", "description_zh", "params")
_KEY = re.compile(r"(?P<key>[a-z_]+):(?: (?P<value>.*))?")
_PARAM = re.compile(
    r"- name: (?P<name>[a-z][a-z0-9_]*); type: (?P<type>name|date|integer|iri); example: (?P<example>[^;]+);"
    r" required: (?P<required>yes|no); help: (?P<help>.+?)(?:; zh: (?P<zh>.+))?"
)
# A line of its own, so that nothing inside a comment or a longer block is ever taken for one.
VALUES_LINE: Final = re.compile(
    r"^(?P<head>[ \t]*VALUES[ \t]+\?_(?P<name>[a-z][a-z0-9_]*)[ \t]*\{[ \t]*)"
    r'(?P<term>"[^"\\\n]*"(?:@[A-Za-z-]+|\^\^[\w:-]+)?|<[^<>\s]*>|-?[0-9]+|UNDEF)(?P<tail>[ \t]*\}[ \t]*(?:#.*)?)$',
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Param:
    """What a query asks for. The type `any` is that of a VALUES line that holds UNDEF where there is no header."""

    name: str
    type: str
    example: str = ""
    required: bool = False
    help: str = ""
    help_zh: str = ""

    @property
    def usage(self) -> str:
        """How a synopsis shows it.

        >>> Param("person", "name", "柴伟", required=True).usage
        '-p person=柴伟'
        """
        usage = f"-p {self.name}={self.example or self.type.upper()}"
        return usage if self.required else f"[{usage}]"


@dataclass(frozen=True, slots=True)
class Query:
    """A SPARQL query with what it says of itself; `text` is the whole file."""

    name: str
    summary: str
    summary_zh: str
    description: str
    params: tuple[Param, ...]
    text: str
    description_zh: str = ""


def queries_dir() -> Path:
    """Where the shipped queries are: inside the installed wheel, or beside the package in a checkout."""
    package = Path(__file__).parent.parent
    packaged = package / "queries"
    return packaged if packaged.is_dir() else package.parent / "queries"


def load_queries(directory: Path | None = None) -> Mapping[str, Query]:
    """The queries of a directory (the shipped ones unless another is given), by name, sorted."""
    directory = directory or queries_dir()
    return {path.stem: read_query(path) for path in sorted(directory.glob("*.rq"))}


def read_query(path: Path) -> Query:
    """The query of a file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise KgError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise KgError(f"{path}: is not UTF-8 text") from error
    return parse_query(path.stem, text, str(path))


def find_query(source: str, stdin: TextIO | None = None, directory: Path | None = None) -> Query:
    """A query by its name in the library, by its file, from standard input (`-`), or written out (`SELECT … { … }`)."""
    if source == "-" and stdin is not None:
        return parse_query("-", stdin.read().removeprefix("\ufeff"), "standard input")
    if "{" in source:
        return parse_query("query", source, "query")
    library = load_queries(directory)
    if source in library:
        return library[source]
    path = Path(source)
    if path.is_file():
        return read_query(path)
    if path.suffix == ".rq" or path.parent != Path("."):
        raise KgError(f"{source}: no such file")
    raise KgError(f"no query {source!r}{nearest(source, library) or '; run kg query for the list'}")


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of an error message: what may have been meant.

    >>> nearest("agend", ("agenda", "proof"))
    ': did you mean agenda?'
    >>> nearest("柴", ("agenda", "proof"))
    ''
    """
    close = nearest_names(word, known, 3)
    return f": did you mean {' or '.join(close)}?" if close else ""


def parse_query(name: str, text: str, where: str) -> Query:
    """A query from its text; `where` is what an error calls it."""
    text = text.replace("\r\n", "\n")
    if not text.strip():
        raise KgError(f"{where}: holds no query")
    header = [(n, line.rstrip()) for n, line in enumerate(text.split("\n"), 1) if line.startswith(_HEADER)]
    slots = {match["name"]: match["term"] for match in VALUES_LINE.finditer(text)}
    if not header:
        return Query(name, "", "", "", tuple(Param(slot, _type_of(term)) for slot, term in slots.items()), text)
    said, params = _parse_header(header, where)
    declared = {param.name for param in params}
    if wrong := sorted(declared ^ set(slots)):
        raise KgError(f"{where}: {wrong[0]}: not both in the header and in a line VALUES ?_{wrong[0]} {{ … }}")
    summary, summary_zh, about, about_zh = (said.get(key, "") for key in _KEYS[:4])
    return Query(name, summary, summary_zh, about, params, text, about_zh)


def _type_of(term: str) -> str:
    """The type of a term as SPARQL writes it.

    >>> [_type_of(t) for t in ('"2021-09-06"^^xsd:date', '7', '<urn:x>', '"柴伟"@zh', 'UNDEF')]
    ['date', 'integer', 'iri', 'name', 'any']
    """
    if term.upper() == "UNDEF":
        return "any"
    if term.startswith("<"):
        return "iri"
    if term.startswith('"'):
        return "date" if term.endswith("^^xsd:date") else "name"
    return "integer"


def _parse_header(lines: list[tuple[int, str]], where: str) -> tuple[dict[str, str], tuple[Param, ...]]:
    said: dict[str, str] = {}
    params: list[Param] = []
    key = ""
    for number, line in lines:
        content = line.removeprefix(_HEADER).removeprefix(" ")
        begins = _KEY.fullmatch(content)
        if begins and begins["key"] in _KEYS and begins["key"] not in said:
            key = begins["key"]
            said[key] = (begins["value"] or "").strip()
        elif key == "params" and (param := _PARAM.fullmatch(content.strip())):
            name, type_, example, need, help_, zh = param.groups()
            params.append(Param(name, type_, example, need == "yes", help_, zh or ""))
        elif key.startswith("description") and content.startswith("  "):
            said[key] += ("" if key.endswith("_zh") else " ") + content.strip()
        else:
            raise KgError(f"{where}:{number}: not a line of a query's header: {line}")
    return said, tuple(params)
