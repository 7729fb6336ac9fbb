"""The bench of the survey: opening a section, saving a field, sending, the results, the export, the report."""

from os import SEEK_END
from pathlib import Path

from django.db import connection
from django.test import Client
from django.urls import reverse

from accordo.base import orologio
from accordo.base.canonico import impronta, json_canonico
from accordo.base.prestazioni import Banco
from accordo.iter.prestazioni import Territorio, costruisci
from questionari import lettura, servizi, visibilita
from questionari.definizione import Definizione, Domanda, Valore
from questionari.esiti import esporta
from questionari.esiti.quadro import quadro_di
from questionari.models import Compilazione, Invio
from questionari.stati import StatoCompilazione

NOME = "questionari"
DEFINIZIONE = Path(lettura.__file__).parent / "dati" / "questionario_sicurezza.json"


def prova(banco: Banco, enti: int) -> None:
    """Measure the survey of `enti` bodies, with the questionnaire of the accord of Lucca."""
    banco.avanza("si scrivono enti e persone")
    mondo = costruisci(enti)
    servizi.carica_questionario(mondo.accordo, DEFINIZIONE.read_text(encoding="utf-8"))
    mondo.porta_a("questionario")
    servizi.avvia_questionario(mondo.accordo, da=mondo.agente(mondo.coordinatore))
    _compila(banco, mondo)
    banco.avanza("rispondono tutti gli altri")
    _riempi(mondo)
    _leggi(banco, mondo)


def _riempi(mondo: Territorio) -> None:
    """Let all the other bodies send, in bulk: the bench does not measure eight thousand offices at work."""
    questionario = Compilazione.objects.filter(ente=mondo.enti[0]).get().questionario
    ultimi = list(
        Compilazione.objects.filter(questionario=questionario, invii__isnull=True).select_related("ente")
    )
    adesso = orologio.adesso()
    invii = []
    for compilazione in ultimi:
        ente = compilazione.ente
        canonico = json_canonico(
            {
                "accordo": mondo.accordo.slug,
                "questionario": {"impronta": questionario.impronta},
                "ente": {"codice": ente.codice},
                "risposte": visibilita.da_inviare(
                    questionario.struttura,
                    ente.tipo,
                    risposte_di_prova(questionario.struttura, ente.tipo, compilazione.pk * 7),
                ),
            }
        )
        invii.append(
            Invio(
                compilazione=compilazione,
                numero=1,
                canonico=canonico.decode(),
                impronta=impronta(canonico),
                quando=adesso,
                da=mondo.rappresentante,
                da_nome="Di Prova",
            )
        )
    Invio.objects.bulk_create(invii, batch_size=1000)
    Compilazione.objects.filter(pk__in=Invio.objects.values("compilazione")).update(
        stato=StatoCompilazione.INVIATA, inviata_il=adesso, ultima_attivita=adesso
    )


def _leggi(banco: Banco, mondo: Territorio) -> None:
    """The coordinator's work: laying the answers flat, the pages of the results, the export, the report."""
    accordo, slug = mondo.accordo, mondo.accordo.slug
    with banco.misura("mettere in piano le risposte") as nota:
        nota.append(f"{servizi.allinea(accordo)} invii")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursore:
            cursore.execute("ANALYZE")
    client = Client()
    client.force_login(mondo.coordinatore)
    _apri(banco, client, "l'elenco di chi risponde", reverse("questionari:questionario", args=[slug]))
    _apri(banco, client, "la pagina degli esiti", reverse("questionari:esiti", args=[slug]))
    for codice in ("S1", "S6"):
        url = reverse("questionari:esiti_sezione", args=[slug, codice])
        _apri(banco, client, f"gli esiti della sezione {codice}", url)
    incroci = reverse("questionari:esiti_incrocio", args=[slug]) + "?righe=D06:&colonne=D34:"
    _apri(banco, client, "un incrocio", incroci)
    _apri(banco, client, "punti di forza e criticità", reverse("questionari:esiti_punti", args=[slug]))
    testi = reverse("questionari:esiti_testi", args=[slug]) + "?cerca=frazioni"
    _apri(banco, client, "cercare nelle risposte aperte", testi)
    mondo.porta_a("restituzione")
    servizi.avvia_restituzione(accordo, da=mondo.agente(mondo.coordinatore))
    with banco.misura("pubblicare, con la relazione in PDF") as nota:
        restituzione = servizi.pubblica_restituzione(accordo, da=mondo.agente(mondo.coordinatore))
        nota.append(f"{restituzione.relazione.size // 1024} kB")
    quadro = quadro_di(accordo, restituzione)
    assert quadro is not None
    with banco.misura("esportare in Excel (tutte le risposte)") as nota:
        file = esporta.excel(quadro, esporta.Lettore(tutto=True))
        nota.append(f"{file.seek(0, SEEK_END) // 1024} kB")
    ente = Client()
    ente.force_login(mondo.referente)
    _apri(banco, ente, "gli esiti letti da un ente", reverse("questionari:esiti", args=[slug]))
    url = reverse("questionari:esiti_ente", args=[slug, mondo.enti[0].codice])
    _apri(banco, ente, "un ente accanto al suo ambito", url)


def _apri(banco: Banco, client: Client, cosa: str, url: str) -> None:
    with banco.misura(cosa) as nota:
        pagina = client.get(url)
        nota.append(f"{pagina.status_code}, {len(pagina.content) // 1024} kB")


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
