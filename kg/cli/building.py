"""The commands that make a graph: build, add, drop."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import (
    a_path,
    examples,
    jobs_option,
    ledger_option,
    lexicon_option,
    line,
    output_option,
    quiet_option,
)
from kg.cli.progress_bar import progress_bar
from kg.lexicon import load_lexicon
from kg.sources import STDIN
from kg.store import STORE
from kg.vocab import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.pipeline import Build

PARTLY_READ = 3
COUNTED = ("pages", "articles", "people", "agencies", "places", "events", "posts", "facts", "questions")


@click.command(
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
    with progress_bar(quiet) as progress:
        built = build_graph(
            paths, output, lexicon=words, ledger=ledger, base=base, jobs=jobs, stdin=stdin, progress=progress
        )
    _report(built, quiet)


@click.command(epilog=examples("kg add page.txt", "kg add more/ -o output", "cat page.txt | kg add -"))
@click.argument("paths", nargs=-1, required=True, type=a_path)
@output_option
@jobs_option
@quiet_option
@lexicon_option
def add(paths: tuple[Path, ...], output: Path, jobs: int, quiet: bool, lexicon: Path | None) -> None:
    """Add pages to a graph.

    The result is what kg build makes of the old pages and these together. A page that is there already changes
    nothing; a file whose content has changed takes its own place. Only what the pages touch is looked at, however
    large the graph is; of one with more than 300,000 statements it changes the store alone.
    """
    from kg.pipeline import add as add_pages

    stdin = sys.stdin.buffer.read() if Path(STDIN) in paths else None
    words = load_lexicon(lexicon) if lexicon else None
    with progress_bar(quiet) as progress:
        built = add_pages(paths, output, lexicon=words, jobs=jobs, stdin=stdin, progress=progress)
    _report(built, quiet)


@click.command(epilog=examples("kg drop page.txt", "kg drop id:article/page-1f2e3d4c/2"))
@click.argument("names", nargs=-1, required=True)
@output_option
@quiet_option
def drop(names: tuple[str, ...], output: Path, quiet: bool) -> None:
    """Take pages or single articles out of a graph.

    NAMES are file names, or IRIs of pages or articles. The result is what kg build makes of what is left.
    """
    from kg.pipeline import drop as drop_pages

    with progress_bar(quiet) as progress:
        built = drop_pages(names, output, progress=progress)
    _report(built, quiet)


def _report(built: Build, quiet: bool) -> None:
    """What was built on stdout, what was not read on stderr."""
    if not quiet:
        click.echo(f"{built.output}: {'written' if built.changed else 'unchanged'}")
        for name in COUNTED:
            known = (
                f" ({built.read} read now)" if name == "pages" and built.changed and built.read < built.pages else ""
            )
            click.echo(f"  {name:<9}{getattr(built, name):>7}{known}")
    if built.unwritten:
        names = ", ".join(built.unwritten)
        click.echo(f"kg: not written of a graph so large: {names} (kg export and kg view make them)", err=True)
    for row in built.stale:
        click.echo(f"kg: names nothing any more: {line(row)}", err=True)
    for name, reason in built.skipped:
        click.echo(f"kg: not read: {line(f'{name}: {reason}')}", err=True)
    if built.skipped:
        sys.exit(PARTLY_READ)
