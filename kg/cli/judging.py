"""The commands that judge the reading: explain what is read in a page, evaluate it against gold."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kg.cli.options import OUTPUT, a_path, examples, lexicon_option
from kg.lexicon import load_lexicon
from kg.model import KgError
from kg.sources import STDIN, Skipped, find_sources


@click.command(epilog=examples("kg explain seeds/pages/000_8752af011981d324.txt", "cat page.txt | kg explain -"))
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


@click.command(epilog=EVALUATE_EXAMPLES)
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
