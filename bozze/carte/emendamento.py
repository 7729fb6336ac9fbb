"""One amendment as a Word document."""

from bozze.carte.word import Intestazione, Revisore, word_emendamento
from bozze.interrogazioni.firme import cofirmatari, subemendamenti_di
from bozze.models import Emendamento, Subemendamento
from bozze.testo.consolidamento import NonConsolidabile, consolida
from bozze.testo.operazioni import da_dati


def in_word(emendamento: Emendamento) -> bytes:
    """Return the amendment in Word: who signs, what it says, why, and its changes tracked in the name of its body."""
    testo = emendamento.versione.albero
    operazioni = [da_dati(dati) for dati in emendamento.operazioni]
    try:
        dopo = consolida(testo, operazioni)
    except (
        NonConsolidabile
    ):  # written on a text that has changed: the words say it, nothing can be shown in place
        dopo = testo
    quando = emendamento.presentato_il or emendamento.creato_il
    titolo = f"Emendamento {emendamento.sigla}" if emendamento.numero else "Proposta di emendamento"
    testata = Intestazione(
        titolo,
        (
            f"{_firme(emendamento)}. {emendamento.dove[:1].upper()}{emendamento.dove[1:]}",
            *emendamento.righe_disposto,
            *(riga for sub in subemendamenti_di(emendamento) for riga in _righe_sub(sub)),
        ),
        emendamento.motivazione,
    )
    capo = (
        testo.articolo_di(emendamento.disposizione_id)
        if emendamento.disposizione_id in testo.indice
        else None
    )
    intorno = (capo.id,) if capo else ()
    return word_emendamento(
        testo, dopo, testata, Revisore(emendamento.ente.denominazione, quando), intorno=intorno
    )


def _firme(emendamento: Emendamento) -> str:
    """Return who signs it, the proposer first."""
    altri = [ente.denominazione for ente in cofirmatari(emendamento)]
    return ", ".join([emendamento.ente.denominazione, *altri])


def _righe_sub(sub: Subemendamento) -> list[str]:
    esito = sub.get_stato_display() if sub.deciso else "Da decidere"
    return [f"Subemendamento {sub.sigla} ({sub.ente.denominazione}). {esito}.", *sub.righe_disposto]
