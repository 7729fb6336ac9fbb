"""Every life of the procedure, walked at random: no walk reaches a state that its constraints forbid.

Random people press random buttons, straight on the engine, without the services that add the data of a step: so that
the database's own constraints are tried too, not only the table of transitions.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accordo.approvazione.models import Approvazione
from accordo.base.errori import ErroreDominio
from accordo.base.pdf import composizione
from accordo.iter.models import Accordo, Partecipazione
from accordo.iter.motore import ConVita, esegui
from accordo.iter.registro import verifica
from accordo.rilievi.models import Rilievo
from bozze.models import (
    Contributo,
    Emendamento,
    Osservazione,
    Riformulazione,
    Riporto,
    Sottoscrizione,
    Subemendamento,
)
from bozze.servizi.firme import invita_a_sottoscrivere
from bozze.testo.albero import Tipo
from focusgroup.models import Correzione, Priorita, Riunione, Sondaggio
from questionari.models import Compilazione, Questionario
from tests.approvazione import fabbriche as approvazione
from tests.bozze.emendamenti import fabbriche as bozze
from tests.matrice import bozze_esame, focusgroup, focusgroup_date, focusgroup_verbale
from tests.questionari import fabbriche as questionari
from tests.rilievi.fabbriche import RilievoFactory
from tests.scena import PERSONE, Scena, costruisci

CHI = [nome for nome in PERSONE if nome not in {"anonimo", "senza_incarico"}]


def _riunione(scena: Scena) -> Riunione:
    focusgroup.convocata(scena)
    return scena.riunione  # type: ignore[attr-defined]


def _sondaggio(scena: Scena) -> Sondaggio:
    focusgroup_date.aperto(scena)
    return scena.sondaggio  # type: ignore[attr-defined]


def _correzione(scena: Scena) -> Correzione:
    focusgroup_verbale.con_correzione(scena)
    return scena.correzione  # type: ignore[attr-defined]


def _priorita(scena: Scena) -> Priorita:
    focusgroup_verbale.con_punti(scena)
    return scena.priorita  # type: ignore[attr-defined]


def _contributo(scena: Scena) -> Contributo:
    bozze.versione(scena)
    return Contributo.objects.get_or_create(accordo=scena.accordo, ente=scena.ente_a)[0]


def _emendamento(scena: Scena) -> Emendamento:
    bozze.versione(scena)
    return bozze.emendamento(scena, bozze.sopprimi(_frase()), presenta=False)


def _sottoscrizione(scena: Scena) -> Sottoscrizione:
    em = _emendamento(scena)
    return invita_a_sottoscrivere(em, [scena.ente_b], da=scena.agente(scena.referente))[0]


def _subemendamento(scena: Scena) -> Subemendamento:
    bozze.versione(scena)
    em = bozze.emendamento(scena, bozze.cambia("ogni due anni", "ogni anno"))
    return bozze.subemendamento(scena, em, presenta=False)


def _osservazione(scena: Scena) -> Osservazione:
    bozze.versione(scena)
    return bozze.osservazione(scena, _frase(), presenta=False)


def _riformulazione(scena: Scena) -> Riformulazione:
    bozze_esame.proposta(scena)
    return scena.riformulazione  # type: ignore[attr-defined]


def _riporto(scena: Scena) -> Riporto:
    bozze_esame.in_attesa(scena)
    return scena.riporto  # type: ignore[attr-defined]


def _frase() -> str:
    """The words of the first comma of the text."""
    return next(d.testo for d in bozze.albero_base().disposizioni() if d.tipo == Tipo.COMMA and d.testo)


def _approvazione(scena: Scena) -> Approvazione:
    approvazione.avvia(scena)
    return approvazione.di(scena.ente_a)


def _compilazione(scena: Scena) -> Compilazione:
    questionari.apri(scena)
    return questionari.compilazione(scena)


CASI: dict[type[ConVita], Callable[[Scena], Any]] = {
    Accordo: lambda s: s.accordo,
    Partecipazione: lambda s: Partecipazione.objects.get(accordo=s.accordo, ente=s.ente_a),
    Questionario: questionari.apri,
    Compilazione: _compilazione,
    Riunione: _riunione,
    Sondaggio: _sondaggio,
    Correzione: _correzione,
    Priorita: _priorita,
    Rilievo: lambda s: RilievoFactory(accordo=s.accordo, ambito=s.ambito),
    Emendamento: _emendamento,
    Osservazione: _osservazione,
    Sottoscrizione: _sottoscrizione,
    Subemendamento: _subemendamento,
    Contributo: _contributo,
    Riformulazione: _riformulazione,
    Riporto: _riporto,
    Approvazione: _approvazione,
}


def test_nessuna_vita_resta_fuori():
    assert set(CASI) == {m for m in ConVita.__subclasses__() if not m._meta.abstract}


@pytest.mark.django_db
@pytest.mark.parametrize("modello", CASI, ids=lambda m: m.__name__)
def test_passeggiate_a_caso(modello, monkeypatch):
    monkeypatch.setattr(composizione, "impagina", lru_cache(maxsize=4)(lambda *_: b"%PDF-1.7 di prova"))
    verbi = st.deferred(lambda: st.sampled_from(_verbi(modello)))
    passi = st.lists(st.tuples(verbi, st.sampled_from(CHI), st.sampled_from(["", "Perché sì."])), max_size=7)

    @settings(max_examples=6, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(passi=passi)
    def passeggia(passi: list[tuple[str, str, str]]) -> None:
        with transaction.atomic():
            _passeggia(modello, passi)
            transaction.set_rollback(True)

    passeggia()


def _verbi(modello: type[ConVita]) -> list[str]:
    from accordo.iter.vita_accordo import vita_accordo

    vita = vita_accordo() if modello is Accordo else modello.vita
    return sorted({t.verbo for t in vita.transizioni})


def _passeggia(modello: type[ConVita], passi: list[tuple[str, str, str]]) -> None:
    scena = costruisci()
    oggetto = modello._base_manager.get(pk=CASI[modello](scena).pk)
    prima, eventi = oggetto.revisione, scena.accordo.eventi.count()
    riusciti = 0
    for verbo, chi, motivazione in passi:
        stato = oggetto.stato_corrente
        try:
            with transaction.atomic():
                esegui(oggetto, verbo, da=scena.agente(scena.persona(chi)), motivazione=motivazione)
            riusciti += 1
            transizione = oggetto.la_vita().trova(verbo, stato)
            assert transizione is not None
            assert oggetto.stato_corrente == transizione.a
        except (ErroreDominio, IntegrityError):
            oggetto = modello._base_manager.get(pk=oggetto.pk)
            assert oggetto.stato_corrente == stato
    fresco = modello._base_manager.get(pk=oggetto.pk)
    fresco.validate_constraints()
    assert fresco.stato_corrente in fresco.la_vita().nomi_stati()
    assert fresco.revisione == prima + riusciti
    assert scena.accordo.eventi.count() >= eventi + riusciti
    assert verifica(Accordo.objects.get(pk=scena.accordo.pk)) is None
