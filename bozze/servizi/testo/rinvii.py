"""The references in the draft follow the numbers: whoever moves an article does not have to hunt for who speaks of it."""

from accordo.base import orologio
from accordo.enti.agente import Agente
from accordo.iter.registro import registra
from bozze.interrogazioni.testo import leggi_bozza
from bozze.models.testo import Bozza, NodoBozza
from bozze.testo.albero import Testo
from bozze.testo.rinvii import aggiorna


def tieni_rinvii(bozza: Bozza, prima: Testo, *, da: Agente) -> list[NodoBozza]:
    """Write the new numbers into the references of the draft, which said `prima` before its numbers changed.

    To be called in the transaction of the change. Return the dispositions rewritten; each has a new revision, so that
    whoever has one open is told.
    """
    lavoro = leggi_bozza(bozza)
    nuovo, _ = aggiorna(prima, lavoro.testo)
    cambiati: list[NodoBozza] = []
    for nodo in nuovo.disposizioni():
        riga = lavoro.nodi[nodo.id]
        if riga.testo != nodo.testo:
            riga.testo = nodo.testo
            riga.revisione += 1
            riga.modificato_il, riga.modificato_da = orologio.adesso(), da.utente
            cambiati.append(riga)
    if cambiati:
        NodoBozza.objects.bulk_update(cambiati, ["testo", "revisione", "modificato_il", "modificato_da"])
        codici = [str(riga.codice) for riga in cambiati]
        registra(bozza.accordo, da=da, verbo="aggiorna_rinvii", oggetto=bozza, dati={"disposizioni": codici})
    return cambiati
