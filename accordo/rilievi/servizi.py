"""What writes objectives and findings."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.enti.models import Ambito
from accordo.iter import permessi
from accordo.iter.models import Accordo, Evento
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from accordo.rilievi.models import Fonte, GenereFonte, Obiettivo, Rilievo
from accordo.rilievi.obiettivi import OBIETTIVI
from accordo.rilievi.stati import StatoRilievo


@dataclass(frozen=True, slots=True)
class DatiFonte:
    """Evidence to be written with a finding."""

    genere: GenereFonte
    testo: str
    riferimento: str = ""


def assicura_obiettivi(accordo: Accordo) -> None:
    """Give the accord the objectives of the source document, if it has none yet."""
    if Obiettivo.objects.filter(accordo=accordo).exists():
        return
    ordine = 0
    with transaction.atomic():
        for codice, testo, sotto in OBIETTIVI:
            ordine += 1
            padre = Obiettivo.objects.create(accordo=accordo, codice=codice, testo=testo, ordine=ordine)
            figli = []
            for numero, frase in enumerate(sotto, start=1):
                ordine += 1
                figli.append(
                    Obiettivo(
                        accordo=accordo,
                        codice=f"{codice}.{numero}",
                        testo=frase,
                        genitore=padre,
                        ordine=ordine,
                    )
                )
            Obiettivo.objects.bulk_create(figli)


def crea_rilievo(
    accordo: Accordo,
    *,
    ambito: Ambito,
    tipo: str,
    testo: str,
    obiettivi: Iterable[Obiettivo | str],
    dettagli: str = "",
    fonti: Iterable[DatiFonte] = (),
    da: Agente,
) -> Rilievo:
    """Write a finding, numbered for good, with its evidence; `obiettivi` are rows or codes ("1", "1.2")."""
    _richiedi_coordinatore(accordo, da)
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        ultimo = Rilievo.objects.filter(accordo=accordo).aggregate(ultimo=Max("numero"))["ultimo"] or 0
        rilievo = Rilievo.objects.create(
            accordo=accordo,
            numero=ultimo + 1,
            ambito=ambito,
            tipo=tipo,
            testo=testo.strip(),
            dettagli=dettagli.strip(),
            creato_da=da.utente,
        )
        rilievo.obiettivi.set(_obiettivi(accordo, obiettivi))
        Fonte.objects.bulk_create(
            [Fonte(rilievo=rilievo, genere=f.genere, testo=f.testo, riferimento=f.riferimento) for f in fonti]
        )
        registra(accordo, da=da, verbo="crea_rilievo", oggetto=rilievo, stato_a=rilievo.stato)
    return rilievo


def modifica_rilievo(
    rilievo: Rilievo,
    *,
    ambito: Ambito,
    tipo: str,
    testo: str,
    obiettivi: Iterable[Obiettivo | str],
    dettagli: str = "",
    da: Agente,
) -> None:
    """Reword a finding; what it said before stays in the registro."""
    _richiedi_coordinatore(rilievo.accordo, da)
    with transaction.atomic():
        blocca_accordo(rilievo.accordo_id)
        fresco = Rilievo.objects.get(pk=rilievo.pk)
        if fresco.stato == StatoRilievo.SCARTATO:
            raise ErroreDominio(
                "Questo rilievo è stato scartato: riportalo fra quelli proposti per cambiarlo."
            )
        prima = {
            "ambito": fresco.ambito_id,
            "tipo": fresco.tipo,
            "testo": fresco.testo,
            "dettagli": fresco.dettagli,
        }
        fresco.ambito, fresco.tipo = ambito, tipo
        fresco.testo, fresco.dettagli = testo.strip(), dettagli.strip()
        fresco.save(update_fields=["ambito", "tipo", "testo", "dettagli"])
        fresco.obiettivi.set(_obiettivi(fresco.accordo, obiettivi))
        registra(rilievo.accordo, da=da, verbo="riformula_rilievo", oggetto=fresco, dati={"prima": prima})


def muovi_rilievo(rilievo: Rilievo, verbo: str, *, da: Agente, motivazione: str = "") -> Evento:
    """Confirm, drop or take back a finding."""
    return esegui(rilievo, verbo, da=da, motivazione=motivazione)


def _obiettivi(accordo: Accordo, scelti: Iterable[Obiettivo | str]) -> list[Obiettivo]:
    assicura_obiettivi(accordo)
    codici = {o.codice if isinstance(o, Obiettivo) else o for o in scelti}
    trovati = list(Obiettivo.objects.filter(accordo=accordo, codice__in=codici))
    if not codici or len(trovati) != len(codici):
        raise ErroreDominio("Indica almeno un obiettivo dell'accordo, fra quelli elencati.")
    return trovati


def _richiedi_coordinatore(accordo: Accordo, da: Agente) -> None:
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("I rilievi li scrive chi coordina l'accordo.")
