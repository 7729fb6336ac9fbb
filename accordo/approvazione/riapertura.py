"""After the text of phase 8 has been opened again: what happened, what comes next, and the one thing to press.

A text out for approval is opened again by going back: to phase 7, or down to the draft (phase 5), where alone its
words can change. Until a new final text is frozen, the old approvals are history and nothing is asked of the bodies.
"""

from django.urls import reverse

from accordo.approvazione import interrogazioni
from accordo.approvazione.models import DocumentoFinale
from accordo.enti.agente import Agente
from accordo.iter import fasi
from accordo.iter.models import Accordo, Evento
from accordo.iter.permessi import coordina
from accordo.iter.procedura import Riapertura, processo
from accordo.iter.vita_accordo import TORNA_INDIETRO
from bozze.interrogazioni.testo import da_pubblicare, testo_in_lavoro
from bozze.models import Versione

FASE, BOZZA, OSSERVAZIONI, ESAME = "approvazione", "bozza", "osservazioni", "proposta_definitiva"
SI_RIAPRE_DA = (OSSERVAZIONI, ESAME, FASE)
"""The phases from which one goes down to the draft in one step."""

_PER_GLI_ENTI = (
    "Per ora non devi fare nulla: l'atto e la firma già dati restano qui come storia. Quando il nuovo testo definitivo "
    "è pronto ricevi un avviso e si approva quello."
)
_COME_PRIMA = "Se invece il testo resta parola per parola com'è, gli atti e le firme già dati valgono."

Passo = tuple[str, str, str]
"""The sentence, the button's words, its address."""


def riapertura(accordo: Accordo, agente: Agente) -> Riapertura | None:
    """Return what to say while the text is open again; None before the first text was frozen, and in phase 8."""
    if fasi.fase_raggiunta(accordo, FASE):
        return None
    documento = interrogazioni.documento_attuale(accordo)
    evento = (
        Evento.objects.filter(accordo=accordo, verbo=TORNA_INDIETRO, stato_da=FASE)
        .order_by("-numero")
        .first()
        if documento
        else None
    )
    if documento is None or evento is None:
        return None
    if not coordina(agente, accordo):
        return Riapertura(evento.quando, evento.motivazione, _PER_GLI_ENTI)
    prossimo, azione, url = _passo(accordo, documento)
    return Riapertura(evento.quando, evento.motivazione, prossimo, azione, url, _altro(accordo, documento))


def _nuova(accordo: Accordo, documento: DocumentoFinale) -> Versione | None:
    """The newest version published after the one that was out for approval, if any."""
    dopo = Versione.objects.filter(accordo=accordo, numero__gt=documento.versione.numero)
    return dopo.defer("testo").order_by("-numero").first()


def _passo(accordo: Accordo, documento: DocumentoFinale) -> Passo:
    nuova, avanza = _nuova(accordo, documento), reverse("iter:avanza", args=[accordo.slug])
    if accordo.fase == BOZZA:
        return _in_bozza(accordo, nuova, avanza)
    if accordo.fase in SI_RIAPRE_DA and nuova is None:
        return (
            "Il testo si cambia solo nella bozza (fase 5). Riaprila: poi lo correggi, lo pubblichi e lo riporti "
            "all'approvazione.",
            "Riapri la bozza",
            reverse("approvazione:riapri", args=[accordo.slug]),
        )
    if accordo.fase == OSSERVAZIONI:
        return (
            "La bozza corretta è pubblicata: gli enti possono fare osservazioni ed emendamenti fino al termine. Poi si "
            "passa alla proposta definitiva (fase 7).",
            "Segui le proposte degli enti",
            reverse("bozze:emendamenti", args=[accordo.slug]),
        )
    if accordo.fase == ESAME and nuova is not None and nuova.definitiva:
        return (
            "Il nuovo testo definitivo è pubblicato. Torna all'approvazione: a ogni ente si chiede un nuovo atto.",
            "Torna all'approvazione",
            avanza,
        )
    if accordo.fase == ESAME:
        return (
            "La bozza corretta è pubblicata: decidi sulle proposte degli enti, se ce ne sono, e pubblica la proposta "
            "definitiva. Poi si torna all'approvazione.",
            "Vai alla proposta definitiva",
            reverse("bozze:esame", args=[accordo.slug]),
        )
    fase = accordo.fase_corrente
    return (
        "Sei tornato prima della bozza. Porta a termine questa fase, poi correggi il testo nella bozza (fase 5).",
        f"Vai a: {processo().nome(accordo.fase)}",
        reverse(fase.pagina if fase else "cruscotto:cruscotto", args=[accordo.slug]),
    )


def _in_bozza(accordo: Accordo, nuova: Versione | None, avanza: str) -> Passo:
    lavoro = testo_in_lavoro(accordo)
    if lavoro is not None and da_pubblicare(accordo, lavoro.testo):
        return (
            "Hai cambiato il testo. Quando è pronto pubblicalo: gli enti leggono la bozza corretta, con le differenze.",
            "Pubblica la bozza",
            reverse("bozze:pubblica", args=[accordo.slug]),
        )
    if nuova is not None:
        return (
            "La bozza corretta è pubblicata. Passa alla fase 6: gli enti possono fare osservazioni ed emendamenti.",
            "Passa alla fase 6",
            avanza,
        )
    return (
        "Correggi il testo e pubblica la bozza. Poi, come la prima volta: osservazioni degli enti (fase 6), proposta "
        "definitiva (fase 7), approvazione e firme (fase 8).",
        "Correggi il testo",
        reverse("bozze:redazione", args=[accordo.slug]),
    )


def _altro(accordo: Accordo, documento: DocumentoFinale) -> tuple[Passo, ...]:
    altro = []
    if accordo.fase == ESAME and _nuova(accordo, documento) is None:
        altro.append((_COME_PRIMA, "Torna all'approvazione", reverse("iter:avanza", args=[accordo.slug])))
    if fasi.scaduta(accordo, accordo.fase):
        testo = "La scadenza di questa fase è passata."
        altro.append((testo, "Sposta la scadenza", reverse("iter:proroga", args=[accordo.slug])))
    return tuple(altro)
