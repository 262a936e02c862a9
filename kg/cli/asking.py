"""The commands that ask a graph: query, show, view, export."""

from __future__ import annotations

import shutil
import sys
import webbrowser
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import click
import pyoxigraph as ox

from kg.cli.options import STDOUT, a_path, any_store_option, examples, line, store_option
from kg.dossier import FORMATS as DOSSIERS
from kg.dossier import candidates, find, read_dossier, write_dossier
from kg.export import EXPORTERS
from kg.files import write_whole
from kg.model import KgError
from kg.query import (
    FORMATS,
    Engine,
    Query,
    answer,
    describe_library,
    describe_query,
    explain_query,
    find_query,
    hints,
    run_query,
    split_values,
)
from kg.store import read_only_engine


def _formats(writers: Mapping[str, Callable[..., Any]]) -> str:
    lines = (f"  {name:<9}{(write.__doc__ or '').strip()}" for name, write in writers.items())
    return "\n".join(("\b", "Formats:", *lines, "", ""))


@click.command(
    epilog=_formats(EXPORTERS) + examples("kg export trig > graph.trig", "kg export graphml -o graph.graphml")
)
@click.argument("format", type=click.Choice(list(EXPORTERS)))
@any_store_option
@click.option("-o", "--out", default="-", help="A file instead of standard output.")
def export(format: str, store: str, out: str) -> None:
    """Write the whole graph in another format.

    Data goes to standard output, or whole to a file. The same graph gives the same bytes.
    """
    content = BytesIO()
    EXPORTERS[format](_copy(store), content)
    _write(content.getvalue(), out)


QUERY_EXAMPLES = examples(
    "kg query",
    "kg query who-holds -p agency=市委",
    "kg query posts-of --describe",
    "kg query posts-of -p person=柴伟 --explain",
    "kg query agenda -p person=柴伟 --view agenda.html",
    "kg query - -f csv < my.rq",
)


@click.command(epilog=QUERY_EXAMPLES)
@click.argument("name", required=False)
@any_store_option
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A value for a parameter.")
@click.option("-f", "--format", "form", type=click.Choice(list(FORMATS)), help="Else a table, in a pipe TSV or Turtle.")
@click.option("-o", "--out", default="-", help="A file instead of standard output.")
@click.option("--describe", is_flag=True, help="Say what the query asks for, and do not run it.")
@click.option("--explain", is_flag=True, help="Print the SPARQL as it would be sent, and do not run it.")
@click.option("--view", "page", type=a_path, metavar="FILE", help="Make the answer a picture: a page of what it names.")
def query(
    name: str | None, store: str, params: tuple[str, ...], form: str | None, out: str, page: Path | None, **only: bool
) -> None:
    """Ask the graph a question.

    NAME is a query of the library, a file, SPARQL itself or - for standard input. Without it the library is listed.
    """
    if name is None:
        click.echo(describe_library(), nl=False)
    elif only["describe"]:
        click.echo(describe_query(find_query(name, sys.stdin)), nl=False)
    elif only["explain"]:
        click.echo(explain_query(find_query(name, sys.stdin), split_values(params)), nl=False)
    elif page:
        _picture(_copy(store), find_query(name, sys.stdin), split_values(params), page)
    else:
        asked, values, engine = find_query(name, sys.stdin), split_values(params), _engine(store)
        answered = answer(engine, asked, values, form, _width(out))
        _write(answered.encode(), out)
        _hint(engine, asked, values, answered)


def _engine(store: str) -> Engine:
    """What answers: a server, or a directory's store."""
    from kg.remote import Remote, is_url

    return Remote(store) if is_url(store) else read_only_engine(Path(store))


def _copy(store: str) -> ox.Store:
    """The graph itself, of a server all it holds."""
    from kg.remote import Remote, is_url

    return Remote(store).copy() if is_url(store) else read_only_engine(Path(store))


def _picture(engine: ox.Store, asked: Query, values: dict[str, str], page: Path) -> None:
    from kg.view import Choice, write_view

    shown = write_view(engine, page, Choice(only=_named(engine, asked, values)), title=asked.summary_zh or None)
    click.echo(f"{page}: written" + ("" if shown else ", and empty: nothing in the graph answers to this"))


def _width(out: str) -> int | None:
    """How wide the terminal is that is written to, None where it is none."""
    return shutil.get_terminal_size().columns if out == STDOUT and sys.stdout.isatty() else None


def _hint(engine: Engine, asked: Query, values: dict[str, str], answered: str) -> None:
    """Where an answer holds hardly a line: was there such a name at all?"""
    for hint in hints(engine, asked, values) if answered.count("\n") <= 2 else ():
        click.echo(f"kg: {line(hint)}", err=True)


def _write(content: bytes, out: str) -> None:
    if out == STDOUT:
        sys.stdout.buffer.write(content)
    else:
        write_whole(Path(out), content)


SHOW_EXAMPLES = examples("kg show 柴伟", "kg show person/辽源市/柴伟", "kg show 东辽县 -f html -o dongliao.html")


@click.command(epilog=_formats(DOSSIERS) + SHOW_EXAMPLES)
@click.argument("name")
@store_option
@click.option("-f", "--format", "form", default="text", show_default=True, type=click.Choice(list(DOSSIERS)))
@click.option("--limit", default=50, show_default=True, type=click.IntRange(0), help="Lines a section; 0 for all.")
@click.option("-o", "--out", default="-", help="A file instead of standard output.")
def show(name: str, store: Path, form: str, limit: int, out: str) -> None:
    """Show all that is known of a person, an agency, a place or an event, with the sentences that say so.

    NAME is what it is called, in any of its forms, or its IRI or the end of that. Of several things of one name, each
    is listed with what tells it from the others, and none is shown.
    """
    engine = read_only_engine(store)
    things = find(engine, name)
    if len(things) > 1:
        click.echo(candidates(engine, things), nl=False, err=True)
        raise KgError(f"{name} may be any of these {len(things)}: ask for one by what its line begins with")
    _write(write_dossier(read_dossier(engine, things[0], limit or None), form, _width(out)).encode(), out)


VIEW_EXAMPLES = examples(
    "kg view --open",
    "kg view --focus 柴伟 --hops 2 -o chai-wei.html",
    "kg view --type 会议 --since 2021-09 --title 九月的会议",
    "kg view --query met.rq -o met.html",
)


@click.command(epilog=VIEW_EXAMPLES)
@any_store_option
@click.option("--focus", help="A person, an agency, a place or an event to start from.")
@click.option("--hops", default=1, show_default=True, type=click.IntRange(0, 5), help="How far from it.")
@click.option("--since", default="", metavar="DAY", help="Only what ends on this day (month, year) or later.")
@click.option("--until", default="", metavar="DAY", help="Only what begins on this day (month, year) or earlier.")
@click.option("--type", "types", multiple=True, help="Only events of this type, e.g. 会议 or Meeting; again for more.")
@click.option(
    "--query", "asked", metavar="QUERY", help="Only what a query answers with: its name, a file, SPARQL or -."
)
@click.option("--limit", default=80, show_default=True, type=click.IntRange(1, 300), help="How many nodes to open on.")
@click.option("--title", help="What the page is called.")
@click.option("-o", "--out", default="graph.html", show_default=True, type=a_path, help="The page to write.")
@click.option("--open", "opened", is_flag=True, help="Show it in the browser.")
def view(store: str, asked: str | None, title: str | None, out: Path, opened: bool, **choice: Any) -> None:
    """Write the graph, or a part of it, as one web page that works offline.

    Search it, click on a person, an agency or a line between them, and read the sentence that says so. The answer of a
    QUERY becomes a picture by the IRIs in it: select people, agencies, places, events or posts, or CONSTRUCT triples.
    """
    from kg.view import Choice, write_view

    engine = _copy(store)
    chosen = Choice(only=_named(engine, find_query(asked, sys.stdin), {}) if asked else None, **choice)
    shown = write_view(engine, out, chosen, title=title)
    click.echo(f"{out}: written" + ("" if shown else ", and empty: nothing in the graph answers to this"))
    if opened and not webbrowser.open(out.resolve().as_uri()):
        raise KgError(f"no browser was found to show {out} in")


def _named(engine: ox.Store, query: Query, values: dict[str, str]) -> frozenset[str]:
    """The IRIs in a query's answer."""
    from kg.view import named_in

    answered = run_query(engine, query, values)
    rows = [] if isinstance(answered, ox.QueryBoolean) else [tuple(row) for row in answered]
    named = named_in(rows)
    if not named and (rows or isinstance(answered, ox.QueryBoolean)):
        raise KgError(f"{query.name}: its answer names nothing by an IRI, so there is nothing to show of it")
    return named
