"""The command line: the only room that prints, reads arguments or exits."""

from __future__ import annotations

import shutil
import sys
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
import pyoxigraph as ox

from kg.cli.ledger import check, decide, review
from kg.cli.options import (
    OUTPUT,
    STDOUT,
    a_path,
    any_store_option,
    examples,
    jobs_option,
    ledger_option,
    lexicon_option,
    line,
    output_option,
    quiet_option,
    store_option,
)
from kg.cli.servers import push, serve
from kg.dossier import FORMATS as DOSSIERS
from kg.dossier import candidates, find, read_dossier, write_dossier
from kg.export import EXPORTERS
from kg.files import write_whole
from kg.lexicon import load_lexicon
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
from kg.sources import STDIN, Skipped, find_sources
from kg.store import STORE, read_only_engine
from kg.vocab import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.pipeline import Build, Progress

FAILED, PARTLY_READ, INTERRUPTED = 1, 3, 130


COUNTED = ("pages", "articles", "people", "agencies", "places", "events", "posts", "facts", "questions")


class Commands(click.Group):
    """A group whose commands fail with one line instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what the user can mend becomes a message and exit code 1."""
        _speak_utf8()
        try:
            return super().invoke(ctx)
        except KgError as error:
            _fail(str(error), FAILED)
        except KeyboardInterrupt:
            _fail("interrupted", INTERRUPTED)


def _speak_utf8() -> None:
    """Chinese in any locale; what UTF-8 cannot hold, odd file names, is shown escaped."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _fail(message: str, code: int) -> NoReturn:
    click.echo(f"kg: error: {line(message)}", err=True)
    sys.exit(code)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nStart here:\n  kg build seeds/pages\n  kg query who-holds -p agency=市委\n  kg view --focus 柴伟",
)
@click.version_option(package_name="kg-gazette", prog_name="kg")
def main() -> None:
    """Chinese local newspapers in, a knowledge graph out, with the sentence behind every fact.

    \b
    Exit codes: 0 done · 1 failed · 2 wrong usage · 3 finished, but some inputs
    were not read (each is named on stderr) · 130 interrupted.
    """


@main.command(
    epilog=examples("kg build seeds/pages", "kg build page.txt more/ -o output -j 4", "cat page.txt | kg build -")
)
@click.argument("paths", nargs=-1, type=a_path)
@output_option
@jobs_option
@quiet_option
@lexicon_option
@ledger_option
@click.option("--base", default=DEFAULT_BASE, show_default=True, help="What the graph's own IRIs begin with.")
def build(
    paths: tuple[Path, ...],
    output: Path,
    jobs: int,
    quiet: bool,
    lexicon: Path | None,
    ledger: Path | None,
    base: str,
) -> None:
    """Read newspaper pages and write the graph of all they say.

    PATHS are page files, directories (every .txt and .md file in them) or - for standard input. The same pages give
    the same graph, byte for byte, in any order. What cannot be read is named and left out. A page read before is not
    read again. Without PATHS the graph's own pages are taken, by the rules and the lexicon of today.
    """
    from kg.pipeline import build as build_graph  # here, so that other commands start without it

    if not paths and not (output / STORE).exists():
        raise click.UsageError("Missing argument 'PATHS...': no graph to build again")
    stdin = sys.stdin.buffer.read() if Path(STDIN) in paths else None
    words = load_lexicon(lexicon)
    with _progress(quiet) as progress:
        built = build_graph(
            paths, output, lexicon=words, ledger=ledger, base=base, jobs=jobs, stdin=stdin, progress=progress
        )
    _report(built, quiet)


@main.command(epilog=examples("kg add page.txt", "kg add more/ -o output", "cat page.txt | kg add -"))
@click.argument("paths", nargs=-1, required=True, type=a_path)
@output_option
@jobs_option
@quiet_option
@lexicon_option
def add(paths: tuple[Path, ...], output: Path, jobs: int, quiet: bool, lexicon: Path | None) -> None:
    """Add pages to a graph.

    The result is what kg build makes of the old pages and these together. A page that is there already changes
    nothing; a file whose content has changed takes its own place.
    """
    from kg.pipeline import add as add_pages

    stdin = sys.stdin.buffer.read() if Path(STDIN) in paths else None
    words = load_lexicon(lexicon) if lexicon else None
    with _progress(quiet) as progress:
        built = add_pages(paths, output, lexicon=words, jobs=jobs, stdin=stdin, progress=progress)
    _report(built, quiet)


@main.command(epilog=examples("kg drop page.txt", "kg drop id:article/page-1f2e3d4c/2"))
@click.argument("names", nargs=-1, required=True)
@output_option
@quiet_option
def drop(names: tuple[str, ...], output: Path, quiet: bool) -> None:
    """Take pages or single articles out of a graph.

    NAMES are file names, or IRIs of pages or articles. The result is what kg build makes of what is left.
    """
    from kg.pipeline import drop as drop_pages

    with _progress(quiet) as progress:
        built = drop_pages(names, output, progress=progress)
    _report(built, quiet)


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress | None]:
    """A bar on stderr, where that is a terminal."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield None
        return
    with Bar(console=console, transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _report(built: Build, quiet: bool) -> None:
    """What was built on stdout, what was not read on stderr."""
    if not quiet:
        click.echo(f"{built.output}: {'written' if built.changed else 'unchanged'}")
        for name in COUNTED:
            known = (
                f" ({built.read} read now)" if name == "pages" and built.changed and built.read < built.pages else ""
            )
            click.echo(f"  {name:<9}{getattr(built, name):>7}{known}")
    for row in built.stale:
        click.echo(f"kg: names nothing any more: {line(row)}", err=True)
    for name, reason in built.skipped:
        click.echo(f"kg: not read: {line(f'{name}: {reason}')}", err=True)
    if built.skipped:
        sys.exit(PARTLY_READ)


def _formats(writers: Mapping[str, Callable[..., Any]]) -> str:
    lines = (f"  {name:<9}{(write.__doc__ or '').strip()}" for name, write in writers.items())
    return "\n".join(("\b", "Formats:", *lines, "", ""))


@main.command(
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


@main.command(epilog=QUERY_EXAMPLES)
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


@main.command(epilog=_formats(DOSSIERS) + SHOW_EXAMPLES)
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


@main.command(epilog=VIEW_EXAMPLES)
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


@main.command(epilog=examples("kg explain seeds/pages/000_8752af011981d324.txt", "cat page.txt | kg explain -"))
@click.argument("file", type=a_path)
@lexicon_option
def explain(file: Path, lexicon: Path | None) -> None:
    """Show sentence by sentence what is read in a page, and by which rule."""
    from kg.explain import explain_page

    stdin, words = sys.stdin.buffer.read() if str(file) == STDIN else None, load_lexicon(lexicon)
    for source in find_sources([file], stdin):
        if isinstance(source, Skipped):
            raise KgError(f"{source.name}: {source.reason}")
        click.echo(explain_page(source.name, source.read(), words), nl=False)


EVALUATE_EXAMPLES = examples(
    "kg evaluate tests/gold/*.yaml --misses",
    "kg evaluate tests/gold/*.yaml --floors tests/gold/floors.json",
    "kg evaluate tests/gold/identity/*.yaml --misses",
    "kg evaluate --against before/graph.nq",
)


@main.command(epilog=EVALUATE_EXAMPLES)
@click.argument("gold", nargs=-1, type=a_path)
@click.option("--pages", type=a_path, help="Where the gold's pages are, if not in seeds/pages or by the gold.")
@click.option("--misses", is_flag=True, help="Each miss and each false alarm too, with its sentence and rule.")
@click.option(
    "--predictions", is_flag=True, help="What is found in the page of one GOLD, as JSON, instead of measures."
)
@click.option("--floors", type=a_path, help="A JSON file of F1s; exit with 1 where a measure is below its own.")
@click.option("--raise", "rise", is_flag=True, help="Raise the floors to what is reached; they never sink.")
@click.option("--against", type=a_path, metavar="OTHER.nq", help="List the facts lost and gained since another build.")
@click.option("--graph", default=f"{OUTPUT}/graph.nq", show_default=True, type=a_path, help="What to hold against it.")
@lexicon_option
def evaluate(gold: tuple[Path, ...], against: Path | None, graph: Path, **options: Any) -> None:
    """Score what is read in pages against what a careful reader wrote down, or compare two graphs.

    GOLD are YAML files, one a page (pip install 'kg-gazette[evaluate]' to read them), or cases of identity: who and
    what is one. What careful readers may differ about counts neither way.
    """
    if not gold and not against:
        raise click.UsageError("name GOLD files, or another graph with --against")
    if against:
        from kg.evaluate import compare_graphs

        click.echo(compare_graphs(against, graph), nl=False)
    if gold:
        _score(gold, **options)


def _score(
    gold: tuple[Path, ...],
    *,
    pages: Path | None,
    misses: bool,
    predictions: bool,
    floors: Path | None,
    rise: bool,
    lexicon: Path | None,
) -> None:
    """Measures on stdout, then the floors."""
    from kg.evaluate import evaluate_all, keep_floors, write_predictions

    if rise and not floors:
        raise click.UsageError("--raise needs --floors FILE")
    scored = evaluate_all(gold, load_lexicon(lexicon), pages)
    tables = (one.write(slips=misses, aligned=sys.stdout.isatty()) for one in scored)
    click.echo(write_predictions(scored) if predictions else "\n".join(tables), nl=False)
    if floors:
        keep_floors([row for one in scored for row in one.rows], floors, rise=rise)


for command in (check, review, decide, push, serve):
    main.add_command(command)
