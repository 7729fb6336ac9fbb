"""The register of attendance: who came, when, as what; and who may be named."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.models import Incarico
from focusgroup import condizioni, interrogazioni, servizi
from focusgroup.models import Convocazione, Presenza
from tests.fabbriche import EnteFactory, PartecipazioneFactory
from tests.focusgroup import mani

pytestmark = pytest.mark.django_db


@pytest.fixture
def da(scena):
    return scena.agente(scena.coordinatore)


@pytest.fixture
def riunione(scena):
    return mani.convocata(scena)


@pytest.fixture
def mia(scena, riunione) -> Convocazione:
    return riunione.convocazioni.select_related("riunione__accordo", "ente").get(ente=scena.ente_a)


def _accetta(mia, scena, **altro):
    Convocazione.objects.filter(pk=mia.pk).update(
        partecipante="Anna Rossi",
        qualifica="Sindaca",
        titolo="rappresentante",
        persona=scena.rappresentante,
        **altro,
    )
    mia.refresh_from_db()


def test_chi_era_atteso_arriva_a_un_ora(scena, mia, da):
    _accetta(mia, scena)
    momento = orologio.adesso() + timedelta(hours=1)
    with orologio.fermo(momento):
        servizi.segna_arrivo(mia, da=da)
    with orologio.fermo(momento + timedelta(minutes=9)):
        servizi.segna_arrivo(mia, da=da)  # twice is once
    presenza = Presenza.objects.get()
    assert (presenza.nome, presenza.titolo, presenza.arrivo) == ("Anna Rossi", "rappresentante", momento)
    assert Convocazione.objects.get(pk=mia.pk).presente
    assert scena.accordo.eventi.filter(verbo="segna_arrivo").count() == 1


def test_viene_un_delegato_con_il_suo_titolo(scena, mia, da):
    _accetta(mia, scena)
    servizi.segna_arrivo(
        mia, nome="Piero Neri", qualifica="Assessore", titolo="delegato", consenso=True, da=da
    )
    presenza = Presenza.objects.get()
    assert (presenza.nome, presenza.titolo, presenza.consenso) == ("Piero Neri", "delegato", True)


def test_chi_ha_perso_l_incarico_non_rappresenta_piu(scena, mia, da, client):
    _accetta(mia, scena)
    Incarico.objects.filter(utente=scena.rappresentante).update(al=orologio.oggi() - timedelta(days=1))
    client.force_login(scena.coordinatore)
    pagina = client.get(mia.riunione.url("presenze")).content.decode()
    assert "Anna Rossi non ha più un incarico" in pagina
    with pytest.raises(ErroreDominio, match="scrivi chi è venuto"):
        servizi.segna_arrivo(mia, da=da)
    servizi.segna_arrivo(mia, nome="Piero Neri", titolo="sostituto", da=da)
    assert Presenza.objects.get().nome == "Piero Neri"


def test_senza_un_nome_si_chiede_chi_e(mia, da):
    with pytest.raises(ErroreDominio, match="Scrivi chi è venuto"):
        servizi.segna_arrivo(mia, da=da)


def test_uscire_e_annullare(scena, mia, da):
    _accetta(mia, scena)
    with pytest.raises(ErroreDominio, match="nessun arrivo"):
        servizi.segna_uscita(mia, da=da)
    servizi.segna_arrivo(mia, da=da)
    servizi.segna_uscita(mia, da=da)
    assert Presenza.objects.get().uscita is not None
    servizi.annulla_arrivo(mia, da=da)
    assert Convocazione.objects.get(pk=mia.pk).presente is None


def test_registro_solo_di_chi_coordina_e_prima_del_verbale(scena, mia, da):
    with pytest.raises(NonAutorizzato):
        servizi.segna_arrivo(mia, nome="x", da=scena.agente(scena.rappresentante))


def test_chiuso_il_registro_chi_manca_e_assente(scena, riunione, mia, da):
    servizi.segna_arrivo(mia, nome="Anna Rossi", da=da)
    with orologio.fermo(mani.domani() + timedelta(hours=3)):
        servizi.chiudi_riunione(riunione, da=da)
    assert riunione.convocazioni.get(ente=scena.ente_b).presente is False
    testi = {p.pk: ("Detto.", p.revisione) for p in riunione.punti.all()}
    servizi.scrivi_verbale(riunione, testi, da=da)
    servizi.pubblica_verbale(riunione, da=da)
    with pytest.raises(ErroreDominio, match="prima di pubblicare"):
        servizi.segna_uscita(mia, da=da)


def test_dal_telefono_una_riga_alla_volta(scena, riunione, mia, client):
    _accetta(mia, scena)
    client.force_login(scena.coordinatore)
    indirizzo = reverse("focusgroup:presenza", args=["prova", riunione.pk, mia.pk])
    risposta = client.post(indirizzo, {"azione": "arrivo"}, headers={"HX-Request": "true"})
    testo = risposta.content.decode()
    assert "Presente" in testo
    assert "1 su 2" in testo
    altro = client.post(indirizzo, {"azione": "chi", "nome": ""}, headers={"HX-Request": "true"})
    assert "Scrivi il nome" in altro.content.decode()
    senza_js = client.post(indirizzo, {"azione": "uscita"})
    assert senza_js.status_code == 302
    assert senza_js.url.endswith(f"#ente-{mia.pk}")


def test_chi_rappresenta_un_ente_che_non_ha_detto_nulla_arriva_con_un_tocco(scena, client, mia):
    """Nobody said who comes for Alfa: the one who represents it is proposed, their name as it stands in the portal."""
    client.force_login(scena.coordinatore)
    registro = client.get(mia.riunione.url("presenze")).content.decode()
    assert "È qui Rappresentante Prova" in registro
    indirizzo = reverse("focusgroup:presenza", args=["prova", mia.riunione_id, mia.pk])
    dati = {
        "azione": "chi",
        "nome": "Rappresentante Prova",
        "qualifica": "Sindaco",
        "titolo": "rappresentante",
    }
    risposta = client.post(indirizzo, dati, headers={"HX-Request": "true"}).content.decode()
    assert "Presente" in risposta
    assert "È qui" not in risposta


@pytest.mark.parametrize("quanti", [1, 3])
def test_registro_query_costanti(scena, client, django_assert_num_queries, quanti):
    for _ in range(quanti):
        PartecipazioneFactory(accordo=scena.accordo, ente=EnteFactory(ambito=scena.ambito))
    riunione = mani.convocata(scena)
    client.force_login(scena.coordinatore)
    with django_assert_num_queries(8):
        assert client.get(riunione.url("presenze")).status_code == 200


def test_foglio_da_firmare(scena, riunione, mia, client, stampa_vera):
    _accetta(mia, scena)
    client.force_login(scena.coordinatore)
    risposta = client.get(riunione.url("foglio_firme"))
    testo = PdfReader(BytesIO(risposta.content)).pages[0].extract_text()
    assert "Anna Rossi" in testo
    assert "Firma" in testo


def test_foglio_firmato_allegato_lo_vede_solo_chi_coordina(scena, riunione, client):
    client.force_login(scena.coordinatore)
    finto = SimpleUploadedFile("firme.pdf", b"non un pdf")
    dati = {"genere": "foglio_firme", "titolo": ""}
    assert client.post(riunione.url("allega"), dati | {"file": finto}).status_code == 422
    vero = SimpleUploadedFile("firme.pdf", b"%PDF-1.4 firme")
    assert client.post(riunione.url("allega"), dati | {"file": vero}).status_code == 302
    allegato = riunione.allegati.get()
    indirizzo = reverse("focusgroup:allegato", args=["prova", riunione.pk, allegato.pk])
    scarica = client.get(indirizzo)
    assert b"".join(scarica.streaming_content) == b"%PDF-1.4 firme"
    client.force_login(scena.referente)
    assert client.get(indirizzo).status_code == 404
    client.force_login(scena.coordinatore)
    togli = reverse("focusgroup:togli_allegato", args=["prova", riunione.pk, allegato.pk])
    assert client.post(togli).status_code == 302
    assert client.get(indirizzo).status_code == 404
    assert riunione.allegati.count() == 1


def test_intervento_con_il_nome_solo_con_il_consenso(scena, riunione, mia, da):
    punto = riunione.punti.first()
    presenza = servizi.segna_arrivo(mia, nome="Anna Rossi", qualifica="Sindaca", da=da)
    senza = servizi.aggiungi_intervento(punto, "Serve più luce.", presenza=presenza, da=da)
    assert senza.presenza is None
    assert senza.chi == "Un partecipante"
    servizi.cambia_consenso(presenza, True, da=da)
    con = servizi.aggiungi_intervento(punto, "Serve più luce.", presenza=presenza, da=da)
    assert con.chi == "Anna Rossi, Sindaca (Alfa)"
    servizi.cambia_consenso(presenza, False, da=da)
    [punto] = [p for p in interrogazioni.punti_da_leggere(riunione) if p.pk == punto.pk]
    assert {i.chi for i in punto.interventi.all()} == {"Un partecipante"}
    with pytest.raises(ErroreDominio, match="già intervenuto"):
        servizi.annulla_arrivo(mia, da=da)
    servizi.togli_intervento(con, da=da)
    servizi.annulla_arrivo(mia, da=da)


def test_un_nome_senza_consenso_ferma_il_verbale(scena, riunione, mia, da):
    presenza = servizi.segna_arrivo(mia, nome="Anna Rossi", da=da)
    punto = riunione.punti.first()
    servizi.scrivi_verbale(riunione, {punto.pk: ("Rossi chiede più luce.", 0)}, da=da)
    [mancanza] = condizioni.nomi_con_consenso(riunione)
    assert mancanza.superabile
    assert "Anna Rossi" in mancanza.testo
    servizi.cambia_consenso(presenza, True, da=da)
    assert list(condizioni.nomi_con_consenso(riunione)) == []
