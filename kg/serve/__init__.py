"""The graph on loopback: a SPARQL 1.1 endpoint that only reads unless asked, and pages for a browser.

`protocol` reads requests, `workers` run them in processes that can be ended, `description` and `pages` say what is
there, `own` keeps graphs that people write beside the pages' (`updates` and `writing`), `server` holds the addresses.
"""

from __future__ import annotations

from kg.serve.server import Server
from kg.serve.workers import Limits

__all__ = ["Limits", "Server"]
