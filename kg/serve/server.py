"""The addresses: which request is answered by what."""

from __future__ import annotations

import ipaddress
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Final
from urllib.parse import parse_qs, urlsplit

from kg.model import KgError
from kg.serve import pages
from kg.serve.description import describe
from kg.serve.protocol import (
    GRAPHS,
    READ_ONLY,
    GraphAsked,
    Refusal,
    Update,
    negotiate,
    read_graph_request,
    read_request,
)
from kg.serve.worker import Answer
from kg.serve.workers import Limits, Workers
from kg.store import read_only_engine

_ENDPOINTS: Final = ("/query", "/sparql", "/update")
_GRAPHS: Final = "/store"
_LONGEST_REQUEST: Final = 1 << 20
_STATIC: Final = {
    "yasgui.min.js": "text/javascript",
    "yasgui.min.css": "text/css",
    "query.js": "text/javascript",
    "kg.css": "text/css",
}
# Scripts and styles of our own only, and nothing leaves for another host.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'"
)


class Server(ThreadingHTTPServer):
    """An endpoint over the graph of an output directory; closing it ends its workers."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self,
        output: Path,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        limits: Limits | None = None,
        cors: bool = False,
        writable: bool = False,
    ) -> None:
        read_only_engine(output)  # no graph, no server
        if writable and not _is_loopback(host):
            raise KgError(f"{host}: what can be written to is served on this machine only, at 127.0.0.1")
        self.output, self.cors, self.writable = output, cors, writable
        self.limits, self.writing = limits or Limits(), Lock()
        self.workers = Workers(output, self.limits, max(2, os.cpu_count() or 1))
        try:
            super().__init__((host, port), _Connection)
        except OSError as error:
            self.workers.close()
            raise KgError(f"{host}:{port}: cannot be served on ({error.strerror})") from error

    @property
    def url(self) -> str:
        """Where it is."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has gone is no fault; anything else is told as usual."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def server_close(self) -> None:
        super().server_close()
        self.workers.close()


class _Connection(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "kg", ""
    timeout = 60  # seconds that a silent client is waited for

    def do_GET(self) -> None:
        self.close_connection = self.close_connection or "Content-Length" in self.headers  # nobody reads that
        self._respond(b"")

    do_HEAD = do_GET

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit():
            self.close_connection = True
            return self._send(Answer(411, "text/plain", b"say how long the request is"))
        longest = self.server.limits.answer if self.server.writable else _LONGEST_REQUEST
        if int(length) > longest:
            self._pass_over(int(length))
            return self._send(Answer(413, "text/plain", f"no longer than {longest:,} bytes".encode()))
        self._respond(self.rfile.read(int(length)))

    def _pass_over(self, length: int) -> None:
        """Hear a client out, within reason: one that is still speaking does not hear why it is refused."""
        self.close_connection = True
        for _ in range(min(length, 16 * _LONGEST_REQUEST) // _LONGEST_REQUEST):
            self.rfile.read(_LONGEST_REQUEST)
        self.rfile.read(length % _LONGEST_REQUEST if length < 16 * _LONGEST_REQUEST else 0)

    def do_OPTIONS(self) -> None:
        self._send(Answer(204, "text/plain", b""))

    def do_PUT(self) -> None:
        if self._is_graph:
            return self.do_POST()
        self.close_connection = True
        self._send(Answer(405, "text/plain", b"only GET, HEAD, POST and OPTIONS: this server only reads"))

    do_PATCH = do_PUT

    def do_DELETE(self) -> None:
        self.do_GET() if self._is_graph else self.do_PUT()

    @property
    def _is_graph(self) -> bool:
        return urlsplit(self.path).path == _GRAPHS and self.command != "PATCH"

    def _respond(self, body: bytes) -> None:
        try:
            self._check_host()
            answer = self._answer(body)
        except Refusal as refusal:
            answer = Answer(refusal.status, "text/plain", refusal.reason.encode())
        except KgError as error:
            answer = Answer(400, "text/plain", str(error).encode())
        self._send(answer)

    def _check_host(self) -> None:
        """A page from elsewhere must not reach in under a name of its own that leads to this machine."""
        host = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        if _is_loopback(str(self.server.server_address[0])) and not _is_loopback(host):
            raise Refusal(403, "this server answers on this machine only")

    def _answer(self, body: bytes) -> Answer:
        # Bytes beyond ASCII are taken as UTF-8, though they should come escaped.
        address = urlsplit(self.path.encode("latin-1").decode("utf-8", "replace"))
        fields = {name: values[-1] for name, values in parse_qs(address.query).items()}
        if address.path in _ENDPOINTS:
            return self._ask(address.query, body)
        if address.path == _GRAPHS:
            return self._ask_for_graph(address.query, body)
        name = address.path.removeprefix("/static/")
        if name != address.path and name in _STATIC:
            return Answer(200, f"{_STATIC[name]}; charset=utf-8", (pages.STATIC / name).read_bytes())
        show = pages.SHOWN.get(address.path)
        if show is None or self.command == "POST":
            raise Refusal(404, f"nothing at {address.path}: the endpoint is /query")
        return show(self.server, fields)

    def _ask(self, search: str, body: bytes) -> Answer:
        accept, kind = self.headers.get("Accept", "*/*"), self.headers.get("Content-Type", "")
        asked = read_request(self.command, search, kind, body, accept)
        if isinstance(asked, Update):
            return self._write(asked)
        if asked is not None:
            return self.server.workers.ask(asked)
        if self.command == "POST":
            raise Refusal(400, "no query in the request")
        media = negotiate(accept, ["text/html", *GRAPHS])
        if media == "text/html":
            return Answer(200, pages.HTML, pages.show("query.html"))
        return Answer(200, media, describe(f"{self.server.url}query", media, self.server.writable))

    def _ask_for_graph(self, search: str, body: bytes) -> Answer:
        accept, kind = self.headers.get("Accept", "*/*"), self.headers.get("Content-Type", "")
        asked = read_graph_request(self.command, search, kind, body, accept)
        return self.server.workers.ask(asked) if asked.method == "GET" else self._write(asked)

    def _write(self, job: Update | GraphAsked) -> Answer:
        """One at a time; and never for a page of another site, which a browser lets send what it may not read."""
        if not self.server.writable:
            raise Refusal(403, READ_ONLY)
        origin = self.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != self.headers.get("Host"):
            raise Refusal(403, f"a page of {origin} does not write here")
        with self.server.writing:
            return self.server.workers.ask(job)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        media = answer.media if "charset" in answer.media else f"{answer.media}; charset=utf-8"
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Vary", "Accept, Origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        if answer.media == pages.HTML and not self.path.startswith("/graph"):  # which carries its own, stricter one
            self.send_header("Content-Security-Policy", _POLICY)
        if self.server.cors:
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS")
            self.send_header("Access-Control-Allow-Headers", "Accept, Content-Type")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what was asked is nobody's business."""


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
