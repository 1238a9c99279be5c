"""The catalogue's identities over two years, as rows that SQL can join."""

from __future__ import annotations

import pyarrow as pa

from warehouse.catalogue import identities


def terms() -> pa.Table:
    """A row a term and form: identity_id, generation, severity, side, sign, indicator_id, year_offset."""
    return pa.Table.from_pylist(
        [
            {
                "identity_id": identity.identity_id,
                "generation": generation,
                "severity": identity.severity,
                "side": side,
                "sign": term.sign,
                "indicator_id": term.indicator_id,
                "year_offset": term.year_offset or 0,
            }
            for identity in identities()
            if identity.across_years
            for generation in identity.generations
            for side, each in (("left", identity.left), ("right", identity.right))
            for term in each
        ]
    )
