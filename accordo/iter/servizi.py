"""What writes accords, phases and participations."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models, transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.enti.agente import Agente
from accordo.enti.models import Ente
from accordo.iter import permessi, vita_accordo
from accordo.iter.avvisi import avvisa_tutti
from accordo.iter.models import Accordo, Evento, FaseAccordo, Partecipazione, Veste
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.presentazione import invita_enti, prendi_visione, pubblica_proposta, salva_proposta
from accordo.iter.procedura import processo
from accordo.iter.registro import registra

__all__ = [
    "avanza",
    "crea_accordo",
    "elimina_dimostrativo",
    "invita_enti",
    "prendi_visione",
    "proroga",
    "pubblica_proposta",
    "riapri_fino_a",
    "salva_proposta",
    "torna_indietro",
]


def crea_accordo(
    *,
    slug: str,
    titolo: str,
    promotore: Ente,
    sottoscrittori: Iterable[Ente],
    soggetti_coinvolti: Iterable[Ente] = (),
    sottotitolo: str = "",
    date_previste: Mapping[str, tuple[date, date]] | None = None,
    dimostrativo: bool = False,
    da: Agente | None = None,
) -> Accordo:
    """Create an accord in its first phase, with the bodies invited to it and the planned dates of its phases.

    `date_previste` gives first and last day by the phase's code; the last day is the deadline too. The promoter is a
    signatory that takes part from the start.
    """
    previste = date_previste or {}
    with transaction.atomic():
        accordo = Accordo.objects.create(
            slug=slug,
            titolo=titolo,
            sottotitolo=sottotitolo,
            promotore=promotore,
            fase=processo().fasi[0].codice,
            dimostrativo=dimostrativo,
        )
        FaseAccordo.objects.bulk_create(
            FaseAccordo(
                accordo=accordo,
                codice=fase.codice,
                ordine=ordine,
                inizio_previsto=previste.get(fase.codice, (None, None))[0],
                fine_prevista=previste.get(fase.codice, (None, None))[1],
                scadenza=previste.get(fase.codice, (None, None))[1],
                inizio_effettivo=orologio.oggi() if ordine == 1 else None,
            )
            for ordine, fase in enumerate(processo().fasi, start=1)
        )
        firmano = {ente.pk: ente for ente in [*sottoscrittori, promotore]}
        coinvolti = {ente.pk: ente for ente in soggetti_coinvolti if ente.pk not in firmano}
        Partecipazione.objects.bulk_create(
            [
                Partecipazione(
                    accordo=accordo,
                    ente=ente,
                    veste=Veste.SOTTOSCRITTORE if ente.pk in firmano else Veste.SOGGETTO_COINVOLTO,
                    stato="partecipa" if ente.pk == promotore.pk else "invitato",
                )
                for ente in [*firmano.values(), *coinvolti.values()]
            ]
        )
        registra(
            accordo,
            da=da,
            verbo="crea",
            stato_a=accordo.fase,
            dati={"sottoscrittori": len(firmano), "soggetti_coinvolti": len(coinvolti)},
        )
    return accordo


def avanza(accordo: Accordo, *, da: Agente, motivazione: str = "") -> Evento:
    """Move the accord to its next phase; what is missing must be nothing, or what a written reason may override."""
    ultima = processo().fasi[-1].codice

    def chiudi(fresco: Accordo) -> None:
        if fresco.fase == processo().stato_finale:
            fresco.sottoscritto_il = processo().concluso_il(fresco) or orologio.oggi()

    applica = chiudi if accordo.fase == ultima else None
    evento = esegui(accordo, vita_accordo.AVANZA, da=da, motivazione=motivazione, applica=applica)
    if accordo.fase_corrente is None or not accordo.fase_corrente.avvisa_da_se:
        _annuncia_fase(accordo, "Il percorso è compiuto" if accordo.sottoscritto else "Comincia la fase")
    return evento


def _annuncia_fase(accordo: Accordo, inizio: str) -> None:
    nome = processo().nome(accordo.fase)
    avvisa_tutti(
        accordo,
        oggetto=nome,
        testo=f"{inizio}: {nome}.\nNelle tue attività trovi che cosa ti viene chiesto, ed entro quando.",
        url=f"/accordi/{accordo.slug}/attivita/",
    )


def torna_indietro(accordo: Accordo, *, da: Agente, motivazione: str) -> Evento:
    """Open the phase before again, with a reason. What was done stays, and so does the registro."""
    evento = esegui(accordo, vita_accordo.TORNA_INDIETRO, da=da, motivazione=motivazione)
    _annuncia_fase(accordo, f"Si riapre una fase, perché: {motivazione.strip()}\nFase riaperta")
    return evento


def riapri_fino_a(accordo: Accordo, codice: str, *, da: Agente, motivazione: str) -> Evento:
    """Go back to an earlier phase, one step after the other for one reason: all of them or none. Bodies are told once."""
    proc = processo()
    if proc.posizione(codice) >= proc.posizione(accordo.fase):
        raise StatoCambiato(f"L'accordo è già in: {proc.nome(accordo.fase)}.")
    with transaction.atomic():
        while accordo.fase != codice:
            evento = esegui(accordo, vita_accordo.TORNA_INDIETRO, da=da, motivazione=motivazione)
        _annuncia_fase(accordo, f"Si riapre una fase, perché: {motivazione.strip()}\nFase riaperta")
    return evento


def proroga(accordo: Accordo, codice: str, nuova_scadenza: date, *, da: Agente, motivazione: str) -> Evento:
    """Move a phase's deadline to a later day, with a reason."""
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("La proroga spetta a chi coordina l'accordo.")
    if not motivazione.strip():
        raise ErroreDominio("Serve una motivazione scritta: resta nel registro.")
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        fase = FaseAccordo.objects.get(accordo=accordo, codice=codice)
        if nuova_scadenza < orologio.oggi():
            raise ErroreDominio("La nuova scadenza è già passata: scegli un giorno da oggi in poi.")
        if fase.scadenza is not None and nuova_scadenza <= fase.scadenza:
            raise ErroreDominio(
                f"La nuova scadenza deve venire dopo quella di oggi ({fase.scadenza:%d/%m/%Y})."
            )
        prima = fase.scadenza
        fase.scadenza = nuova_scadenza
        fase.save(update_fields=["scadenza"])
        avvisa_tutti(
            accordo,
            oggetto="nuova scadenza",
            testo=f"Per la fase «{fase}» c'è tempo fino al {nuova_scadenza:%d/%m/%Y}, compreso.\n{motivazione.strip()}",
            url=f"/accordi/{accordo.slug}/attivita/",
        )
        return registra(
            accordo,
            da=da,
            verbo="proroga",
            oggetto=fase,
            motivazione=motivazione.strip(),
            dati={"da": prima.isoformat() if prima else None, "a": nuova_scadenza.isoformat()},
        )


def elimina_dimostrativo(accordo: Accordo) -> int:
    """Delete an accord of invented data and every row that hangs on it; return how many rows.

    The triggers refuse this for any other accord, and refuse to call a real accord a demo afterwards. Foreign keys are
    checked at the end of the transaction, so the order of deletion does not matter.
    """
    if not accordo.dimostrativo:
        raise ErroreDominio("Si elimina solo un accordo dimostrativo.")
    with transaction.atomic():
        trovate: dict[type[models.Model], set[Any]] = {}
        _raccogli(Accordo, {accordo.pk}, trovate)
        quante = 0
        for modello, chiavi in sorted(trovate.items(), key=lambda coppia: coppia[0] is Accordo):
            righe = list(chiavi)
            for inizio in range(0, len(righe), 500):
                gruppo = modello._base_manager.filter(pk__in=righe[inizio : inizio + 500])
                quante += gruppo._raw_delete(using=gruppo.db)
    return quante


def _raccogli(
    modello: type[models.Model], chiavi: set[Any], trovate: dict[type[models.Model], set[Any]]
) -> None:
    """Collect the rows that point, directly or not, at the rows `chiavi` of `modello`."""
    nuove = chiavi - trovate.setdefault(modello, set())
    if not nuove:
        return
    trovate[modello] |= nuove
    for relazione in modello._meta.get_fields(include_hidden=True):
        if not isinstance(relazione, models.ManyToOneRel):
            continue
        figlio = relazione.related_model
        assert not isinstance(figlio, str)
        righe: set[Any] = set()
        elenco = list(nuove)
        for inizio in range(0, len(elenco), 500):
            filtro = {f"{relazione.field.name}__in": elenco[inizio : inizio + 500]}
            righe |= set(figlio._base_manager.filter(**filtro).values_list("pk", flat=True))
        if righe:
            _raccogli(figlio, righe, trovate)
