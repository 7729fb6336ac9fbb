"""What writes objectives and findings."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, StatoCambiato
from accordo.enti.agente import Agente
from accordo.enti.models import Ambito
from accordo.iter.models import Accordo, Evento
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from accordo.rilievi.models import Fonte, GenereFonte, Obiettivo, Rilievo
from accordo.rilievi.obiettivi import OBIETTIVI
from accordo.rilievi.servizi.comuni import richiedi_coordinatore
from accordo.rilievi.stati import VIVI


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
    richiedi_coordinatore(accordo, da)
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
    vista: int | None = None,
    da: Agente,
) -> bool:
    """Reword a finding; what it said before stays in the registro. Return whether anything changed.

    `vista` is the revision that the writer saw: StatoCambiato if somebody else has touched the finding meanwhile.
    """
    richiedi_coordinatore(rilievo.accordo, da)
    with transaction.atomic():
        blocca_accordo(rilievo.accordo_id)
        fresco = Rilievo.objects.select_related("accordo").get(pk=rilievo.pk)
        if fresco.stato not in VIVI:
            raise ErroreDominio(
                f"Questo rilievo è «{fresco.stato_in_parole.lower()}»: riportalo fra quelli proposti per cambiarlo."
            )
        if vista is not None and vista != fresco.revisione:
            raise StatoCambiato(
                "Nel frattempo qualcun altro ha cambiato questo rilievo: guarda com'è ora, poi salva di nuovo."
            )
        scelti = _obiettivi(fresco.accordo, obiettivi)
        prima = _com_e(fresco)
        fresco.ambito, fresco.tipo = ambito, tipo
        fresco.testo, fresco.dettagli = testo.strip(), dettagli.strip()
        fresco.obiettivi.set(scelti)
        dopo = _com_e(fresco)
        if prima == dopo:
            return False
        if ambito.pk != prima["ambito"] or tipo != prima["tipo"]:
            _richiedi_solo(fresco)
        fresco.revisione += 1
        fresco.save(update_fields=["ambito", "tipo", "testo", "dettagli", "revisione"])
        registra(
            rilievo.accordo,
            da=da,
            verbo="riformula_rilievo",
            oggetto=fresco,
            dati={"prima": prima, "dopo": dopo},
        )
    rilievo._copia_da(fresco)
    return True


def _com_e(rilievo: Rilievo) -> dict[str, Any]:
    """Return what a finding says, to be kept beside what it says next."""
    return {
        "ambito": rilievo.ambito_id,
        "tipo": rilievo.tipo,
        "testo": rilievo.testo,
        "dettagli": rilievo.dettagli,
        "obiettivi": sorted(rilievo.obiettivi.values_list("codice", flat=True)),
    }


def _richiedi_solo(rilievo: Rilievo) -> None:
    if rilievo.uniti.exists():
        raise ErroreDominio(
            "A questo rilievo ne sono uniti altri dello stesso ambito e tipo: separali prima di cambiarli."
        )


def muovi_rilievo(rilievo: Rilievo, verbo: str, *, da: Agente, motivazione: str = "") -> Evento:
    """Confirm, drop or take back a finding."""
    return esegui(rilievo, verbo, da=da, motivazione=motivazione)


def aggiungi_fonte(rilievo: Rilievo, fonte: DatiFonte, *, da: Agente) -> Fonte:
    """Add evidence to a finding."""
    richiedi_coordinatore(rilievo.accordo, da)
    with transaction.atomic():
        blocca_accordo(rilievo.accordo_id)
        scritta = Fonte.objects.create(
            rilievo=rilievo,
            genere=fonte.genere,
            testo=fonte.testo.strip(),
            riferimento=fonte.riferimento,
        )
        registra(
            rilievo.accordo,
            da=da,
            verbo="aggiungi_fonte",
            oggetto=rilievo,
            dati={"fonte": str(scritta)},
        )
    return scritta


def ritira_fonte(fonte: Fonte, *, da: Agente, motivazione: str) -> None:
    """Take back evidence that does not bear the finding out. It stays written, with the reason."""
    rilievo = fonte.rilievo
    richiedi_coordinatore(rilievo.accordo, da)
    if not motivazione.strip():
        raise ErroreDominio("Serve una motivazione scritta: resta nel registro.")
    with transaction.atomic():
        blocca_accordo(rilievo.accordo_id)
        ritirate = Fonte.objects.valide().filter(pk=fonte.pk).update(ritirata_il=orologio.adesso())
        if ritirate:
            registra(
                rilievo.accordo,
                da=da,
                verbo="ritira_fonte",
                oggetto=rilievo,
                motivazione=motivazione.strip(),
                dati={"fonte": str(fonte)},
            )


def _obiettivi(accordo: Accordo, scelti: Iterable[Obiettivo | str]) -> list[Obiettivo]:
    assicura_obiettivi(accordo)
    codici = {o.codice if isinstance(o, Obiettivo) else o for o in scelti}
    trovati = list(Obiettivo.objects.filter(accordo=accordo, codice__in=codici))
    if not codici or len(trovati) != len(codici):
        raise ErroreDominio("Indica almeno un obiettivo dell'accordo, fra quelli elencati.")
    return trovati
