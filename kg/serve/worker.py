"""The process that answers: it opens the store for reading, and can be ended at any moment without harm."""

from __future__ import annotations

import io
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.model import KgError
from kg.query import ReadOnlyError, Result, ask, complain, load_queries, run_query
from kg.serve.own import served_store
from kg.serve.protocol import GRAPHS, RESULTS, Asked, GraphAsked, Refusal, Update, negotiate
from kg.serve.writing import change_graph, read_graph, run_update
from kg.store import read_only_engine

_GRACE: Final = 10.0  # seconds


@dataclass(frozen=True, slots=True)
class LibraryAsked:
    """A query of the library by its name, with values as they are typed."""

    name: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ViewAsked:
    """The interactive page around a name, or of the whole graph where that is empty."""

    focus: str
    hops: int


@dataclass(frozen=True, slots=True)
class DossierAsked:
    """All that is known of whoever or whatever bears a name."""

    name: str


Job = Asked | GraphAsked | Update | LibraryAsked | ViewAsked | DossierAsked


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back."""

    status: int
    media: str
    body: bytes


class _Bounded(io.RawIOBase):
    """Bytes up to a limit; one more ends the query."""

    def __init__(self, limit: int) -> None:
        self.kept, self._limit = bytearray(), limit

    def writable(self) -> bool:
        return True

    def write(self, part: object) -> int:
        piece = bytes(part)  # type: ignore[call-overload]
        if len(self.kept) + len(piece) > self._limit:
            raise OverflowError
        self.kept += piece
        return len(piece)


def work(output: Path, most_bytes: int, most_seconds: float, pipe: Connection) -> None:
    """Answer one job after another until the other end of the pipe closes.

    Should that end be killed, nobody is left to end this one: an alarm does, a while after its time.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to hear
    pipe.send(True)
    opened: tuple[Path, ox.Store] | None = None
    while True:
        try:
            job: Job = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        signal.setitimer(signal.ITIMER_REAL, most_seconds + _GRACE)
        try:
            link = served_store(output)
            if opened is None or opened[0] != link.resolve():  # somebody wrote a new graph
                opened = (link.resolve(), read_only_engine(link))
            reply = _change(job, output) or _answer(job, opened[1], most_bytes)
        except Refusal as refusal:
            reply = Answer(refusal.status, "text/plain", refusal.reason.encode())
        except KgError as error:
            reply = Answer(403 if isinstance(error, ReadOnlyError) else 400, "text/plain", str(error).encode())
        signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            pipe.send(reply)
        except OSError:
            return  # nobody is there any more


def _change(job: Job, output: Path) -> Answer | None:
    """What is said to a job that writes; None to one that only asks."""
    if isinstance(job, Update):
        run_update(job, output)
        return Answer(204, "text/plain", b"")
    if isinstance(job, GraphAsked) and job.method != "GET":
        return Answer(201 if change_graph(job, output) else 204, "text/plain", b"")
    return None


def _answer(job: Job, store: ox.Store, most_bytes: int) -> Answer:
    if isinstance(job, GraphAsked):
        return _written(read_graph(job, store), job.accept, most_bytes)
    if isinstance(job, LibraryAsked):
        library = load_queries()
        if job.name not in library:
            raise Refusal(404, f"no query {job.name} in the library")
        result = run_query(store, library[job.name], dict(job.values))
        return _written(result, "*/*", most_bytes)
    if isinstance(job, ViewAsked):
        return _viewed(job, store)
    if isinstance(job, DossierAsked):
        return _told(job, store)
    assert isinstance(job, Asked)
    return _written(ask(store, job.text, job.default_graphs, job.named_graphs), job.accept, most_bytes)


def _written(result: Result, accept: str, most_bytes: int) -> Answer:
    out = _Bounded(most_bytes)
    write: Callable[..., object] = result.serialize
    try:
        if isinstance(result, ox.QueryTriples):
            media = negotiate(accept, list(GRAPHS))
            write(out, format=GRAPHS[media])
        else:
            media = negotiate(accept, list(RESULTS)[:-1] if isinstance(result, ox.QueryBoolean) else list(RESULTS))
            write(out, format=RESULTS[media])
    except OverflowError:
        raise Refusal(503, f"the answer is longer than {most_bytes:,} bytes: ask for less, or with a LIMIT") from None
    except (OSError, RuntimeError) as error:
        raise complain("query", error) from None
    return Answer(200, media, bytes(out.kept))


def _viewed(job: ViewAsked, store: ox.Store) -> Answer:
    import tempfile

    from kg.view import Choice, write_view

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "graph.html"
        write_view(store, page, Choice(focus=job.focus or None, hops=job.hops))
        return Answer(200, "text/html; charset=utf-8", page.read_bytes())


def _told(job: DossierAsked, store: ox.Store) -> Answer:
    """The dossier as a page; where several bear the name, a line for each: `kg show` does the same."""
    from kg.dossier import candidates, find, read_dossier, write_dossier

    things = find(store, job.name)
    if len(things) > 1:
        return Answer(300, "text/plain", candidates(store, things).encode())
    return Answer(200, "text/html; charset=utf-8", write_dossier(read_dossier(store, things[0]), "html").encode())
