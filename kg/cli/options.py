"""What several commands share: options, examples, and text as a terminal may have it."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

import click

from kg.ledger import LEDGER

OUTPUT, STDOUT = "output", "-"

a_path = click.Path(path_type=Path)
store_option = click.option(
    "-s", "--store", default=OUTPUT, show_default=True, type=a_path, help="The directory that kg build wrote."
)
any_store_option = click.option(
    "-s", "--store", default=OUTPUT, show_default=True, help="The directory that kg build wrote, or a server's URL."
)
lexicon_option = click.option(
    "--lexicon",
    type=a_path,
    help="A directory of your own tables: their rows add to the built-in lexicon or replace its own.",
)
ledger_option = click.option(
    "--ledger", type=a_path, help=f"The file of human decisions.  [default: {LEDGER} beside the graph]"
)
output_option = click.option(
    "-o", "--output", default=OUTPUT, show_default=True, type=a_path, help="Where the graph goes."
)
jobs_option = click.option(
    "-j", "--jobs", default=1, show_default=True, type=click.IntRange(1), help="Processes that read pages."
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="No progress bar and no summary.")
by_option = click.option("--by", default=getpass.getuser, show_default="the user's name", help="Who decides.")


def styled(text: str) -> str:
    """Text in bold, where a terminal shows it and nobody minds."""
    return click.style(text, bold=True) if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else text


def line(text: str) -> str:
    """Text as one line that no terminal takes for a command, whatever a file is called."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def examples(*lines: str) -> str:
    """Examples as the end of a command's help."""
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))
