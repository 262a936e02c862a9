"""The command line: the only room that prints, reads arguments or exits."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

import click

from kg.cli.asking import export, query, show, view
from kg.cli.building import add, build, drop
from kg.cli.judging import evaluate, explain
from kg.cli.ledger import check, decide, review
from kg.cli.options import line
from kg.cli.servers import push, serve
from kg.model import KgError

FAILED, INTERRUPTED = 1, 130


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


for command in (build, add, drop, query, show, view, export, check, review, decide, push, serve, explain, evaluate):
    main.add_command(command)
