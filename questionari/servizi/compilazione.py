"""From the office to the mayor to the province: validation, sending, reopening."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accordo.base import orologio
from accordo.base.canonico import impronta, json_canonico
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti import servizi as enti
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter import avvisi
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from questionari import interrogazioni, visibilita
from questionari.models import Compilazione, Invio
from questionari.servizi.schede import scrivi_scheda
from questionari.servizi.scrittura import registra_inizio


def rispondo_io(compilazione: Compilazione, *, da: Agente) -> None:
    """A representative of a body without a referente answers by themself: they take that role too."""
    ente = compilazione.ente
    if not (da.ha(Ruolo.RAPPRESENTANTE) and da.agisce_per(ente.pk)):
        raise NonAutorizzato("Risponde da sé chi rappresenta l'ente.")
    with transaction.atomic():
        blocca_accordo(compilazione.accordo.pk)
        if interrogazioni.ha_referente(ente):
            raise ErroreDominio(
                "Il vostro ente ha già un referente: le risposte le scrive chi ha quell'incarico."
            )
        incarico = enti.affida(da.utente, ente, Ruolo.REFERENTE)
        registra(
            compilazione.accordo,
            da=da,
            verbo="affida_incarico",
            oggetto=incarico,
            dati={"ruolo": incarico.get_ruolo_display(), "ente": ente.denominazione},
        )


def invia_da_se(compilazione: Compilazione, *, da: Agente) -> Invio:
    """Who both fills in and represents the body hands over to nobody: validated and sent in one step."""
    with transaction.atomic():
        invia_alla_convalida(compilazione, da=da, avvisa=False)
        return convalida_e_invia(compilazione, da=da)


def invia_alla_convalida(compilazione: Compilazione, *, da: Agente, avvisa: bool = True) -> None:
    """Hand the answers to the representative; ErroreDominio lists what is missing, each with its link."""
    compilazione.dimentica()

    def togli_nota(fresca: Compilazione) -> None:
        fresca.nota = ""

    with transaction.atomic():
        registra_inizio(compilazione)
        esegui(compilazione, "invia_alla_convalida", da=da, applica=togli_nota)
        if not avvisa:
            return
        avvisi.avvisa(
            [compilazione.ente],
            oggetto="Il questionario aspetta la tua convalida",
            testo=f"{compilazione.ente.denominazione}: le risposte al questionario sono complete. "
            "Leggi il riepilogo, poi convalida e invia, oppure rimanda al referente.",
            url=compilazione.get_absolute_url(),
            ruoli=(Ruolo.RAPPRESENTANTE,),
        )


def rimanda(compilazione: Compilazione, *, da: Agente, nota: str) -> None:
    """Give the answers back to the referente, with a note that says why."""

    def annota(fresca: Compilazione) -> None:
        fresca.nota = nota.strip()

    with transaction.atomic():
        esegui(compilazione, "rimanda", da=da, motivazione=nota, applica=annota)
        avvisi.avvisa(
            [compilazione.ente],
            oggetto="Il questionario è tornato da correggere",
            testo=f"{compilazione.ente.denominazione}: chi rappresenta l'ente ha rimandato il questionario.\n\n{nota}",
            url=compilazione.get_absolute_url(),
            ruoli=(Ruolo.REFERENTE,),
        )


def convalida_e_invia(compilazione: Compilazione, *, da: Agente) -> Invio:
    """Freeze the answers and send them: canonical JSON, its SHA-256, a numbered sending that nobody changes."""
    with transaction.atomic():
        blocca_accordo(compilazione.accordo.pk)
        Compilazione.objects.select_for_update().only("pk").get(pk=compilazione.pk)
        compilazione.dimentica()
        invio = congela(compilazione, da)

        def data(fresca: Compilazione) -> None:
            fresca.inviata_il = invio.quando
            fresca.ultima_attivita = invio.quando
            fresca.nota = ""
            fresca.da_rivedere = []

        esegui(
            compilazione,
            "convalida_e_invia",
            da=da,
            dati={"invio": invio.numero, "impronta": invio.impronta},
            applica=data,
        )
        invio.save(force_insert=True)
        scrivi_scheda(invio)
        avvisi.avvisa(
            [compilazione.ente],
            oggetto="Questionario inviato: la ricevuta",
            testo=f"{compilazione.ente.con_articolo} ha inviato il questionario. Impronta SHA-256: {invio.impronta}",
            url=compilazione.get_absolute_url(),
            ruoli=(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE),
        )
    return invio


def riapri(compilazione: Compilazione, *, da: Agente, motivazione: str) -> None:
    """Let a body correct what it sent. The sending stays; the next one has the next number."""

    def annota(fresca: Compilazione) -> None:
        fresca.nota = motivazione.strip()

    with transaction.atomic():
        esegui(compilazione, "riapri", da=da, motivazione=motivazione, applica=annota)
        avvisi.avvisa(
            [compilazione.ente],
            oggetto="Il questionario è stato riaperto",
            testo=f"{compilazione.ente.denominazione}: la segreteria ha riaperto il questionario.\n\n{motivazione}",
            url=compilazione.get_absolute_url(),
            ruoli=(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE),
        )


def congela(
    compilazione: Compilazione,
    da: Agente,
    *,
    firmato_da: str = "",
    in_qualita_di: str = "",
    trascritto: Mapping[str, Any] | None = None,
) -> Invio:
    """Build the sending, without saving it. `trascritto`: how the answers came, if they were typed in for the body."""
    questionario, ente = compilazione.questionario, compilazione.ente
    quando = orologio.adesso()
    numero = compilazione.invii.count() + 1
    canonico = json_canonico(
        {
            "accordo": compilazione.accordo.slug,
            "questionario": {
                "codice": questionario.struttura.codice,
                "versione": questionario.versione,
                "impronta": questionario.impronta,
            },
            "ente": {"codice": ente.codice, "denominazione": ente.denominazione},
            "invio": numero,
            "quando": timezone.localtime(quando).isoformat(timespec="seconds"),
            "da": firmato_da or str(da.utente),
            **({"trascritto": dict(trascritto)} if trascritto else {}),
            "risposte": visibilita.da_inviare(questionario.struttura, ente.tipo, compilazione.valori),
        }
    )
    return Invio(
        compilazione=compilazione,
        numero=numero,
        canonico=canonico.decode(),
        impronta=impronta(canonico),
        quando=quando,
        da=da.utente,
        da_nome=firmato_da or str(da.utente),
        in_qualita_di=in_qualita_di or ente.titolo_rappresentante,
    )
