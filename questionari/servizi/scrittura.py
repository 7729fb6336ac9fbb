"""The door to a body's answer for whoever writes: one row locked, the person and the deadline checked, then the fields."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.shortcuts import get_object_or_404

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo, Utente
from accordo.iter import fasi
from accordo.iter.models import Evento
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from questionari import interrogazioni, valori
from questionari.definizione import Domanda, Valore
from questionari.models import Affidamento, Compilazione, Risposta, VersioneRisposta
from questionari.stati import FASE, StatoCompilazione


@dataclass(frozen=True, slots=True)
class Conflitto:
    """Two answers to one question: the one stored meanwhile by someone else, and the one just given."""

    domanda: Domanda
    mio: Valore
    loro: Valore
    chi: Utente
    quando: datetime
    revisione: int


@contextmanager
def in_scrittura(agente: Agente, slug: str, sezione: str) -> Iterator[Compilazione]:
    """Lock the answer that this person may write in this section, check state and deadline, and give it.

    One transaction, and the only lock of a save: who writes another field of the same body waits for a few
    milliseconds. Http404 for whom it is not, ErroreDominio when it is too late.
    """
    trovate = interrogazioni.scrivibili_da(agente, sezione).filter(questionario__accordo__slug=slug)
    with transaction.atomic():
        compilazione = get_object_or_404(trovate.select_for_update(of=("self",)))
        compilazione.in_scrittura = True  # type: ignore[misc]  # of this object, not of the class
        richiedi_scrivibile(compilazione)
        if compilazione.stato == StatoCompilazione.DA_INIZIARE:
            comincia(compilazione, agente)
        yield compilazione


def comincia(compilazione: Compilazione, da: Agente) -> None:
    """Begin an answer that nobody has begun; its row is locked, and who writes it was checked.

    Who began and when is written on the answer itself, with the first field: offices that begin at the same moment do
    not wait in line for the accord's row. The registro gets it when the answer is handed on (`registra_inizio`).
    """
    compilazione.stato = StatoCompilazione.IN_COMPILAZIONE
    compilazione.revisione += 1
    compilazione.iniziata_il, compilazione.iniziata_da = orologio.adesso(), da.utente
    Compilazione.objects.filter(pk=compilazione.pk).update(
        stato=compilazione.stato,
        revisione=compilazione.revisione,
        iniziata_il=compilazione.iniziata_il,
        iniziata_da=compilazione.iniziata_da,
    )
    compilazione.per_domanda = {}  # nobody has written a field before


def registra_inizio(compilazione: Compilazione) -> None:
    """Write in the registro who began the answer, if that was with a first field and is not written yet."""
    chi, quando = compilazione.iniziata_da, compilazione.iniziata_il
    if chi is None or quando is None:
        return
    accordo = blocca_accordo(compilazione.accordo.pk)
    scritti = Evento.objects.filter(accordo=accordo, oggetto_tipo=compilazione._meta.label_lower)
    if scritti.filter(oggetto_id=str(compilazione.pk), verbo="inizia").exists():
        return
    registra(
        accordo,
        da=Agente(chi, compilazione.ente),
        verbo="inizia",
        oggetto=compilazione,
        stato_da=StatoCompilazione.DA_INIZIARE,
        stato_a=StatoCompilazione.IN_COMPILAZIONE,
        dati={"iniziata_il": quando.isoformat(timespec="seconds")},
    )


def richiedi_scrivibile(compilazione: Compilazione) -> None:
    """Refuse, with words, outside the phase, after its deadline, and once the answers have been handed on."""
    accordo = compilazione.accordo
    if not fasi.in_fase(accordo, FASE):
        fasi.richiedi_fase(accordo, FASE)
    termine = compilazione.termine
    if termine is not None and orologio.oggi() > termine:
        raise ErroreDominio(
            f"Il termine è scaduto il {termine:%d/%m/%Y}. Puoi chiedere una proroga alla segreteria dell'accordo."
        )
    if not compilazione.si_compila:
        raise StatoCambiato(
            f"Il questionario non si può più modificare: ora è «{compilazione.stato_in_parole}»."
        )


def prepara_scrittura(compilazione: Compilazione, da: Agente, sezione: str = "") -> None:
    """Lock the answer of a body for writing, starting it if need be; refuse, with words, who or what may not.

    Nothing to do for an object that came from `in_scrittura`.
    """
    if compilazione.in_scrittura:
        return
    if not _puo_scrivere(compilazione, da, sezione):
        raise NonAutorizzato("Le risposte le scrive il referente dell'ente, o chi ha la sezione affidata.")
    fasi.richiedi_fase(compilazione.accordo, FASE, entro_scadenza=True)
    compilazione.refresh_from_db(
        fields=["stato", "revisione", "iniziata_il", "iniziata_da"],
        from_queryset=Compilazione.objects.select_for_update(),
    )
    if compilazione.stato == StatoCompilazione.DA_INIZIARE:
        comincia(compilazione, da)
    if not compilazione.si_compila:
        raise StatoCambiato(
            f"Il questionario non si può più modificare: ora è «{compilazione.stato_in_parole}»."
        )
    compilazione.dimentica()


def _puo_scrivere(compilazione: Compilazione, da: Agente, sezione: str) -> bool:
    if da.ha(Ruolo.REFERENTE) and da.agisce_per(compilazione.ente_id):
        return True
    return bool(
        sezione
        and da.affidante
        and da.affidante.pk == compilazione.ente_id
        and Affidamento.objects.in_corso()
        .di(da.utente)
        .filter(compilazione=compilazione, sezione=sezione)
        .exists()
    )


def scrivi(
    compilazione: Compilazione, nuovi: Mapping[str, Valore], revisioni: Mapping[str, int] | None, da: Agente
) -> tuple[list[str], dict[str, Conflitto]]:
    """Write what changed, in a fixed number of queries; the row of the body is locked.

    The answers in memory (`per_domanda`) are brought up to date with what was written.
    """
    per_codice = compilazione.questionario.struttura.per_codice
    attuali = compilazione.per_domanda
    superate = {
        codice: revisioni[codice]
        for codice in nuovi
        if revisioni is not None
        and codice in revisioni
        and codice in attuali
        and revisioni[codice] != attuali[codice].revisione
    }
    basi = _valori_visti(attuali, superate)
    da_creare: list[Risposta] = []
    da_cambiare: list[Risposta] = []
    conflitti: dict[str, Conflitto] = {}
    adesso = orologio.adesso()
    trascritta = compilazione.stato == StatoCompilazione.IN_TRASCRIZIONE
    for codice, nuovo in nuovi.items():
        risposta = attuali.get(codice)
        if risposta is None:
            if nuovo is not None:
                da_creare.append(
                    Risposta(
                        compilazione=compilazione,
                        domanda=codice,
                        valore=nuovo,
                        chi=da.utente,
                        quando=adesso,
                        trascritta=trascritta,
                    )
                )
        elif valori.uguali(risposta.valore, nuovo):
            continue
        elif codice in superate and valori.uguali(basi.get(codice), nuovo):
            continue  # this person did not touch it: the colleague's answer stands
        elif codice in superate:
            conflitti[codice] = Conflitto(
                per_codice[codice], nuovo, risposta.valore, risposta.chi, risposta.quando, risposta.revisione
            )
        else:
            risposta.valore, risposta.chi, risposta.quando = nuovo, da.utente, adesso
            risposta.revisione += 1
            risposta.trascritta = trascritta
            da_cambiare.append(risposta)
    Risposta.objects.bulk_create(da_creare)
    if da_cambiare:
        Risposta.objects.bulk_update(da_cambiare, ["valore", "revisione", "chi", "quando", "trascritta"])
    scritte = [*da_creare, *da_cambiare]
    # The history refuses two different values under one revision: whoever came here without the lock fails, and loses.
    VersioneRisposta.objects.bulk_create(
        VersioneRisposta(
            risposta=r,
            revisione=r.revisione,
            valore=r.valore,
            chi=da.utente,
            quando=adesso,
            trascritta=trascritta,
        )
        for r in scritte
    )
    attuali |= {r.domanda: r for r in da_creare}
    return [r.domanda for r in scritte], conflitti


def _valori_visti(attuali: Mapping[str, Risposta], superate: Mapping[str, int]) -> dict[str, Valore]:
    """What the person had before them: the value of each overtaken answer at the revision that they saw."""
    if not superate:
        return {}
    versioni = VersioneRisposta.objects.filter(
        risposta__in=[attuali[codice].pk for codice in superate], scartata=False
    ).select_related("risposta")
    return {v.risposta.domanda: v.valore for v in versioni if v.revisione == superate.get(v.risposta.domanda)}


def tocca(compilazione: Compilazione) -> None:
    """Note that somebody has worked on it. The page itself does it now and then; a single field need not."""
    compilazione.ultima_attivita = orologio.adesso()
    Compilazione.objects.filter(pk=compilazione.pk).update(ultima_attivita=compilazione.ultima_attivita)
