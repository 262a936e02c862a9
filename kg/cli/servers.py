"""The commands that bring the graph to others: push it to a server, be one."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import examples, quiet_option, store_option
from kg.cli.progress_bar import progress_bar
from kg.store import read_only_engine


@click.command(
    epilog=examples("kg push http://localhost:7878/store", "kg push URL --default-graph https://e.org/known")
)
@click.argument("url")
@store_option
@click.option("--default-graph", default="", metavar="IRI", help="Name for the graph without a name, where needed.")
@click.option("--all", "everything", is_flag=True, help="Put every graph, also what was put before.")
@quiet_option
def push(url: str, store: Path, default_graph: str, everything: bool, quiet: bool) -> None:
    """Bring a graph to a SPARQL server, by the Graph Store Protocol.

    URL is the address of the server's graph store. Only what has changed since the last push is sent. A password is
    read from KG_STORE_USER and KG_STORE_PASSWORD, a token from KG_STORE_TOKEN.
    """
    from kg.remote import Remote
    from kg.remote import push as push_graphs

    engine, server, seen = read_only_engine(store), Remote(url), store / "pushed.json"
    with progress_bar(quiet) as progress:
        done = push_graphs(engine, server, seen, default=default_graph, everything=everything, progress=progress)
    if not quiet:
        click.echo(f"{url}: {done.written} graphs put, {done.removed} deleted, {done.unchanged} as they were")


@click.command(epilog=examples("kg serve", "kg serve -p 7878 --timeout 10 --cors", "kg serve --writable"))
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("-p", "--port", default=7878, show_default=True, type=click.IntRange(0, 65535), help="0: any free one.")
@click.option("--timeout", default=30.0, show_default=True, type=click.FloatRange(0.1), help="Seconds for a query.")
@click.option("--memory", default=2048, show_default=True, type=click.IntRange(64), help="MB of memory for a query.")
@click.option("--answer", default=64, show_default=True, type=click.IntRange(1), help="MB of an answer or an update.")
@click.option("--cors", is_flag=True, help="Let pages of other sites ask too.")
@click.option("--writable", is_flag=True, help="Let graphs of one's own be written, beside what the pages say.")
def serve(
    store: Path, host: str, port: int, timeout: float, memory: int, answer: int, cors: bool, writable: bool
) -> None:
    """Serve the graph: a SPARQL 1.1 endpoint and pages for the browser, to read only unless asked.

    The endpoint is /query. A query beyond its limits is ended and its memory freed. With --writable it takes updates at
    /update and whole graphs at /store, for graphs of your own. Stop it with Ctrl-C.
    """
    from kg.serve import Limits, Server

    limits = Limits(seconds=timeout, memory=memory << 20, answer=answer << 20)
    with Server(store, host, port, limits=limits, cors=cors, writable=writable) as server:
        click.echo(f"{server.url} (endpoint: {server.url}query)")
        server.serve_forever()
