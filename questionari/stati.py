"""The lives of a questionnaire and of a body's answer to it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models

from accordo.base.errori import Mancanza
from accordo.base.parole import Parola
from accordo.enti.models import Ruolo
from accordo.iter import fasi
from accordo.iter.motore import Transizione, Vita

if TYPE_CHECKING:
    from questionari.models import Compilazione, Questionario

FASE = "questionario"


class StatoQuestionario(models.TextChoices):
    """A questionnaire is fixed once it is open; a corrected version takes its place."""

    BOZZA = "bozza", "Bozza"
    APERTO = "aperto", "Aperto"
    CHIUSO = "chiuso", "Chiuso"
    SUPERATO = "superato", "Sostituito da una versione corretta"
    SCARTATO = "scartato", "Correzione scartata"


class StatoCompilazione(models.TextChoices):
    """How far a body is with its answer."""

    DA_INIZIARE = "da_iniziare", "Da iniziare"
    IN_COMPILAZIONE = "in_compilazione", "In compilazione"
    IN_CONVALIDA = "in_convalida", "In attesa di convalida"
    IN_TRASCRIZIONE = "in_trascrizione", "In trascrizione"
    INVIATA = "inviata", "Inviato"


def fase_aperta(compilazione: "Compilazione") -> Iterable[Mancanza]:
    """The survey is on: the accord is in its phase."""
    if not fasi.in_fase(compilazione.accordo, FASE):
        yield Mancanza("La fase del questionario non è aperta.")


def entro_il_termine(compilazione: "Compilazione") -> Iterable[Mancanza]:
    """The survey is on and its deadline has not passed."""
    yield from fase_aperta(compilazione)
    if fasi.in_fase(compilazione.accordo, FASE) and fasi.scaduta(compilazione.accordo, FASE):
        giorno = fasi.scadenza(compilazione.accordo, FASE)
        yield Mancanza(
            f"Il termine per rispondere è scaduto il {giorno:%d/%m/%Y}: "
            "chiedete una proroga alla segreteria dell'accordo."
        )


def tutte_le_risposte(compilazione: "Compilazione") -> Iterable[Mancanza]:
    """Every question that must be answered is; each that is not, with a link to it."""
    for carenza in compilazione.carenze():
        codice = carenza.domanda.codice
        numero = compilazione.questionario.struttura.numeri[codice]
        yield Mancanza(
            f"{numero} {carenza.domanda.testo} ({carenza.motivo})", compilazione.url_domanda(codice)
        )


def senza_risposte_sue(compilazione: "Compilazione") -> Iterable[Mancanza]:
    """The body has given no answer by itself on the portal: nothing of its own can be covered."""
    if quante := compilazione.risposte_proprie:
        detto = "ha già dato una risposta" if quante == 1 else f"ha già dato {quante} risposte"
        yield Mancanza(
            f"{compilazione.ente.con_articolo} {detto} sul portale: restano sue, e non si possono coprire con "
            "quelle arrivate su carta o per PEC. Chiedi all'ente di completarle e inviarle."
        )


def con_quanto_serve(compilazione: "Compilazione") -> Iterable[Mancanza]:
    """What the paper leaves unanswered does not stop who types it in, who must say so in writing."""
    for carenza in compilazione.carenze():
        numero = compilazione.questionario.struttura.numeri[carenza.domanda.codice]
        yield Mancanza(f"{numero} {carenza.domanda.testo} ({carenza.motivo})", superabile=True)


def arrivate_in_tempo(compilazione: "Compilazione") -> Iterable[Mancanza]:
    """The document arrived within the term; later is let in with a written reason."""
    arrivo, termine = compilazione.trascrizione, fasi.scadenza(compilazione.accordo, FASE)
    if arrivo is not None and termine is not None and arrivo.arrivata_il > termine:
        yield Mancanza(
            f"Il documento è arrivato il {arrivo.arrivata_il:%d/%m/%Y}, dopo il termine del {termine:%d/%m/%Y}.",
            superabile=True,
        )


def trascritte_l_ultima_volta(compilazione: "Compilazione") -> Iterable[Mancanza]:
    """The last sending was typed in: a slip of who typed can be put right by them."""
    ultimo = compilazione.invii.order_by("-numero").first()
    if ultimo is None or ultimo.trascritto is None:
        yield Mancanza("L'ultimo invio l'ha fatto l'ente: lo corregge l'ente, se lo riapri.")


def si_puo_leggere(questionario: "Questionario") -> Iterable[Mancanza]:
    """Nothing in it is wrong; each thing that is, with a link to it."""
    for controllo in questionario.errori():
        dove = f"{controllo.numero}: " if controllo.numero else ""
        yield Mancanza(f"{dove}{controllo.testo}", questionario.url_modifica(controllo))


def e_il_primo(questionario: "Questionario") -> Iterable[Mancanza]:
    """No other version is in force: a correction is opened with its reason instead."""
    if questionario.altro_in_vigore():
        yield Mancanza(
            "Un questionario è già aperto: questa è una correzione, e si apre con la sua motivazione."
        )


def e_una_correzione(questionario: "Questionario") -> Iterable[Mancanza]:
    """The survey is on, and there is a version that this one corrects."""
    if questionario.versione == 1:
        yield Mancanza("Non c'è una versione precedente da correggere.")
    if not fasi.in_fase(questionario.accordo, FASE):
        yield Mancanza("Il questionario si corregge solo durante la sua fase.")


def corregge_un_altro(questionario: "Questionario") -> Iterable[Mancanza]:
    """Another version is in force: without this one the bodies still have a questionnaire."""
    if not questionario.altro_in_vigore():
        yield Mancanza("Non è una correzione: questo è l'unico questionario dell'accordo.")


VITA_QUESTIONARIO = Vita(
    nome="Questionario",
    stati=StatoQuestionario,
    parole={
        StatoQuestionario.BOZZA: Parola.DA_FARE,
        StatoQuestionario.APERTO: Parola.IN_CORSO,
        StatoQuestionario.CHIUSO: Parola.FATTO,
        StatoQuestionario.SUPERATO: Parola.FATTO,
        StatoQuestionario.SCARTATO: Parola.FATTO,
    },
    transizioni=(
        Transizione(
            da=(StatoQuestionario.BOZZA, StatoQuestionario.CHIUSO),
            a=StatoQuestionario.APERTO,
            verbo="apri",
            etichetta="Apri il questionario",
            ruoli=(Ruolo.COORDINATORE,),
            requisiti=(si_puo_leggere, e_il_primo),
        ),
        Transizione(
            da=(StatoQuestionario.BOZZA,),
            a=StatoQuestionario.APERTO,
            verbo="apri_correzione",
            etichetta="Apri la versione corretta",
            ruoli=(Ruolo.COORDINATORE,),
            requisiti=(si_puo_leggere, e_una_correzione),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=(StatoQuestionario.BOZZA,),
            a=StatoQuestionario.SCARTATO,
            verbo="scarta_correzione",
            etichetta="Scarta la correzione",
            ruoli=(Ruolo.COORDINATORE,),
            requisiti=(corregge_un_altro,),
        ),
        Transizione(
            da=(StatoQuestionario.APERTO, StatoQuestionario.CHIUSO),
            a=StatoQuestionario.SUPERATO,
            verbo="supera",
            etichetta="Sostituisci con la versione corretta",
            ruoli=(Ruolo.COORDINATORE,),
        ),
        Transizione(
            da=(StatoQuestionario.APERTO,),
            a=StatoQuestionario.CHIUSO,
            verbo="chiudi",
            etichetta="Chiudi il questionario",
            ruoli=(Ruolo.COORDINATORE,),
        ),
    ),
)

VITA_COMPILAZIONE = Vita(
    nome="Risposta di un ente al questionario",
    stati=StatoCompilazione,
    parole={
        StatoCompilazione.DA_INIZIARE: Parola.DA_FARE,
        StatoCompilazione.IN_COMPILAZIONE: Parola.IN_CORSO,
        StatoCompilazione.IN_CONVALIDA: Parola.IN_CORSO,
        StatoCompilazione.IN_TRASCRIZIONE: Parola.IN_CORSO,
        StatoCompilazione.INVIATA: Parola.FATTO,
    },
    transizioni=(
        Transizione(
            da=(StatoCompilazione.DA_INIZIARE,),
            a=StatoCompilazione.IN_COMPILAZIONE,
            verbo="inizia",
            etichetta="Inizia a compilare",
            ruoli=(Ruolo.REFERENTE,),
            requisiti=(entro_il_termine,),
        ),
        Transizione(
            da=(StatoCompilazione.IN_COMPILAZIONE,),
            a=StatoCompilazione.IN_CONVALIDA,
            verbo="invia_alla_convalida",
            etichetta="Invia alla convalida",
            ruoli=(Ruolo.REFERENTE,),
            requisiti=(entro_il_termine, tutte_le_risposte),
        ),
        Transizione(
            da=(StatoCompilazione.IN_CONVALIDA,),
            a=StatoCompilazione.IN_COMPILAZIONE,
            verbo="rimanda",
            etichetta="Rimanda al referente",
            ruoli=(Ruolo.RAPPRESENTANTE,),
            requisiti=(fase_aperta,),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=(StatoCompilazione.IN_CONVALIDA,),
            a=StatoCompilazione.INVIATA,
            verbo="convalida_e_invia",
            etichetta="Convalida e invia",
            ruoli=(Ruolo.RAPPRESENTANTE,),
            requisiti=(entro_il_termine, tutte_le_risposte),
        ),
        Transizione(
            da=(StatoCompilazione.INVIATA,),
            a=StatoCompilazione.IN_COMPILAZIONE,
            verbo="riapri",
            etichetta="Riapri il questionario",
            ruoli=(Ruolo.COORDINATORE,),
            requisiti=(fase_aperta,),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=(StatoCompilazione.INVIATA, StatoCompilazione.IN_CONVALIDA),
            a=StatoCompilazione.IN_COMPILAZIONE,
            verbo="chiedi_le_nuove",
            etichetta="Chiedi le risposte nuove",
            ruoli=(Ruolo.COORDINATORE,),
            requisiti=(fase_aperta,),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=(StatoCompilazione.DA_INIZIARE, StatoCompilazione.IN_COMPILAZIONE),
            a=StatoCompilazione.IN_TRASCRIZIONE,
            verbo="comincia_trascrizione",
            etichetta="Registra le risposte arrivate su carta o per PEC",
            ruoli=(Ruolo.COORDINATORE,),
            requisiti=(fase_aperta, senza_risposte_sue),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=(StatoCompilazione.INVIATA,),
            a=StatoCompilazione.IN_TRASCRIZIONE,
            verbo="correggi_trascrizione",
            etichetta="Correggi la trascrizione",
            ruoli=(Ruolo.COORDINATORE,),
            requisiti=(fase_aperta, trascritte_l_ultima_volta, senza_risposte_sue),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=(StatoCompilazione.IN_TRASCRIZIONE,),
            a=StatoCompilazione.INVIATA,
            verbo="invia_trascrizione",
            etichetta="Registra l'invio per conto dell'ente",
            ruoli=(Ruolo.COORDINATORE,),
            requisiti=(fase_aperta, arrivate_in_tempo, con_quanto_serve),
        ),
        Transizione(
            da=(StatoCompilazione.IN_TRASCRIZIONE,),
            a=StatoCompilazione.IN_COMPILAZIONE,
            verbo="lascia_trascrizione",
            etichetta="Lascia la trascrizione",
            ruoli=(Ruolo.COORDINATORE,),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=(StatoCompilazione.IN_TRASCRIZIONE,),
            a=StatoCompilazione.IN_COMPILAZIONE,
            verbo="riprende_compilazione",
            etichetta="Rispondi direttamente sul portale",
            ruoli=(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE),
            requisiti=(fase_aperta,),
        ),
    ),
)
