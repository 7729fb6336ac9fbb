"""One PDF that goes round: whose turn it is, what was handed out, until when.

The turn goes to the body that registered its act first; who lets it expire goes to the end of the queue.
"""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from accordo.approvazione import interrogazioni, interrogazioni_firme
from accordo.approvazione.models import Approvazione, DocumentoFinale, EsitoTurno, Turno
from accordo.base import orologio
from accordo.base.errori import ErroreDominio, Mancanza, NonAutorizzato, StatoCambiato
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter import fasi
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo
from accordo.iter.permessi import coordina
from accordo.iter.registro import registra


def _riaperto(accordo: Accordo) -> bool:
    """Whether the text is being written again: nobody signs meanwhile, and no turn runs out."""
    return not fasi.fase_raggiunta(accordo, "approvazione")


def revisione(turno: Turno) -> bytes:
    """Return the bytes of the PDF that was handed out for a turn."""
    file = turno.firma_precedente.file if turno.firma_precedente else turno.documento.pdf
    with file.open("rb") as aperto:
        contenuto: bytes = aperto.read()
    return contenuto


def turno_di_chi_firma(approvazione: Approvazione) -> Turno | None:
    """Return the body's open turn; None where bodies sign in parallel. ErroreDominio if it is somebody else's turn."""
    if not interrogazioni_firme.a_turno(approvazione.accordo):
        return None
    turno = interrogazioni_firme.turno_aperto(approvazione.documento)
    if turno is None or turno.approvazione_id != approvazione.pk:
        di_chi = f" Ora è il turno di: {turno.approvazione.ente.denominazione}." if turno else ""
        raise ErroreDominio(
            f"Questo accordo si firma su un solo PDF, a turno, e non è il turno del tuo ente.{di_chi}"
        )
    if turno.scaduto:
        raise ErroreDominio(
            f"Il turno del tuo ente è scaduto il {turno.scade_il:%d/%m/%Y}. Chiedi una proroga a chi coordina, oppure "
            "aspetta il prossimo turno."
        )
    return turno


def ancora_suo(turno: Turno | None) -> None:
    """Refuse, inside the transaction, if the turn was closed in the meantime."""
    if turno is not None and not Turno.objects.filter(pk=turno.pk, chiuso_il__isnull=True).exists():
        raise StatoCambiato(
            "Nel frattempo il turno è passato a un altro ente: scarica di nuovo il file quando tocca a te."
        )


def chiudi_firmato(turno: Turno | None) -> None:
    """Close a turn that ended as it should."""
    if turno is not None:
        _chiudi(turno, EsitoTurno.FIRMATO)


def _chiudi(turno: Turno, esito: EsitoTurno) -> None:
    Turno.objects.filter(pk=turno.pk).update(chiuso_il=orologio.adesso(), esito=esito)


def apri_prossimo(documento: DocumentoFinale) -> Turno | None:
    """Hand the PDF to the next body that can sign, if it is nobody's turn; None if there is none, or no turns at all."""
    accordo = documento.accordo
    if not interrogazioni_firme.a_turno(accordo):
        return None
    with transaction.atomic():
        if _riaperto(blocca_accordo(accordo.pk)) or interrogazioni_firme.turno_aperto(documento) is not None:
            return None
        coda = interrogazioni_firme.coda(documento)
        if not coda:
            return None
        approvazione, ultima = coda[0], interrogazioni_firme.ultima_revisione(documento)
        turno = Turno.objects.create(
            documento=documento,
            approvazione=approvazione,
            firma_precedente=ultima,
            revisione_sha256=ultima.sha256 if ultima else documento.sha256,
            iniziato_il=orologio.adesso(),
            scade_il=orologio.oggi() + timedelta(days=interrogazioni_firme.regola(accordo).giorni_turno),
        )
        registra(
            accordo,
            da=None,
            verbo="consegna_turno",
            oggetto=approvazione,
            dati={"revisione_sha256": turno.revisione_sha256, "scade_il": turno.scade_il.isoformat()},
        )
        avvisa(
            [approvazione.ente_id],
            oggetto=f"Tocca al tuo ente firmare: {accordo.titolo}",
            testo="Il PDF da firmare è del tuo ente. Scaricalo dal portale, firmalo con il tuo strumento di firma e caricalo "
            f"entro il {turno.scade_il:%d/%m/%Y}: dopo, il turno passa a un altro ente.",
            url=approvazione.get_absolute_url(),
            ruoli=(Ruolo.RAPPRESENTANTE,),
        )
    return turno


def aggiorna_turno(documento: DocumentoFinale) -> bool:
    """Let an expired turn pass to the next body (who let it expire goes to the end); say whether it did."""
    with transaction.atomic():
        riaperto = _riaperto(blocca_accordo(documento.accordo_id))
        turno = interrogazioni_firme.turno_aperto(documento)
        if riaperto or turno is None or not turno.scaduto:
            return False
        _chiudi(turno, EsitoTurno.SCADUTO)
        registra(
            documento.accordo,
            da=None,
            verbo="turno_scaduto",
            oggetto=turno.approvazione,
            dati={"scadeva_il": turno.scade_il.isoformat()},
        )
        _annuncia_scaduto(turno, apri_prossimo(documento))
    return True


def passa_turni_scaduti() -> list[str]:
    """Let every expired turn of the installation pass on; return who lost theirs. For the command of every day.

    Only of texts in force: who held the PDF of a text that was reopened since has nothing left to sign.
    """
    passati = []
    aperti = Turno.objects.filter(chiuso_il__isnull=True, scade_il__lt=orologio.oggi())
    for turno in aperti.select_related("documento__accordo", "approvazione__ente").order_by("pk"):
        attuale = interrogazioni.documento_attuale(turno.documento.accordo)
        if attuale is not None and attuale.pk == turno.documento_id and aggiorna_turno(turno.documento):
            passati.append(f"{turno.documento.accordo.slug}: {turno.approvazione.ente.nome_breve}")
    return passati


def _annuncia_scaduto(turno: Turno, nuovo: Turno | None) -> None:
    """Tell who lost the turn, and who leads the accord. Who gets it is told when it opens."""
    accordo, ente = turno.documento.accordo, turno.approvazione.ente
    altri = nuovo is not None and nuovo.approvazione_id != turno.approvazione_id
    if altri:
        avvisa(
            [ente.pk],
            oggetto=f"Il turno di firma è passato: {accordo.titolo}",
            testo=f"Il turno del tuo ente è scaduto il {turno.scade_il:%d/%m/%Y} senza la firma. Il PDF è passato a un altro "
            "ente: quello che hai scaricato non vale più. Quando il turno torna a te ricevi un nuovo avviso.",
            url=turno.approvazione.get_absolute_url(),
            ruoli=(Ruolo.RAPPRESENTANTE,),
        )
    seguito = (
        f"Ora firma: {nuovo.approvazione.ente.denominazione}, entro il {nuovo.scade_il:%d/%m/%Y}."
        if nuovo is not None and altri
        else "Nessun altro ente è pronto a firmare: l'ente ha un nuovo turno."
    )
    avvisa(
        [accordo.promotore_id],
        oggetto=f"Turno di firma scaduto: {ente.nome_breve}",
        testo=f"{ente.con_articolo} non ha firmato entro il {turno.scade_il:%d/%m/%Y}. {seguito}",
        url=reverse("approvazione:quadro", args=[accordo.slug]),
        ruoli=(Ruolo.COORDINATORE,),
    )


def passa_turno(documento: DocumentoFinale, *, motivazione: str, da: Agente) -> None:
    """Take the turn from a body and hand it to the next one, with a reason."""
    with transaction.atomic():
        turno = _in_mano(documento, motivazione, da)
        if not [altra for altra in interrogazioni_firme.coda(documento) if altra.pk != turno.approvazione_id]:
            raise ErroreDominio(
                "Nessun altro ente è pronto a firmare: il turno resta dov'è. Puoi prolungarlo."
            )
        _chiudi(turno, EsitoTurno.PASSATO)
        registra(
            documento.accordo,
            da=da,
            verbo="passa_turno",
            oggetto=turno.approvazione,
            motivazione=motivazione.strip(),
        )
        apri_prossimo(documento)


def prolunga_turno(documento: DocumentoFinale, *, fino_al: date, motivazione: str, da: Agente) -> None:
    """Give the body that holds the turn more days, with a reason."""
    with transaction.atomic():
        turno = _in_mano(documento, motivazione, da)
        if fino_al <= turno.scade_il or fino_al < orologio.oggi():
            raise ErroreDominio(
                f"Il nuovo giorno deve venire dopo il {turno.scade_il:%d/%m/%Y} e non essere passato."
            )
        Turno.objects.filter(pk=turno.pk).update(scade_il=fino_al)
        registra(
            documento.accordo,
            da=da,
            verbo="prolunga_turno",
            oggetto=turno.approvazione,
            motivazione=motivazione.strip(),
            dati={"da": turno.scade_il.isoformat(), "a": fino_al.isoformat()},
        )
        avvisa(
            [turno.approvazione.ente_id],
            oggetto=f"Più tempo per firmare: {documento.accordo.titolo}",
            testo=f"Il turno di firma del tuo ente arriva ora al {fino_al:%d/%m/%Y}. {motivazione.strip()}",
            url=turno.approvazione.get_absolute_url(),
            ruoli=(Ruolo.RAPPRESENTANTE,),
        )


def _in_mano(documento: DocumentoFinale, motivazione: str, da: Agente) -> Turno:
    if not coordina(da, documento.accordo):
        raise NonAutorizzato("I turni di firma li governa chi coordina l'accordo.")
    if not motivazione.strip():
        raise ErroreDominio("Serve una motivazione scritta: resta nel registro.")
    riaperto = _riaperto(blocca_accordo(documento.accordo_id))
    turno = interrogazioni_firme.turno_aperto(documento)
    if riaperto or turno is None:
        quadro = reverse("approvazione:quadro", args=[documento.accordo.slug])
        raise ErroreDominio(
            "Nessun ente ha il turno in questo momento.", [Mancanza("Guarda il quadro.", quadro)]
        )
    return turno
