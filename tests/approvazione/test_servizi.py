"""Acts and signatures: who may, when, what is refused, what is written."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from accordo.approvazione import interrogazioni, requisiti, servizi
from accordo.approvazione.avanzamento import avanzamento
from accordo.approvazione.firma_di_prova import firma_p7m, firma_pdf
from accordo.approvazione.firme import FirmaRifiutata
from accordo.approvazione.models import Approvazione, DocumentoFinale, Firma
from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.base.parole import Parola
from accordo.enti.models import Incarico, Ruolo
from accordo.iter.models import Evento
from accordo.iter.registro import verifica
from tests.approvazione.fabbriche import avvia, congelato, di, file_pdf, pubblica, registra


@pytest.fixture
def aperta(scena):
    avvia(scena)
    scena.sindaco = scena.agente(scena.rappresentante)
    scena.ufficio = scena.agente(scena.referente)
    return scena


def firmato(contenuto: bytes, nome: str = "firmato.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, contenuto)


def test_avvio_congela_il_testo_e_apre_una_riga_per_firmatario(aperta):
    documento = DocumentoFinale.objects.get()
    assert documento.versione.numero == 2
    assert documento.impronta_testo == documento.versione.impronta
    assert documento.sha256 == impronta(congelato(di(aperta.ente_a)))
    with documento.akn.open("rb") as aperto:
        xml = aperto.read()
    assert documento.akn_sha256 == impronta(xml)
    assert b"akomaNtoso" in xml
    organi = dict(Approvazione.objects.values_list("ente__codice", "organo"))
    assert organi == {
        "provincia-prova": "Presidente della Provincia",
        "comune-alfa": "Giunta comunale",
        "comune-beta": "Giunta comunale",
    }
    assert Evento.objects.filter(verbo="congela_testo").get().dati["sha256_pdf"] == documento.sha256


def test_avvio_ripetuto_ritrova_tutto(aperta):
    prima = DocumentoFinale.objects.get()
    dopo = servizi.avvia_approvazione(aperta.accordo, da=aperta.agente(aperta.coordinatore))
    assert dopo == prima
    assert Approvazione.objects.count() == 3


def test_avvio_vuole_la_versione_definitiva_e_chi_coordina(scena):
    with pytest.raises(ErroreDominio, match="versione definitiva"):
        servizi.avvia_approvazione(scena.accordo, da=scena.agente(scena.coordinatore))
    with pytest.raises(NonAutorizzato):
        servizi.avvia_approvazione(scena.accordo, da=scena.agente(scena.rappresentante))


def test_un_nuovo_testo_definitivo_richiede_tutte_le_approvazioni(aperta):
    registra(di(aperta.ente_a), aperta.ufficio)
    vecchia = di(aperta.ente_a)
    pubblica(aperta.accordo, 3, definitiva=True, variante=" Di nuovo.")
    nuovo = servizi.avvia_approvazione(aperta.accordo, da=aperta.agente(aperta.coordinatore))
    assert interrogazioni.documento_attuale(aperta.accordo) == nuovo
    assert Approvazione.objects.get(documento=nuovo, ente=aperta.ente_a).stato == "in_attesa"
    with pytest.raises(ErroreDominio) as rifiuto:
        servizi.registra_firma(
            vecchia, firmato(firma_pdf(congelato(vecchia), "Rappresentante Prova")), da=aperta.sindaco
        )
    assert "nuovo" in rifiuto.value.mancanze[0].testo


def test_atto_registrato(aperta):
    approvazione = di(aperta.ente_a)
    atto = registra(approvazione, aperta.ufficio)
    assert (approvazione.stato, str(approvazione.atto)) == ("approvato", "Deliberazione n. 12 del 02/03/2026")
    assert atto.del_testo_definitivo
    evento = Evento.objects.get(verbo="registra_atto")
    assert evento.dati["file_sha256"] == atto.file_sha256
    assert verifica(aperta.accordo) is None


@pytest.mark.parametrize("chi", ["osservatore", "referente_altro", "rappresentante_altro", "coordinatore"])
def test_atto_solo_dal_proprio_ente(aperta, chi):
    with pytest.raises(NonAutorizzato):
        registra(di(aperta.ente_a), aperta.agente(aperta.persona(chi)))


def test_atto_con_data_futura(aperta):
    with pytest.raises(ErroreDominio, match="futura"):
        registra(di(aperta.ente_a), aperta.ufficio, data=orologio.oggi() + timedelta(days=1))


def test_atto_corretto_con_motivazione_e_quello_di_prima_resta(aperta):
    approvazione = di(aperta.ente_a)
    primo = registra(approvazione, aperta.ufficio)
    with pytest.raises(ErroreDominio, match="motivazione"):
        registra(approvazione, aperta.ufficio, numero="13")
    registra(approvazione, aperta.ufficio, numero="13", motivazione="Numero sbagliato.")
    primo.refresh_from_db()
    assert primo.sostituito_il is not None
    assert approvazione.atto.numero == "13"


def test_atto_su_un_altra_versione_impedisce_la_firma(aperta):
    approvazione = di(aperta.ente_a)
    bozza = interrogazioni.versioni_pubblicate(aperta.accordo).last()
    registra(approvazione, aperta.ufficio, impronta_testo=bozza.impronta)
    with pytest.raises(ErroreDominio) as rifiuto:
        servizi.registra_firma(
            approvazione,
            firmato(firma_pdf(congelato(approvazione), "Rappresentante Prova")),
            da=aperta.sindaco,
        )
    assert "versione diversa" in rifiuto.value.mancanze[0].testo
    assert not Firma.objects.exists()


@pytest.mark.parametrize(
    ("immediata", "dal", "albo", "atteso"),
    [
        (True, None, None, date(2026, 3, 2)),
        (False, None, date(2026, 3, 5), date(2026, 3, 16)),
        (False, date(2026, 3, 20), date(2026, 3, 5), date(2026, 3, 20)),
        (False, None, None, None),
    ],
)
def test_data_di_effetto_calcolata_e_mai_imposta(aperta, immediata, dal, albo, atteso):
    atto = registra(
        di(aperta.ente_a),
        aperta.ufficio,
        esecutivita_immediata=immediata,
        esecutivo_dal=dal,
        albo=servizi.DatiAlbo(dal=albo),
    )
    assert atto.effetto_dal == atteso


@pytest.mark.parametrize("crea", [firma_pdf, firma_p7m])
def test_firma(aperta, crea):
    approvazione = di(aperta.ente_a)
    registra(approvazione, aperta.ufficio)
    contenuto = crea(congelato(approvazione), "Rappresentante Prova", codice_fiscale="RSSNNA80A41E715X")
    firma = servizi.registra_firma(approvazione, firmato(contenuto), da=aperta.sindaco)
    assert approvazione.stato == "firmato"
    assert (firma.firmatari, firma.sha256) == ("Rappresentante Prova", impronta(contenuto))
    assert firma.file.open("rb").read() == contenuto
    assert Evento.objects.get(verbo="firma").dati["sha256"] == firma.sha256
    with pytest.raises(TypeError):
        firma.save()
    with pytest.raises(TypeError):
        firma.delete()


def test_firma_solo_dal_rappresentante_e_dopo_l_atto(aperta):
    approvazione = di(aperta.ente_a)
    contenuto = firma_pdf(congelato(approvazione), "Rappresentante Prova")
    with pytest.raises(ErroreDominio):
        servizi.registra_firma(approvazione, firmato(contenuto), da=aperta.sindaco)
    registra(approvazione, aperta.ufficio)
    with pytest.raises(NonAutorizzato):
        servizi.registra_firma(approvazione, firmato(contenuto), da=aperta.ufficio)


def test_firma_rifiutata_non_lascia_traccia(aperta):
    approvazione = di(aperta.ente_a)
    registra(approvazione, aperta.ufficio)
    with pytest.raises(FirmaRifiutata, match="non è firmato"):
        servizi.registra_firma(approvazione, firmato(congelato(approvazione)), da=aperta.sindaco)
    assert di(aperta.ente_a).stato == "approvato"
    assert not Firma.objects.exists()


def test_rinvio_con_osservazioni_e_ripresa(aperta, django_capture_on_commit_callbacks):
    approvazione = di(aperta.ente_a)
    with django_capture_on_commit_callbacks(execute=True):
        servizi.rinvia(approvazione, motivazione="Manca un articolo.", da=aperta.sindaco)
    assert approvazione.osservazioni == "Manca un articolo."
    assert "coordinatore@example.invalid" in mail.outbox[0].to
    servizi.avvia_istruttoria(approvazione, organo="Consiglio comunale", da=aperta.ufficio)
    assert (approvazione.stato, approvazione.organo) == ("in_istruttoria", "Consiglio comunale")


def test_non_approvare_vuole_il_rappresentante_e_una_ragione(aperta):
    approvazione = di(aperta.ente_a)
    with pytest.raises(NonAutorizzato):
        servizi.non_approvare(approvazione, motivazione="No.", da=aperta.ufficio)
    with pytest.raises(ErroreDominio):
        servizi.non_approvare(approvazione, motivazione=" ", da=aperta.sindaco)
    servizi.non_approvare(approvazione, motivazione="No.", da=aperta.sindaco)
    assert approvazione.parola == Parola.NON_FATTO


def test_fuori_dalla_fase_non_si_registra(aperta):
    aperta.porta_a("proposta_definitiva")
    with pytest.raises(ErroreDominio):
        registra(di(aperta.ente_a), aperta.ufficio)


def test_requisito_dice_chi_manca_finche_manca_una_firma(aperta, django_capture_on_commit_callbacks):
    [mancanza] = requisiti.tutte_le_firme(aperta.accordo)
    assert mancanza.testo == "Mancano 3 firme: Alfa, Beta e Provincia di Prova."
    assert not mancanza.superabile
    Incarico.objects.create(utente=aperta.coordinatore, ente=aperta.provincia, ruolo=Ruolo.RAPPRESENTANTE)
    chi = {
        aperta.ente_a: aperta.rappresentante,
        aperta.ente_b: aperta.rappresentante_altro,
        aperta.provincia: aperta.coordinatore,
    }
    for ente, utente in chi.items():
        agente, approvazione = aperta.agente(utente), di(ente)
        registra(approvazione, agente)
        with django_capture_on_commit_callbacks(execute=True):
            servizi.registra_firma(
                approvazione, firmato(firma_p7m(congelato(approvazione), str(utente))), da=agente
            )
    assert list(requisiti.tutte_le_firme(aperta.accordo)) == []
    assert "ultima firma" in mail.outbox[-1].body
    assert set(avanzamento(aperta.accordo).values()) == {Parola.FATTO}


def test_avanzamento_con_query_costanti(aperta, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert avanzamento(aperta.accordo)[aperta.ente_a.pk] == Parola.DA_FARE


def test_atto_non_pdf_non_passa_dal_modulo(aperta):
    from accordo.approvazione.forms import AttoForm

    approvazione = di(aperta.ente_a)
    dati = {"organo": "Giunta", "tipo": "deliberazione", "numero": "1", "data_atto": "2026-03-02"}
    dati["versione"] = approvazione.documento.impronta_testo
    versioni = [(approvazione.documento.impronta_testo, "2")]
    form = AttoForm(
        dati, {"file": file_pdf(contenuto=b"GIF89a")}, approvazione=approvazione, versioni=versioni
    )
    assert "file" in form.errors
    form = AttoForm(
        dati | {"albo_dal": "2026-03-01", "albo_al": "2026-02-01"},
        {"file": file_pdf()},
        approvazione=approvazione,
        versioni=versioni,
    )
    assert set(form.errors) == {"albo_dal", "albo_al"}
