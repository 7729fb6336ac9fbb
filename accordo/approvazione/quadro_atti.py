"""The table of the acts, one row a body, for every form in which it leaves the portal: PDF, CSV, XLSX, public data.

The columns are stable: whoever reads them by program may count on their names. New ones are added at the end.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from accordo.approvazione import interrogazioni, parti
from accordo.approvazione.models import Approvazione, DocumentoFinale
from accordo.base.foglio import Foglio, xlsx
from accordo.base.pdf import componi
from accordo.iter import fasi
from accordo.iter.models import Accordo


@dataclass(frozen=True, slots=True)
class Colonna:
    """A column: its name in files, its heading for people, its width, what it holds, whether it is public."""

    nome: str
    titolo: str
    larghezza: int
    che_cosa: str
    pubblica: bool = True


COLONNE = (
    Colonna("ente", "Ente", 36, "Denominazione dell'ente"),
    Colonna("codice", "Codice", 22, "Codice dell'ente nel portale"),
    Colonna("ambito", "Ambito", 22, "Territorio o istituzione"),
    Colonna("tipo_ente", "Tipo di ente", 18, "Comune, Provincia, Unione di comuni, Prefettura, Regione"),
    Colonna("partecipa_come", "Partecipa come", 22, "«firmatario» o «adesione successiva»"),
    Colonna("stato", "Stato", 26, "A che punto è l'ente"),
    Colonna("organo", "Organo", 28, "Organo che approva, o che di regola approva"),
    Colonna("tipo_atto", "Tipo di atto", 16, "Deliberazione, decreto, determinazione, nota"),
    Colonna("numero_atto", "Numero", 12, "Numero dell'atto"),
    Colonna("data_atto", "Data dell'atto", 14, "Data dell'atto (AAAA-MM-GG)"),
    Colonna("esecutivo_dal", "Esecutivo dal", 14, "Da quando l'atto ha effetto: dichiarato, o calcolato dalla pubblicazione"),
    Colonna("immediatamente_eseguibile", "Immediatamente eseguibile", 14, "sì o no"),
    Colonna("albo_numero", "Numero di albo", 14, "Numero di pubblicazione all'albo"),
    Colonna("albo_dal", "Albo dal", 14, "Primo giorno di pubblicazione"),
    Colonna("albo_al", "Albo al", 14, "Ultimo giorno di pubblicazione"),
    Colonna("protocollo", "Protocollo", 18, "Protocollo dell'atto", pubblica=False),
    Colonna("arrivato_per_pec", "Arrivato per PEC", 22, "Protocollo e data, se lo ha registrato chi coordina", pubblica=False),
    Colonna("impronta_testo_approvato", "Impronta del testo approvato", 66, "SHA-256 del testo che l'atto approva"),
    Colonna("approva_il_testo_definitivo", "Approva il testo definitivo", 14, "sì o no"),
    Colonna("impronta_atto", "Impronta dell'atto", 66, "SHA-256 del file dell'atto"),
    Colonna("firmato_il", "Firmato il", 14, "Giorno della firma"),
    Colonna("firmatario", "Firmatario", 28, "Chi ha firmato, secondo il certificato", pubblica=False),
    Colonna("formato_firma", "Formato della firma", 12, "PAdES, CAdES o XAdES"),
    Colonna("impronta_firmato", "Impronta del file firmato", 66, "SHA-256 del file firmato"),
    Colonna("firmato_prima_dell_effetto", "Firmato prima dell'effetto", 14, "sì se l'atto non era ancora esecutivo", pubblica=False),
    Colonna("recesso", "Atto di recesso", 30, "Atto con cui l'ente recede"),
    Colonna("recesso_dal", "Recesso dal", 14, "Da quando il recesso ha effetto"),
    Colonna("spiegazione_firma", "Perché non ha firmato chi rappresenta l'ente", 40, "Parole dell'ente, se ha firmato un'altra persona", pubblica=False),
)  # fmt: skip
PUBBLICHE = tuple(colonna for colonna in COLONNE if colonna.pubblica)

type Valore = str | date | int | None


def riga(approvazione: Approvazione) -> dict[str, Valore]:
    """Return what there is to say of a body, by the names of the columns. Asks nothing of the database."""
    atto, firma, recesso = approvazione.atto, approvazione.firmata, approvazione.recesso_registrato
    ente = approvazione.ente
    valori: dict[str, Valore] = dict.fromkeys((c.nome for c in COLONNE), None)
    valori |= {
        "ente": ente.denominazione,
        "codice": ente.codice,
        "ambito": ente.ambito.nome,
        "tipo_ente": str(ente.get_tipo_display()),
        "partecipa_come": "adesione successiva" if approvazione.successiva else "firmatario",
        "stato": stato(approvazione),
        "organo": approvazione.organo,
    }
    if atto is not None:
        valori |= {
            "organo": atto.organo,
            "tipo_atto": str(atto.get_tipo_display()),
            "numero_atto": atto.numero,
            "data_atto": atto.data,
            "esecutivo_dal": atto.effetto_dal,
            "immediatamente_eseguibile": _si_no(atto.esecutivita_immediata),
            "albo_numero": atto.albo_numero,
            "albo_dal": atto.albo_dal,
            "albo_al": atto.albo_al,
            "protocollo": atto.protocollo,
            "arrivato_per_pec": f"{atto.pec_protocollo} del {atto.pec_data:%d/%m/%Y}" if atto.per_pec else "",
            "impronta_testo_approvato": atto.impronta_testo,
            "approva_il_testo_definitivo": _si_no(atto.del_testo_definitivo),
            "impronta_atto": atto.file_sha256,
        }
    if firma is not None:
        valori |= {
            "firmato_il": _giorno(firma.firmato_il or firma.caricata_il),
            "firmatario": firma.firmatari,
            "spiegazione_firma": firma.spiegazione,
            "formato_firma": firma.formato,
            "impronta_firmato": firma.sha256,
            "firmato_prima_dell_effetto": _si_no(approvazione.firmata_prima_dell_effetto),
        }
    if recesso is not None:
        valori |= {"recesso": str(recesso), "recesso_dal": recesso.effetto_dal}
    return valori


def stato(approvazione: Approvazione) -> str:
    """The state as the lists say it: also that the accord goes on without the body."""
    if approvazione.prosegue_senza_il is not None:
        return f"{approvazione.stato_in_parole}: l'accordo prosegue senza"
    return approvazione.stato_in_parole


def _si_no(valore: bool) -> str:
    return "sì" if valore else "no"


def _giorno(momento: datetime) -> date:
    return localtime(momento).date()


# ---------------------------------------------------------------------------------------------- as files
def in_xlsx(approvazioni: Iterable[Approvazione]) -> bytes:
    """The table as a spreadsheet, and the meaning of its columns on a second sheet."""
    righe = (list(riga(a).values()) for a in approvazioni)
    return xlsx(
        Foglio("Quadro degli atti", [(c.titolo, c.larghezza) for c in COLONNE], righe),
        Foglio(
            "Colonne", [("Colonna", 30), ("Che cosa contiene", 80)], [(c.titolo, c.che_cosa) for c in COLONNE]
        ),
    )


def in_csv(
    approvazioni: Iterable[Approvazione], colonne: Sequence[Colonna] = COLONNE, **comuni: Valore
) -> bytes:
    """The table as CSV, UTF-8 with its mark; `comuni` are columns that say the same in every row, put first."""
    uscita = io.StringIO()
    scrittore = csv.writer(uscita)
    scrittore.writerow([*comuni, *(c.nome for c in colonne)])
    for approvazione in approvazioni:
        valori = riga(approvazione)
        scrittore.writerow([innocua(v) for v in (*comuni.values(), *(valori[c.nome] for c in colonne))])
    return uscita.getvalue().encode("utf-8-sig")


def innocua(valore: Valore) -> str:
    """In words; what a spreadsheet would take for a formula is made plain text."""
    testo = "" if valore is None else valore.isoformat() if isinstance(valore, date) else str(valore)
    return f"'{testo}" if testo.startswith(("=", "+", "-", "@", "\t", "\r")) else testo


def in_pdf(documento: DocumentoFinale, approvazioni: Sequence[Approvazione]) -> bytes:
    """The table on paper, by area: accessible, the same bytes for the same acts."""
    accordo = documento.accordo
    per_ente = {a.ente_id: a for a in approvazioni}
    gruppi = [
        (gruppo.nome, [(per_ente[e.pk], riga(per_ente[e.pk])) for e in gruppo.enti])
        for gruppo in parti.in_gruppi(a.ente for a in approvazioni)
    ]
    momenti = [documento.creato_il]
    for approvazione in approvazioni:
        if approvazione.atto is not None:
            momenti.append(approvazione.atto.registrato_il)
        if approvazione.firmata is not None:
            momenti.append(approvazione.firmata.caricata_il)
        if approvazione.recesso_registrato is not None:
            momenti.append(approvazione.recesso_registrato.registrato_il)
    contesto: dict[str, Any] = {
        "accordo": accordo,
        "documento": documento,
        "gruppi": gruppi,
        "conteggio": interrogazioni.conta(approvazioni),
        "ente": accordo.promotore.denominazione,
        "sommario": accordo.titolo,
        "corrente": accordo.titolo,
        "aggiornato": max(momenti),
        "piede": f"Impronta del testo {documento.impronta_testo[:8]} … {documento.impronta_testo[-8:]}",
    }
    return componi("stampa/quadro_atti.html", contesto, titolo="Quadro degli atti", creato=max(momenti))


# ---------------------------------------------------------------------------------------------- public data
SCHEMA = "accordo-trasparenza/1"
NORMA = "Articolo 23 del decreto legislativo 14 marzo 2013, n. 33"
LICENZA = "https://creativecommons.org/licenses/by/4.0/"
COLONNE_ACCORDO = {
    "accordo": "Titolo dell'accordo",
    "promotore": "Ente che promuove l'accordo",
    "stato_accordo": "«in corso», «riaperto» (il testo si riscrive: gli atti sono del testo di prima) o «sottoscritto»",
    "sottoscritto_il": "Giorno dell'ultima firma (AAAA-MM-GG)",
    "scade_il": "Ultimo giorno di validità, se l'accordo ha una durata",
    "impronta_testo": "SHA-256 del testo definitivo",
    "impronta_pdf": "SHA-256 del file PDF del testo definitivo",
    "indirizzo": "Pagina pubblica dell'accordo",
}


def dati_accordo(accordo: Accordo, documento: DocumentoFinale | None) -> dict[str, Valore]:
    """What must be public of the accord (art. 23 D.Lgs. 33/2013), by stable names."""
    return {
        "accordo": accordo.titolo,
        "promotore": accordo.promotore.denominazione,
        "stato_accordo": _stato_accordo(accordo, documento),
        "sottoscritto_il": accordo.sottoscritto_il,
        "scade_il": accordo.scade_il,
        "impronta_testo": documento.impronta_testo if documento else None,
        "impronta_pdf": documento.sha256 if documento else None,
        "indirizzo": f"{settings.INDIRIZZO_PUBBLICO}{reverse('cruscotto:accordo', args=[accordo.slug])}",
    }


def _stato_accordo(accordo: Accordo, documento: DocumentoFinale | None) -> str:
    if accordo.sottoscritto:
        return "sottoscritto"
    riaperto = documento is not None and not fasi.fase_raggiunta(accordo, "approvazione")
    return "riaperto" if riaperto else "in corso"


def trasparenza_csv(accordo: Accordo, documento: DocumentoFinale | None) -> bytes:
    """One row a body, with the accord's own columns first; only what is public."""
    righe = interrogazioni.approvazioni_di(documento) if documento else ()
    return in_csv(righe, PUBBLICHE, **dati_accordo(accordo, documento))


def trasparenza_dati(accordo: Accordo, documento: DocumentoFinale | None) -> dict[str, Any]:
    """The same, to be written as JSON."""
    righe = interrogazioni.approvazioni_di(documento) if documento else ()
    return {
        "schema": SCHEMA,
        "norma": NORMA,
        "licenza": LICENZA,
        **in_piano(dati_accordo(accordo, documento)),
        "enti": list(_pubbliche(righe)),
    }


def _pubbliche(approvazioni: Iterable[Approvazione]) -> Iterator[dict[str, str | int | None]]:
    for approvazione in approvazioni:
        valori = riga(approvazione)
        yield in_piano({c.nome: valori[c.nome] for c in PUBBLICHE})


def in_piano(valori: dict[str, Valore]) -> dict[str, str | int | None]:
    """The values as JSON has them: days as text, numbers as numbers, nothing for what is not there."""
    return {
        nome: v.isoformat() if isinstance(v, date) else None if v == "" else v for nome, v in valori.items()
    }
