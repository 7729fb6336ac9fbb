"""A published text on which the tests propose and decide."""

from functools import cache

from bozze.models import Emendamento, Osservazione, Subemendamento, Versione
from bozze.redazione import Azione, Proposta, operazioni
from bozze.servizi import emendamenti as servizi
from bozze.servizi import osservazioni as servizi_osservazioni
from bozze.servizi import subemendamenti as servizi_sub
from bozze.testo.albero import Testo, Tipo
from bozze.testo.lettura import leggi
from bozze.testo.operazioni import Posizione, SostituisciParole
from tests.scena import Scena

SORGENTE = """ACCORDO ISTITUZIONALE
per la sicurezza

PREMESSO CHE

a) la sicurezza urbana è un bene comune;
b) ciascuna istituzione vi contribuisce;

le Parti convengono quanto segue

TITOLO I - DISPOSIZIONI GENERALI

Art. 1 - Oggetto

1. Le Parti coordinano i propri interventi.
2. I valori sono aggiornati ogni due anni dalla segreteria tecnica, sentiti i tavoli di area.
3. I risultati attesi riguardano:
   a) la conoscenza comune;
   b) la presenza sul territorio.

Art. 2 - Cabina di regia

1. La cabina si riunisce due volte l'anno.
2. La partecipazione non dà diritto a compensi.

ALLEGATO A - Analisi
Esiti del questionario.
"""


@cache
def albero_base() -> Testo:
    """Return the tree; its identifiers are always the same."""
    return leggi(SORGENTE, "prova").testo


def versione(scena: Scena, *, fase: str = "osservazioni") -> Versione:
    """Publish the text in the scene's accord, take it to `fase` and begin phase 6."""
    albero = albero_base()
    fatta = Versione(accordo=scena.accordo, numero=1, testo=albero.in_dati(), impronta=albero.impronta)
    fatta.save()
    servizi.avvia_osservazioni(scena.accordo, scena.agente(scena.coordinatore))
    scena.porta_a(fase)
    return fatta


def id_di(parole: str) -> str:
    """Return the id of the first disposition that holds these words, or has this heading."""
    return next(d.id for d in albero_base().disposizioni() if parole in d.testo or parole == d.rubrica)


def cambia(parole: str, nuove: str, in_frase: str | None = None):
    """Return the operations that change some words where they stand."""
    nodo = albero_base().indice[id_di(in_frase or parole)].nodo
    return operazioni(
        albero_base(),
        nodo.id,
        Proposta(Azione.MODIFICA, testo=nodo.testo.replace(parole, nuove), rubrica=nodo.rubrica),
    )


def sopprimi(parole: str):
    """Return the operations that delete a disposition."""
    return operazioni(albero_base(), id_di(parole), Proposta(Azione.SOPPRIMI))


def aggiungi(parole: str, nuovo: str, posizione: Posizione = Posizione.DOPO, rubrica: str = ""):
    """Return the operations that add something after (before, inside) a disposition."""
    proposta = Proposta(Azione.AGGIUNGI, posizione=posizione, nuovo=nuovo, rubrica_nuova=rubrica)
    return operazioni(albero_base(), id_di(parole), proposta)


def emendamento(
    scena: Scena, fatte, *, chi: str = "", versione: Versione | None = None, presenta: bool = True
) -> Emendamento:
    """Write an amendment as body A (or "altro": B) and, unless told otherwise, present it."""
    suffisso = f"_{chi}" if chi else ""
    quale = versione or Versione.objects.get(accordo=scena.accordo, numero=1)
    fatto = servizi.crea_emendamento(
        quale, fatte, "Perché serve.", da=scena.agente(scena.persona(f"referente{suffisso}"))
    )
    if presenta:
        servizi.presenta_emendamento(fatto, da=scena.agente(scena.persona(f"rappresentante{suffisso}")))
    return fatto


ANNO_E_MEZZO = [SostituisciParole("punto-1", "anno", "anno e mezzo", 0)]
"""What a sub-amendment changes in the amendment `cambia("ogni due anni", "ogni anno")`."""


def subemendamento(
    scena: Scena, em: Emendamento, proposte=None, *, chi: str = "altro", presenta: bool = True
) -> Subemendamento:
    """Write a sub-amendment as body B (or "": A) and, unless told otherwise, present it."""
    suffisso = f"_{chi}" if chi else ""
    fatto = servizi_sub.crea_subemendamento(
        em,
        proposte or ANNO_E_MEZZO,
        "Un anno è poco.",
        da=scena.agente(scena.persona(f"referente{suffisso}")),
    )
    if presenta:
        servizi_sub.presenta_subemendamento(
            fatto, da=scena.agente(scena.persona(f"rappresentante{suffisso}"))
        )
    return fatto


def osservazione(scena: Scena, parole: str, *, chi: str = "", presenta: bool = True) -> Osservazione:
    """Write a remark as body A (or "altro": B) and, unless told otherwise, present it."""
    suffisso = f"_{chi}" if chi else ""
    quale = Versione.objects.get(accordo=scena.accordo, numero=1)
    fatta = servizi_osservazioni.crea_osservazione(
        quale, id_di(parole), "Non è chiaro.", parole, da=scena.agente(scena.persona(f"referente{suffisso}"))
    )
    if presenta:
        servizi_osservazioni.presenta_osservazione(
            fatta, da=scena.agente(scena.persona(f"rappresentante{suffisso}"))
        )
    return fatta


def tipo_di(id: str) -> Tipo:
    """Return the kind of a disposition."""
    return albero_base().indice[id].nodo.tipo
