"""The survey's results for one area, in a few lines, for the dossier of its meeting (through accordo/processo.py)."""

from collections import Counter
from collections.abc import Sequence

from accordo.base.parole import elenca
from accordo.enti.models import Ambito
from accordo.iter.models import Accordo
from accordo.iter.procedura import EsitoBreve
from questionari import interrogazioni
from questionari.definizione import GRADUATORIA, MATRICE, MULTIPLA, NUMERO, SINGOLA, Domanda
from questionari.esiti import numeri
from questionari.esiti.quadro import Esposto, quadro_di
from questionari.esiti.quesiti import Quesito, quesiti
from questionari.valori import in_cifre

CHIUSE = {SINGOLA, MULTIPLA, NUMERO, MATRICE, GRADUATORIA}


def esiti_ambito(accordo: Accordo, ambito: Ambito) -> Sequence[EsitoBreve]:
    """Return, once the results are out, what each question says of all the bodies and of this area.

    What the area says is there only where its figures are published: the rules of confidentiality are those of the
    results. A constant number of queries.
    """
    restituzione = interrogazioni.restituzione_di(accordo)
    if restituzione is None or restituzione.pubblicata_il is None:
        return ()
    quadro = quadro_di(accordo, restituzione)
    if quadro is None:
        return ()
    domande = [d for d in quadro.struttura.domande if d.tipo in CHIUSE]
    esposti = quadro.esponi([d.codice for d in domande])
    trovati = []
    for domanda in domande:
        voci = [
            (quesito, esposto)
            for quesito in quesiti(domanda)
            if (esposto := esposti.get(quesito)) is not None and esposto.totale.total()
        ]
        if voci:
            numero = quadro.struttura.numeri[domanda.codice]
            trovati.append(_esito(numero, domanda, voci, ambito.nome))
    return trovati


def _esito(numero: str, domanda: Domanda, voci: Sequence[tuple[Quesito, Esposto]], ambito: str) -> EsitoBreve:
    if domanda.tipo == MATRICE:
        righe = []
        for quesito, esposto in voci:
            tutti, qui = _detto(domanda, esposto.totale), _detto(domanda, _dell_ambito(esposto, ambito))
            confronto = f"{qui}; in tutti gli ambiti {tutti}" if qui else f"in tutti gli ambiti {tutti}"
            righe.append((domanda.etichette[quesito.voce], confronto))
        return EsitoBreve(numero, domanda.testo, "Giudizio medio, voce per voce.", tuple(righe))
    [(_, esposto), *_] = voci
    qui = _detto(domanda, _dell_ambito(esposto, ambito))
    frase = f"In tutti gli ambiti: {_detto(domanda, esposto.totale)}."
    return EsitoBreve(numero, domanda.testo, frase, ((ambito, qui),) if qui else ())


def _dell_ambito(esposto: Esposto, nome: str) -> Counter[str] | None:
    """The area's answers, if they may be known."""
    return next((g.conto for g in esposto.gruppi.get("ambito", ()) if g.nome == nome), None)


def _detto(domanda: Domanda, conto: Counter[str] | None) -> str:
    """What these answers say, in half a sentence; nothing if there are none to speak of."""
    if not conto or not conto.total():
        return ""
    if domanda.tipo == MATRICE:
        media = numeri.media_gradi(conto)
        return "" if media is None else in_cifre(media, 1)
    if domanda.tipo == NUMERO:
        media = numeri.riassumi(conto).media
        return "" if media is None else f"in media {in_cifre(media, 1)} {domanda.unita}".strip()
    if domanda.tipo == GRADUATORIA:
        primo = numeri.classifica(domanda, conto)[0]
        return f"al primo posto {domanda.etichette[primo.codice]}"
    scelte = numeri.scelte(domanda, conto)
    massimo = max(scelte.values())
    prime = [domanda.etichette.get(codice, "altro") for codice, quanti in scelte.items() if quanti == massimo]
    return f"{elenca(prime, 3)} ({massimo} su {conto.total()})"
