"""Every page of the meetings and of the findings, with little in it and with much: the number of queries is the same."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accordo.base import orologio
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo, Utente
from focusgroup import indirizzo, servizi
from focusgroup.models import Riunione
from tests.fabbriche import EnteFactory, IncaricoFactory, PartecipazioneFactory
from tests.focusgroup import mani
from tests.matrice import focusgroup_date
from tests.rilievi.fabbriche import RilievoFactory

pytestmark = [pytest.mark.django_db, pytest.mark.una_volta]  # what is counted is the same on any database


def _quante(client, url) -> int:
    with CaptureQueriesContext(connection) as lette:
        risposta = client.get(url)
        if risposta.streaming:
            b"".join(risposta.streaming_content)
    assert risposta.status_code == 200, url
    return len(lette)


def _cresci(scena, riunioni: list[Riunione], quanti: int) -> list[Agente]:
    """Add bodies with their mayors, called to each of these meetings; return the mayors."""
    sindaci = []
    for _ in range(quanti):
        ente = EnteFactory(ambito=scena.ambito)
        PartecipazioneFactory(accordo=scena.accordo, ente=ente)
        incarico = IncaricoFactory(ente=ente, ruolo=Ruolo.RAPPRESENTANTE)
        for riunione in riunioni:
            riunione.convocazioni.create(ente=ente)
        sindaci.append(scena.agente(Utente.objects.get(pk=incarico.utente_id)))
    return sindaci


def _misura(scena, client, pagine, cresci) -> None:
    """Ask for each page with one more in it, then with three. The first answer is not counted: the feed notes what is new."""
    conti = []
    for quanti in (1, 2):
        cresci(quanti)
        for url in pagine:
            client.get(url)
        conti.append({url: _quante(client, url) for url in pagine})
    assert conti[1] == conti[0]


@pytest.mark.parametrize("chi", ["coordinatore", "rappresentante"])
def test_di_una_riunione_in_lettura(scena, client, chi):
    riunione = mani.svolta(scena)
    da = scena.agente(scena.coordinatore)

    def cresci(quanti: int) -> None:
        for sindaco in _cresci(scena, [riunione], quanti):
            convocazione = riunione.convocazioni.get(ente=sindaco.ente)
            presenza = servizi.segna_arrivo(convocazione, nome=str(sindaco.utente), da=da)
            assert presenza is not None
        for _ in range(quanti):
            punto = servizi.aggiungi_punto(riunione, f"Punto {riunione.punti.count()}", da=da)
            rilievo = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, stato="confermato")
            rilievo.fonti.create(
                genere="riunione", testo="Detto lì.", riferimento=f"{riunione.pk}.{punto.pk}"
            )
            punto.rilievi.add(rilievo)
            servizi.scrivi_verbale(riunione, {punto.pk: ("Si è detto.", 0)}, da=da)
            servizi.aggiungi_intervento(punto, testo="Serve.", presenza=None, da=da)

    pagine = (
        ["riunione"] if chi == "rappresentante" else ["riunione", "presenze", "verbale", "ordine", "priorita"]
    )
    client.force_login(scena.persona(chi))
    _misura(scena, client, [riunione.url(pagina) for pagina in pagine], cresci)


def test_del_verbale_in_lettura(scena, client):
    riunione = mani.in_lettura(scena)

    def cresci(quanti: int) -> None:
        for _ in range(quanti):
            servizi.chiedi_correzione(riunione.punti.first(), "Altro.", da=scena.agente(scena.rappresentante))

    for chi in ("coordinatore", "rappresentante"):
        client.force_login(scena.persona(chi))
        pagine = [riunione.url(p) for p in ("riunione", "correzioni", "versioni")]
        _misura(scena, client, pagine, cresci)


@pytest.mark.parametrize("chi", ["coordinatore", "rappresentante"])
def test_della_convocata_e_dell_elenco(scena, client, chi):
    riunione = mani.convocata(scena)
    da = scena.agente(scena.coordinatore)

    def cresci(quanti: int) -> None:
        for sindaco in _cresci(scena, [riunione], quanti):
            servizi.rispondi_convocazione(
                riunione.convocazioni.get(ente=sindaco.ente), "accettata", partecipante="Anna", da=sindaco
            )
        for _ in range(quanti):
            altra = servizi.prepara_riunione(scena.accordo, scena.ambito, da=da)
            servizi.fissa_riunione(altra, inizio=mani.domani() + timedelta(days=30), luogo="Lucca", da=da)
            servizi.convoca_riunione(altra, da=da)

    client.force_login(scena.persona(chi))
    nomi = ["riunione", "dossier", "ics"]
    nomi += ["convocati", "prepara", "ordine", "presenze"] if chi == "coordinatore" else ["rispondi"]
    pagine = [riunione.url(nome) for nome in nomi]
    pagine += [reverse("focusgroup:riunioni", args=["prova"]), reverse("focusgroup:mio_calendario")]
    gettone = indirizzo.gettone(servizi.rinnova_indirizzo(scena.persona(chi)))
    pagine.append(reverse("focusgroup:agenda", args=[gettone]))
    _misura(scena, client, pagine, cresci)


@pytest.mark.parametrize("chi", ["coordinatore", "rappresentante"])
def test_del_sondaggio(scena, client, chi):
    focusgroup_date.aperto(scena)
    da = scena.agente(scena.coordinatore)

    def cresci(quanti: int) -> None:
        for sindaco in _cresci(scena, [scena.riunione], quanti):
            valori = {o.pk: "si" for o in scena.sondaggio.opzioni.all()}
            servizi.rispondi_sondaggio(scena.sondaggio, valori, revisione=0, da=sindaco)
            servizi.rispondi_sondaggio(scena.sondaggio, dict.fromkeys(valori, "no"), revisione=1, da=sindaco)
            quando = orologio.adesso() + timedelta(days=20 + scena.sondaggio.opzioni.count())
            servizi.aggiungi_date(scena.sondaggio, [servizi.DatiData(quando)], da=da)

    nomi = ("date", "date_aggiungi", "date_ricorda", "date_proroga", "date_ritira")
    pagine = [
        scena.sondaggio.url(nome) for nome in (nomi if chi == "coordinatore" else ("date", "date_rispondi"))
    ]
    if chi == "coordinatore":
        pagine.append(
            reverse("focusgroup:date_fissa", args=["prova", scena.riunione.pk, scena.opzioni[0].pk])
        )
    client.force_login(scena.persona(chi))
    _misura(scena, client, pagine, cresci)


@pytest.mark.parametrize("chi", ["coordinatore", "rappresentante"])
def test_dei_punti_di_un_ente(scena, client, chi):
    riunione = mani.convocata(scena)
    da = scena.agente(scena.coordinatore)
    priorita = servizi.apri_priorita(riunione, 9, da=da)

    def cresci(quanti: int) -> None:
        for sindaco in _cresci(scena, [riunione], quanti):
            rilievo = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, stato="confermato")
            servizi.dai_punti(priorita, sindaco.ente, {rilievo.pk: 2}, da=sindaco)

    client.force_login(scena.persona(chi))
    pagina = reverse("focusgroup:punti_ente", args=["prova", riunione.pk, "comune-alfa"])
    _misura(scena, client, [pagina, riunione.url("priorita")], cresci)


def test_della_storia_di_un_punto(scena, client):
    riunione = mani.svolta(scena)
    punto = riunione.punti.first()
    da = scena.agente(scena.coordinatore)

    def cresci(quanti: int) -> None:
        for _ in range(quanti):
            punto.refresh_from_db()
            dopo = orologio.adesso() + timedelta(minutes=30 * (punto.revisione + 1))
            with orologio.fermo(dopo):
                servizi.scrivi_verbale(riunione, {punto.pk: (f"Detto {dopo}.", punto.revisione)}, da=da)

    client.force_login(scena.coordinatore)
    pagina = reverse("focusgroup:storia_punto", args=["prova", riunione.pk, punto.pk])
    _misura(scena, client, [pagina], cresci)
    assert punto.revisioni.count() == 3


@pytest.mark.parametrize("chi", ["coordinatore", "rappresentante"])
def test_dei_rilievi(scena, client, chi):
    primo = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, stato="confermato")

    def cresci(quanti: int) -> None:
        for n in range(quanti):
            rilievo = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, stato="confermato")
            rilievo.fonti.create(genere="altro", testo=f"Relazione {n}")
            primo.fonti.create(genere="altro", testo=f"Altra {n}")
            RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, stato="unito", unito_a=primo)

    nomi = (
        ("quadro", "quadro_pdf", "quadro_xlsx", "doppioni")
        if chi == "coordinatore"
        else ("quadro", "quadro_pdf")
    )
    pagine = [reverse(f"rilievi:{nome}", args=["prova"]) for nome in nomi] + [primo.get_absolute_url()]
    pagine.append(f"{pagine[0]}?vista=elenco&cerca=a")
    if chi == "coordinatore":
        pagine.append(reverse("rilievi:unisci", args=["prova", primo.numero]))
    client.force_login(scena.persona(chi))
    _misura(scena, client, pagine, cresci)
