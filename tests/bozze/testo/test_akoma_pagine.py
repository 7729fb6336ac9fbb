"""The Akoma Ntoso of what is in the database: valid, and naming the accord's own bodies."""

from __future__ import annotations

import pytest

from bozze.interrogazioni.akoma import akn_versione
from bozze.testo.akn.xml import SPAZIO
from tests.bozze.testo.fabbriche import BREVE, versione
from tests.bozze.testo.test_akn import valido

pytestmark = pytest.mark.django_db
Q = f"{{{SPAZIO}}}"


def test_la_versione_pubblicata(scena, django_assert_max_num_queries) -> None:
    scena.porta_a("bozza")
    versione(scena, 1)
    seconda = versione(scena, 2, BREVE.replace("tre anni", "sei anni"))
    with django_assert_max_num_queries(5):
        radice = valido(akn_versione(seconda))
    assert next(e.get("value") for e in radice.iter(f"{Q}FRBRversionNumber")) == "2"
    assert next(e.get("value") for e in radice.iter(f"{Q}FRBRalias")) == seconda.impronta
    assert len(list(radice.iter(f"{Q}step"))) == 2
    enti = {e.get("eId") for e in radice.iter(f"{Q}TLCOrganization")}
    assert scena.accordo.promotore.codice in enti
    assert "sei anni" in "".join(radice.itertext())
    assert akn_versione(seconda) == akn_versione(seconda)
