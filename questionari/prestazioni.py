"""The bench of the survey: opening a section, saving a field, sending, the results, the export, the report."""

from pathlib import Path

from django.test import Client
from django.urls import reverse

from accordo.base.prestazioni import Banco
from accordo.iter.prestazioni import Territorio, costruisci
from questionari import lettura, servizi
from questionari.definizione import Definizione, Domanda, Valore
from questionari.models import Compilazione

NOME = "questionari"
DEFINIZIONE = Path(lettura.__file__).parent / "dati" / "questionario_sicurezza.json"


def prova(banco: Banco, enti: int) -> None:
    """Measure the survey of `enti` bodies, with the questionnaire of the accord of Lucca."""
    mondo = costruisci(enti)
    servizi.carica_questionario(mondo.accordo, DEFINIZIONE.read_text(encoding="utf-8"))
    mondo.porta_a("questionario")
    servizi.avvia_questionario(mondo.accordo, da=mondo.agente(mondo.coordinatore))
    _compila(banco, mondo)


def _compila(banco: Banco, mondo: Territorio) -> None:
    """One body's work: a section opened, a field saved, the whole sent."""
    ente, slug = mondo.enti[0], mondo.accordo.slug
    client = Client()
    client.force_login(mondo.referente)
    compilazione = Compilazione.objects.select_related("questionario__accordo", "ente").get(ente=ente)
    with banco.misura("aprire una sezione") as nota:
        pagina = client.get(reverse("questionari:sezione", args=[slug, "S1"]))
        nota.append(f"{pagina.status_code}, {len(pagina.content) // 1024} kB")
    with banco.misura("salvare un campo"):
        client.post(
            reverse("questionari:domanda", args=[slug, "S2", "D06"]),
            {"D06-rev": "0", "D06": "alto"},
            headers={"HX-Request": "true"},
        )
    da = mondo.agente(mondo.referente, ente)
    servizi.salva_risposte(
        compilazione, risposte_di_prova(compilazione.questionario.struttura, ente.tipo, 0), da=da
    )
    servizi.invia_alla_convalida(compilazione, da=da)
    with banco.misura("convalidare e inviare"):
        servizi.convalida_e_invia(compilazione, da=mondo.agente(mondo.rappresentante, ente))


def risposte_di_prova(struttura: Definizione, tipo_ente: str, seme: int) -> dict[str, Valore]:
    """Return an answer to every question that a kind of body is asked; it varies with `seme`, like those of a survey."""
    tutte = {
        domanda.codice: _valore(domanda, seme + posto)
        for posto, domanda in enumerate(struttura.domande)
        if struttura.sezione_di[domanda.codice].per(tipo_ente)
    }
    return {codice: valore for codice, valore in tutte.items() if valore is not None}


def _valore(domanda: Domanda, seme: int) -> Valore:
    codici = [voce.codice for voce in domanda.voci]
    match domanda.tipo:
        case "singola":
            return codici[seme * 7 % len(codici)]
        case "multipla":
            ammessi = [codice for codice in codici if codice != domanda.esclusiva]
            quante = min(domanda.max_scelte or 3, 1 + seme % 3)
            scelte = {ammessi[(seme * 5 + n * 3) % len(ammessi)] for n in range(quante)}
            return {"scelte": [codice for codice in codici if codice in scelte], "altro": ""}
        case "matrice":
            gradi = list(domanda.gradi)
            return {codice: gradi[(seme * 3 + posto * 5) % len(gradi)] for posto, codice in enumerate(codici)}
        case "numero":
            return int(domanda.minimo or 0) + seme * 37 % 90
        case "graduatoria":
            giro = [codici[(seme + posto) % len(codici)] for posto in range(len(codici))]
            return giro[: domanda.max_scelte]
        case "testo" | "testo_lungo":
            return f"Osservazione numero {seme}: più luce nelle frazioni, più presenza nei fine settimana."
    return None
