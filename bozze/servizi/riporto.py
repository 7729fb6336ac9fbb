"""What happens to open amendments and remarks when a new version comes under them.

An amendment whose target is untouched is carried over, and the registro says so. One whose target has changed stays
where it was written and waits for a person: nothing is re-pointed in silence.
"""

from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from accordo.iter.registro import registra
from bozze.interrogazioni.emendamenti import testo_di
from bozze.models import Emendamento, Osservazione, Versione
from bozze.redazione import sezione_di
from bozze.servizi.emendamenti import scrivi_operazioni
from bozze.stati import StatoEmendamento, StatoOsservazione
from bozze.testo.albero import Testo
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import Aggiungi, Operazione, Sposta, controlla_tutte, da_dati


def riporta(accordo: Accordo, versione: Versione, *, da: Agente) -> None:
    """Carry to `versione` what is open on older ones and can be carried. In the caller's transaction."""
    testo = testo_di(versione)
    aperti = Emendamento.objects.filter(
        accordo=accordo, stato__in=(StatoEmendamento.BOZZA, StatoEmendamento.PRESENTATO)
    )
    vecchie = {v.pk: v for v in Versione.objects.filter(accordo=accordo).exclude(pk=versione.pk)}
    for emendamento in aperti.filter(versione__in=vecchie).select_for_update().order_by("pk"):
        prima = vecchie[emendamento.versione_id]
        operazioni = [da_dati(dati) for dati in emendamento.operazioni]
        if intatte(prima.albero, testo, operazioni):
            _riporta_emendamento(emendamento, prima, versione, operazioni, da)
    osservazioni = Osservazione.objects.filter(accordo=accordo, stato=StatoOsservazione.BOZZA)
    for osservazione in osservazioni.filter(versione__in=vecchie).order_by("pk"):
        if osservazione.disposizione_id in testo.indice:
            _riporta_osservazione(osservazione, versione, testo)


def intatte(prima: Testo, dopo: Testo, operazioni: list[Operazione]) -> bool:
    """Whether the operations speak of dispositions that say, and stand, in `dopo` as they did in `prima`."""
    for operazione in operazioni:
        for id in _toccate(operazione):
            if not id:
                continue
            if id not in prima.indice or id not in dopo.indice:
                return False
            solo_il_posto = isinstance(operazione, Aggiungi) and id == operazione.riferimento
            if not solo_il_posto and prima.indice[id].nodo != dopo.indice[id].nodo:
                return False
            genitori = prima.genitore(id), dopo.genitore(id)
            if (genitori[0].id if genitori[0] else "") != (genitori[1].id if genitori[1] else ""):
                return False
    return not controlla_tutte(dopo, operazioni)


def _toccate(operazione: Operazione) -> tuple[str, ...]:
    if isinstance(operazione, Aggiungi):
        return (operazione.riferimento,)
    if isinstance(operazione, Sposta):
        return (operazione.bersaglio, operazione.riferimento)
    return (operazione.bersaglio,)


def _riporta_emendamento(
    emendamento: Emendamento, prima: Versione, versione: Versione, operazioni: list[Operazione], da: Agente
) -> None:
    prefisso = emendamento.prefisso
    scrivi_operazioni(emendamento, testo_di(versione), operazioni)
    if emendamento.numero is not None:
        emendamento.prefisso = prefisso  # the number is for good, whatever the article is called now
    emendamento.versione = versione
    emendamento.revisione += 1
    emendamento.save()
    registra(
        emendamento.accordo,
        da=da,
        verbo="riporta_emendamento",
        oggetto=emendamento,
        stato_da=emendamento.stato,
        stato_a=emendamento.stato,
        dati={"dalla_versione": prima.numero, "alla_versione": versione.numero},
    )


def _riporta_osservazione(osservazione: Osservazione, versione: Versione, testo: Testo) -> None:
    """A draft remark follows its disposition and keeps the words that it was written on."""
    elenco = nomi(testo)
    sezione = sezione_di(testo, elenco, osservazione.disposizione_id)
    osservazione.versione = versione
    osservazione.dove = elenco[osservazione.disposizione_id].esteso[:200]
    osservazione.ordine = testo.indice[osservazione.disposizione_id].ordine
    osservazione.sezione_id, osservazione.sezione_nome = sezione.id, sezione.nome
    osservazione.sezione_ordine = sezione.ordine
    osservazione.revisione += 1
    osservazione.save()
