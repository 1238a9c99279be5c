"""What rows are made by: the code, the data files, the libraries and the programs that enter each stage.

Each is an ingredient: a name (`tasks/parse/parse.py`, `tasks/parse/rules/year.yaml`, `library lxml`, `program soffice`)
and a digest or a version. Equal bytes and equal ingredients give equal rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import duckdb
import pyarrow as pa

RULES = (".yaml", ".csv", ".txt")
ANY = ""  # of `MadeBy.clean`: a document whose format is not known


@dataclass(frozen=True)
class Made:
    """The ingredients of a stage by their names."""

    ingredients: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hex digits that change where an ingredient does."""
        return hashlib.sha256(json.dumps(sorted(self.ingredients.items())).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class MadeBy:
    """What this version makes each stage by: cleaning by media type (ANY where it is unknown), parsing, publishing."""

    clean: Mapping[str, Made] = field(default_factory=lambda: {ANY: Made()})
    parse: Made = Made()
    publish: Made = Made()

    def cleaning(self, media_type: str | None) -> Made:
        """What a document of that media type is cleaned by."""
        return self.clean.get(media_type or ANY, self.clean[ANY])

    @property
    def every(self) -> tuple[Made, ...]:
        """All of them."""
        return (*self.clean.values(), self.parse, self.publish)


def kind(name: str) -> str:
    """The cause that a changed ingredient is: `rule`, `library` or `code`."""
    if name.endswith(RULES):
        return "rule"
    return "library" if name.startswith(("library ", "program ", "python")) else "code"


def difference(before: Mapping[str, str] | None, after: Mapping[str, str]) -> tuple[str, str]:
    """The cause of a difference, and which ingredients it is: `rule`, `code`, `library`, or several with a plus."""
    if not before:
        return "code", "made before the warehouse kept a record of what enters"
    changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    if not changed:
        return "code", "made again by the same code"
    more = f" and {len(changed) - 5} more" if len(changed) > 5 else ""
    return "+".join(sorted({kind(name) for name in changed})), ", ".join(changed[:5]) + more


def recorded(db: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """The ingredients behind each fingerprint that the database `w` knows."""
    found: dict[str, dict[str, str]] = {}
    for fingerprint, name, digest in db.execute(
        "SELECT fingerprint, name, digest FROM w.internal.ingredients"
    ).fetchall():
        found.setdefault(fingerprint, {})[name] = digest
    return found


def outdated(db: duckdb.DuckDBPyConnection, made_by: MadeBy) -> list[str]:
    """The documents that another version cleaned or parsed: what this one may read differently."""
    _register(db, made_by)
    rows = db.execute(
        f"""
        SELECT d.document_id FROM documents d LEFT JOIN internal.made m USING (document_id)
        WHERE m.parse IS DISTINCT FROM '{made_by.parse.fingerprint}' OR m.clean IS DISTINCT FROM coalesce(
            (SELECT fingerprint FROM cleaning c WHERE d.script IS NOT NULL AND c.media_type = d.media_type),
            '{made_by.cleaning(None).fingerprint}')
        ORDER BY 1
        """
    ).fetchall()
    return [row[0] for row in rows]


def record(db: duckdb.DuckDBPyConnection, made_by: MadeBy) -> None:
    """Write down what made the staged documents, and what publishes them, in the open transaction over `w`."""
    _register(db, made_by)
    db.execute("DELETE FROM w.internal.made WHERE document_id IN (SELECT document_id FROM changed)")
    db.execute(
        f"""
        INSERT INTO w.internal.made BY NAME
        SELECT s.document_id, s.media_type, s.charset, '{made_by.parse.fingerprint}' AS parse, coalesce(
            (SELECT fingerprint FROM cleaning c WHERE d.script IS NOT NULL AND c.media_type = d.media_type),
            '{made_by.cleaning(None).fingerprint}') AS clean
        FROM staged_made s JOIN staged_documents d USING (document_id)
        ORDER BY s.document_id
        """
    )
    entries = [(made.fingerprint, *entry) for made in made_by.every for entry in made.ingredients.items()]
    names = ("fingerprint", "name", "digest")
    db.register(
        "entries",
        pa.table(
            {name: [e[at] for e in entries] for at, name in enumerate(names)},
            pa.schema([(n, pa.string()) for n in names]),
        ),
    )
    db.execute(
        "INSERT INTO w.internal.ingredients SELECT DISTINCT fingerprint, name, digest FROM entries"
        " WHERE fingerprint NOT IN (SELECT fingerprint FROM w.internal.ingredients)"
    )
    db.execute("DELETE FROM w.internal.published")
    db.execute("INSERT INTO w.internal.published VALUES (?)", [made_by.publish.fingerprint])


def _register(db: duckdb.DuckDBPyConnection, made_by: MadeBy) -> None:
    known = {media_type: made.fingerprint for media_type, made in made_by.clean.items()}
    db.register("cleaning", pa.table({"media_type": list(known), "fingerprint": list(known.values())}))
