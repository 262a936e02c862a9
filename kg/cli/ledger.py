"""The commands by which a person decides: check, review, decide."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kg.cli.options import by_option, examples, ledger_option, line, store_option, styled
from kg.ledger import LEDGER, Row, Verdict, append_rows
from kg.questions import Asked, address_of, answers, decided, open_questions
from kg.store import read_only_engine


@click.command(epilog=examples("kg check", "kg check -s output", "kg check --graph"))
@store_option
@click.option("--graph", is_flag=True, help="Check the graph itself too: its shapes, its sentences, its statements.")
def check(store: Path, graph: bool) -> None:
    """Show what the pages leave open or say against themselves, with the sentences of both sides.

    Answer with kg review, or with kg decide from a script. What --graph finds is a mistake of kg or damage to its
    files, and the exit code 1.
    """
    asked = list(open_questions(read_only_engine(store)))
    for question in asked:
        click.echo(_shown(question))
    click.echo(f"{len(asked) or 'no'} open question{'' if len(asked) == 1 else 's'}", err=True)
    if graph:
        _check_graph(store)


def _check_graph(store: Path) -> None:
    from kg.shapes import check_evidence, check_shapes, check_statements

    engine = read_only_engine(store)
    findings = [*check_shapes(engine), *check_statements(engine), *check_evidence(store)]
    for finding in findings:
        click.echo(line(str(finding)))
    click.echo(f"{len(findings) or 'nothing'} wrong in the graph", err=True)
    if findings:
        raise click.exceptions.Exit(1)


def _shown(asked: Asked) -> str:
    """A question with the sentences of each side."""
    lines = []
    for number, side in enumerate(asked.sides, 1):
        lines.append(f"  {number}  {side.name}  ({side.address})")
        lines += [
            f"       {told.day or '?'} 《{told.headline}》 {told.text}"
            for told in side.told
            if told.text != told.headline
        ]
    told = (text[: len(text) - len(text.lstrip())] + line(text) for text in lines)
    return "\n".join((styled(line(asked.label)), *told)) + "\n"


@click.command(epilog=examples("kg review", "kg review --by 王老师"))
@store_option
@ledger_option
@by_option
def review(store: Path, ledger: Path | None, by: str) -> None:
    """Walk through the open questions in the terminal and write the answers into the ledger.

    Nothing changes until the next kg build.
    """
    path = ledger or store / LEDGER
    given: list[tuple[Row, ...]] = []
    asked = list(open_questions(read_only_engine(store)))
    while len(given) < len(asked):
        question = asked[len(given)]
        key = _ask(question, len(given) + 1, len(asked), back=bool(given))
        if key == "q":
            break
        if key == "b":
            append_rows(path, [row.undone(by, _today()) for row in given.pop()])
            continue
        rows = () if key == "u" else decided(question, key, by, _today(), f"review: {question.label}")
        append_rows(path, rows)
        given.append(rows)
    count = sum(map(bool, given))
    click.echo(f"{path}: {count} of {len(asked)} questions answered" + ("; run kg build again" if count else ""))


def _ask(question: Asked, number: int, total: int, *, back: bool) -> str:
    """The key of an answer, asked for until it is one."""
    keys = answers(question) | {"u": "unsure"} | ({"b": "back"} if back else {}) | {"q": "quit"}
    click.echo(f"\n{number}/{total}  {_shown(question)}")
    click.echo("   ".join(f"[{key}] {meaning}" for key, meaning in keys.items()))
    answer: str = click.prompt("", type=click.Choice(list(keys)), prompt_suffix="> ", show_choices=False)
    return answer


DECIDE_EXAMPLES = examples(
    "kg decide same person/辽源市/胡永为 person/辽源市/胡水为 --why 误识",
    "kg decide different person/辽源市/王丽 article/p1-0123abcd/2 --why 同名学生",
    "kg decide reject post/辽源市/王丽/局长 --why 误读",
)


@click.command(epilog=DECIDE_EXAMPLES)
@click.argument("verdict", type=click.Choice([verdict.value for verdict in Verdict]))
@click.argument("subject")
@click.argument("object", required=False, default="")
@click.option("--why", required=True, help="For what reason.")
@store_option
@ledger_option
@by_option
def decide(verdict: str, subject: str, object: str, why: str, store: Path, ledger: Path | None, by: str) -> None:
    """Write one decision into the ledger: SUBJECT and OBJECT are IRIs or the ends of IRIs, as the graph has them.

    \b
    same A B        they are one; A keeps its IRI     different A B|ARTICLE  they are two
    rename A NAME   A is called NAME                  fix A NAME             A was misread for NAME
    retype E TYPE   the event is of another type      reject A               there is no such thing or fact
    accept Q        the question's doubt is unfounded undo A [B]             take earlier rows back
    """
    engine, path = read_only_engine(store), ledger or store / LEDGER
    ends = [address_of(engine, word, verdict) for word in (subject, object)]
    append_rows(path, [Row(Verdict(verdict), ends[0], ends[1], by, _today(), why)])
    click.echo(f"{path}: written; run kg build again")


def _today() -> date:
    return date.today()  # a decision is dated by who decides, not by a page
