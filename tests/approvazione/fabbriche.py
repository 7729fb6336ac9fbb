"""What phase 8 needs: a text, its versions, the approvals, and files to upload."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from accordo.approvazione import servizi
from accordo.approvazione.models import Approvazione
from accordo.base import orologio
from accordo.enti.agente import Agente
from accordo.enti.models import Ente, Ruolo
from bozze.models import Versione
from bozze.testo.albero import Disposizione, Testo, Tipo
from tests.fabbriche import EnteFactory, IncaricoFactory, PartecipazioneFactory, UtenteFactory

_ORA = orologio.adesso() - timedelta(minutes=5)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def testo(articoli: int = 2, *, variante: str = "") -> Testo:
    """A small whole text: premises, a titolo with articles, a short and a long annex."""

    def articolo(n: int) -> Disposizione:
        commi = (
            Disposizione(f"a{n}c1", Tipo.COMMA, f"Le Parti dell'accordo fanno la cosa {n}.{variante}"),
            Disposizione(
                f"a{n}c2",
                Tipo.COMMA,
                "Esse curano:",
                figli=(
                    Disposizione(f"a{n}c2a", Tipo.LETTERA, "gli spazi;"),
                    Disposizione(f"a{n}c2b", Tipo.LETTERA, 'i servizi, detti "comuni".'),
                ),
            ),
        )
        return Disposizione(f"a{n}", Tipo.ARTICOLO, rubrica=f"Cosa numero {n}", figli=commi)

    return Testo(
        "ACCORDO ISTITUZIONALE",
        "per gli interventi di prova",
        (
            Disposizione(
                "p", Tipo.PREMESSO, figli=(Disposizione("p1", Tipo.LETTERA, "la sicurezza è un bene;"),)
            ),
            Disposizione("v", Tipo.VISTO, figli=(Disposizione("v1", Tipo.TRATTINO, "l'articolo 15;"),)),
            Disposizione("f", Tipo.FORMULA, "le Parti convengono quanto segue"),
            Disposizione(
                "t1", Tipo.TITOLO, rubrica="Disposizioni", figli=tuple(map(articolo, range(1, articoli + 1)))
            ),
            Disposizione(
                "al1",
                Tipo.ALLEGATO,
                rubrica="Analisi",
                figli=(Disposizione("al1p", Tipo.PARAGRAFO, "Esiti."),),
            ),
            Disposizione(
                "al2",
                Tipo.ALLEGATO,
                rubrica="Schede",
                figli=(
                    Disposizione("al2p", Tipo.PARAGRAFO, "Prima scheda."),
                    Disposizione("al2q", Tipo.PARAGRAFO, "Seconda scheda."),
                ),
            ),
        ),
    )


def pubblica(accordo, numero: int = 1, *, definitiva: bool = False, variante: str = "") -> Versione:
    """Publish a version, at an hour that is the same for all tests: so the text is laid out once for all of them."""
    albero = testo(variante=variante)
    return Versione.objects.create(
        accordo=accordo,
        numero=numero,
        definitiva=definitiva,
        testo=albero.in_dati(),
        impronta=albero.impronta,
        pubblicata_il=_ORA,
    )


def avvia(scena) -> Sequence[Approvazione]:
    """Take the scene to phase 8 with a draft, a final version, and the approvals open."""
    pubblica(scena.accordo, 1)
    pubblica(scena.accordo, 2, definitiva=True, variante=" Davvero.")
    scena.porta_a("approvazione")
    servizi.avvia_approvazione(scena.accordo, da=scena.agente(scena.coordinatore))
    return list(Approvazione.objects.order_by("ente__denominazione"))


def di(ente: Ente) -> Approvazione:
    return Approvazione.objects.get(ente=ente)


def file_pdf(nome: str = "atto.pdf", contenuto: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, contenuto, content_type="application/pdf")


def registra(approvazione: Approvazione, da: Agente, **altro):
    dati = {"organo": "Giunta comunale", "tipo": "deliberazione", "numero": "12", "data": date(2026, 3, 2)}
    dati |= {"esecutivita_immediata": True, "file": file_pdf()}
    return servizi.registra_atto(approvazione, da=da, **(dati | altro))


def congelato(approvazione: Approvazione) -> bytes:
    with approvazione.documento.pdf.open("rb") as aperto:
        return aperto.read()


def altro_ente(scena, nome: str) -> tuple[Ente, Agente]:
    """One more signatory, and its representative."""
    ente = EnteFactory(denominazione=f"Comune di {nome}", ambito=scena.ambito)
    PartecipazioneFactory(accordo=scena.accordo, ente=ente)
    utente = UtenteFactory()
    IncaricoFactory(utente=utente, ente=ente, ruolo=Ruolo.RAPPRESENTANTE)
    return ente, scena.agente(utente)


def file(contenuto: bytes, nome: str = "firmato") -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, contenuto)


def approvano(scena) -> None:
    """Every body of the fixture `tre` registers its act."""
    for ente, agente in scena.firmano:
        registra(di(ente), agente)
