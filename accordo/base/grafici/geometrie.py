"""The outlines that an installation has: one file a province, named by the promoter's code."""

import json
from functools import cache
from pathlib import Path

from accordo.base.grafici.mappa import Geometria

MAPPE = Path(__file__).parent / "mappe"
"""Outlines of the Comuni (by their code) and of the areas."""


@cache
def geometria(codice: str) -> Geometria | None:
    """Return the outlines for the promoter with this code, if the installation has them."""
    file = MAPPE / f"{codice}.json"
    return Geometria.da_json(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None
