"""A dossier as JSON: the records as they are, every sentence of them."""

from __future__ import annotations

import json
from dataclasses import asdict

from kg.dossier.records import Dossier


def write_json(dossier: Dossier) -> str:
    """JSON with all sentences, in the shape of the records; `as` says how a report names it."""
    record = asdict(dossier)
    for report in record["reports"]:
        report["as"] = report.pop("as_")
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
