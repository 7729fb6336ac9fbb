"""What a body and who coordinates do beside act and signature: letters, answers, steps, joining, withdrawing, deadlines."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction

from accordo.approvazione import attivita, interrogazioni, requisiti, servizi
from accordo.approvazione.firma_di_prova import firma_p7m
from accordo.approvazione.models import Approvazione, Comunicazione, Passaggio
from accordo.approvazione.servizi import Pec
from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.enti.models import Ruolo, TipoEnte
from accordo.iter import servizi as iter_servizi
from accordo.iter.models import Accordo, Evento, FaseAccordo, Partecipazione, Veste
from accordo.iter.models.accordo import dopo_mesi
from accordo.iter.registro import verifica
from tests.approvazione.fabbriche import altro_ente, avvia, congelato, di, file_pdf, pubblica, registra
from tests.fabbriche import EnteFactory, IncaricoFactory, PartecipazioneFactory, UtenteFactory

PEC = Pec("2026/1234", date(2026, 3, 3))


@pytest.fixture
def aperta(scena):
    FaseAccordo.objects.update(inizio_effettivo=date(2026, 1, 1))
    avvia(scena)
    scena.sindaco = scena.agente(scena.rappresentante)
    scena.ufficio = scena.agente(scena.referente)
    scena.guida = scena.agente(scena.coordinatore)
    return scena


def firma(approvazione, agente):
    contenuto = ContentFile(firma_p7m(congelato(approvazione), str(agente.utente)), "firmato.p7m")
    return servizi.registra_firma(approvazione, contenuto, da=agente)


def sottoscrivi(scena):
    """All three sign; the coordinator concludes."""
    IncaricoFactory(utente=scena.coordinatore, ente=scena.provincia, ruolo=Ruolo.RAPPRESENTANTE)
    scena.guida = scena.agente(scena.coordinatore)
    altri = {
        scena.ente_a: scena.sindaco,
        scena.ente_b: scena.agente(scena.rappresentante_altro),
        scena.provincia: scena.guida,
    }
    for ente, agente in altri.items():
        registra(di(ente), agente)
        firma(di(ente), agente)
    scena.accordo.refresh_from_db()
    iter_servizi.avanza(scena.accordo, da=scena.guida)


# ------------------------------------------------------------------------------------------ remarks and answers
def test_risposta_scritta_alle_osservazioni(aperta, django_capture_on_commit_callbacks):
    approvazione = di(aperta.ente_a)
    servizi.rinvia(approvazione, motivazione="Manca un articolo.", da=aperta.sindaco)
    with django_capture_on_commit_callbacks(execute=True):
        servizi.rispondi(approvazione, testo="C'è già: è l'articolo 2.", da=aperta.guida)
    assert approvazione.stato == "rinviato"
    assert [(c.tipo, c.di_chi_coordina) for c in approvazione.comunicazioni.all()] == [
        ("rinvio", False),
        ("risposta", True),
    ]
    assert Evento.objects.get(verbo="rispondi_osservazioni").motivazione == "C'è già: è l'articolo 2."
    assert "articolo 2" in mail.outbox[-1].body
    servizi.avvia_istruttoria(approvazione, da=aperta.ufficio)
    assert approvazione.comunicazioni.count() == 2
    assert verifica(aperta.accordo) is None


def test_il_secondo_clic_non_e_una_seconda_risposta(aperta):
    approvazione = di(aperta.ente_a)
    servizi.rinvia(approvazione, motivazione="Manca.", da=aperta.sindaco)
    letta = approvazione.revisione
    servizi.rispondi(approvazione, testo="Ecco.", revisione=letta, da=aperta.guida)
    with pytest.raises(StatoCambiato):
        servizi.rispondi(di(aperta.ente_a), testo="Ecco.", revisione=letta, da=aperta.guida)
    assert Comunicazione.objects.filter(tipo="risposta").count() == 1


def test_risponde_solo_chi_coordina(aperta):
    approvazione = di(aperta.ente_a)
    servizi.rinvia(approvazione, motivazione="Manca.", da=aperta.sindaco)
    for agente in (aperta.sindaco, aperta.agente(aperta.rappresentante_altro)):
        with pytest.raises(NonAutorizzato):
            servizi.rispondi(approvazione, testo="No.", da=agente)


def test_una_comunicazione_non_si_cambia_nemmeno_nel_database(aperta):
    Accordo.objects.filter(pk=aperta.accordo.pk)
    servizi.rinvia(di(aperta.ente_a), motivazione="Manca.", da=aperta.sindaco)
    lettera = Comunicazione.objects.get()
    with pytest.raises(TypeError):
        lettera.save()
    with pytest.raises(TypeError):
        lettera.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Comunicazione.objects.update(testo="altro")


def test_riaperto_il_testo_le_approvazioni_restano_e_si_chiedono_di_nuovo(aperta):
    registra(di(aperta.ente_b), aperta.agente(aperta.rappresentante_altro))
    servizi.rinvia(di(aperta.ente_a), motivazione="Va cambiato l'articolo 2.", da=aperta.sindaco)
    iter_servizi.torna_indietro(aperta.accordo, da=aperta.guida, motivazione="Accogliamo il rilievo.")
    with pytest.raises(ErroreDominio):
        registra(di(aperta.ente_a), aperta.ufficio)
    pubblica(aperta.accordo, 3, definitiva=True, variante=" Diverso.")
    iter_servizi.avanza(aperta.accordo, da=aperta.guida)
    nuovo = interrogazioni.documento_attuale(aperta.accordo)
    assert {a.stato for a in nuovo.approvazioni.all()} == {"in_attesa"}
    [storia] = interrogazioni.testi_precedenti(aperta.accordo)
    assert {(a.ente.codice, a.stato) for a in storia.approvazioni.all()} >= {
        ("comune-alfa", "rinviato"),
        ("comune-beta", "approvato"),
    }
    assert verifica(Accordo.objects.get(pk=aperta.accordo.pk)) is None


# ------------------------------------------------------------------------------------------ certified mail
def test_atto_arrivato_per_pec_registrato_da_chi_coordina(aperta):
    approvazione = di(aperta.ente_a)
    atto = registra(approvazione, aperta.guida, pec=PEC)
    assert (approvazione.stato, atto.per_pec, atto.pec_protocollo) == ("approvato", True, "2026/1234")
    evento = Evento.objects.get(verbo="registra_atto_ricevuto")
    assert evento.dati["pec_protocollo"] == "2026/1234"
    with pytest.raises(ErroreDominio, match="motivazione"):
        registra(approvazione, aperta.guida, pec=PEC, numero="13")
    registra(approvazione, aperta.ufficio, numero="14", motivazione="Corretto da noi.")
    assert not approvazione.atto.per_pec


def test_senza_pec_chi_coordina_non_registra_e_con_pec_l_ente_non_registra(aperta):
    with pytest.raises(NonAutorizzato):
        registra(di(aperta.ente_a), aperta.guida)
    with pytest.raises(NonAutorizzato):
        registra(di(aperta.ente_a), aperta.ufficio, pec=PEC)


@pytest.mark.parametrize("pec", [Pec(" ", date(2026, 3, 3)), Pec("1", date(2999, 1, 1))])
def test_pec_senza_protocollo_o_di_domani(aperta, pec):
    with pytest.raises(ErroreDominio):
        registra(di(aperta.ente_a), aperta.guida, pec=pec)


@pytest.mark.parametrize(("tipo", "stato"), [("rinvio", "rinviato"), ("non_approvazione", "non_approvato")])
def test_risposta_arrivata_per_pec(aperta, tipo, stato, django_capture_on_commit_callbacks):
    approvazione = di(aperta.ente_a)
    with django_capture_on_commit_callbacks(execute=True):
        servizi.registra_ricevuta(
            approvazione, tipo=tipo, testo="Così no.", file=file_pdf(), pec=PEC, da=aperta.guida
        )
    assert (approvazione.stato, approvazione.osservazioni) == (stato, "Così no.")
    lettera = approvazione.comunicazioni.get()
    assert lettera.per_pec
    assert lettera.file.open("rb").read().startswith(b"%PDF")
    assert {"referente@example.invalid", "rappresentante@example.invalid"} <= {m.to[0] for m in mail.outbox}


# ------------------------------------------------------------------------------------------ who declines
def test_proseguire_senza_un_ente_e_poi_si_firma_in_due(aperta):
    approvazione = di(aperta.ente_a)
    with pytest.raises(StatoCambiato):
        servizi.prosegui_senza(approvazione, motivazione="Basta.", da=aperta.guida)
    servizi.non_approvare(approvazione, motivazione="No.", da=aperta.sindaco)
    with pytest.raises(ErroreDominio):
        servizi.prosegui_senza(approvazione, motivazione=" ", da=aperta.guida)
    servizi.prosegui_senza(approvazione, motivazione="Gli altri sono pronti.", da=aperta.guida)
    [mancanza] = requisiti.tutte_le_firme(aperta.accordo)
    assert mancanza.testo == "Mancano 2 firme: Beta e Provincia di Prova."
    with pytest.raises(ErroreDominio) as rifiuto:
        servizi.prosegui_senza(approvazione, motivazione="Di nuovo.", da=aperta.guida)
    assert "già deciso" in rifiuto.value.mancanze[0].testo
    servizi.avvia_istruttoria(approvazione, da=aperta.ufficio)
    assert approvazione.prosegue_senza_il is None
    [mancanza] = requisiti.tutte_le_firme(aperta.accordo)
    assert "3 firme" in mancanza.testo


def test_non_si_prosegue_senza_chi_promuove_ne_da_soli(aperta):
    for ente in (aperta.provincia, aperta.ente_a, aperta.ente_b):
        Approvazione.objects.filter(ente=ente).update(stato="non_approvato")
    with pytest.raises(ErroreDominio) as rifiuto:
        servizi.prosegui_senza(di(aperta.provincia), motivazione="Perché sì.", da=aperta.guida)
    assert "promuove" in rifiuto.value.mancanze[0].testo
    servizi.prosegui_senza(di(aperta.ente_a), motivazione="Perché sì.", da=aperta.guida)
    with pytest.raises(ErroreDominio) as rifiuto:
        servizi.prosegui_senza(di(aperta.ente_b), motivazione="Perché sì.", da=aperta.guida)
    assert "almeno due parti" in rifiuto.value.mancanze[0].testo


# ------------------------------------------------------------------------------------------ the Prefettura
def test_passaggi_della_prefettura_facoltativi_e_corretti(scena):
    prefettura = EnteFactory(
        codice="prefettura-prova", tipo=TipoEnte.PREFETTURA, denominazione="Prefettura di Prova"
    )
    PartecipazioneFactory(accordo=scena.accordo, ente=prefettura)
    utente = UtenteFactory()
    IncaricoFactory(utente=utente, ente=prefettura, ruolo=Ruolo.RAPPRESENTANTE)
    prefetto = scena.agente(utente)
    avvia(scena)
    approvazione = di(prefettura)
    dati = {"tipo": "comitato", "data": date(2026, 3, 1)}
    servizi.registra_passaggio(
        approvazione, **dati, riferimento="Verbale 4", file=file_pdf("v.pdf"), da=prefetto
    )
    servizi.registra_passaggio(
        approvazione, **dati, riferimento="Verbale 5", da=scena.agente(scena.coordinatore)
    )
    assert Passaggio.objects.get(sostituito_il=None).riferimento == "Verbale 5"
    assert Evento.objects.filter(verbo="registra_passaggio").count() == 2
    with pytest.raises(NonAutorizzato):
        servizi.registra_passaggio(
            approvazione, **dati, riferimento="x", da=scena.agente(scena.rappresentante)
        )
    with pytest.raises(ErroreDominio, match="Prefettura"):
        servizi.registra_passaggio(
            di(scena.ente_a), **dati, riferimento="x", da=scena.agente(scena.rappresentante)
        )
    registra(approvazione, prefetto, organo="Prefetto", tipo="nota")
    assert approvazione.stato == "approvato"


# ------------------------------------------------------------------------------------------ after the conclusion
def test_adesione_successiva_con_atto_e_firma(aperta):
    ente, agente = altro_ente(aperta, "Gamma")
    Partecipazione.objects.filter(ente=ente).delete()
    with pytest.raises(ErroreDominio, match="già sottoscritto"):
        servizi.apri_adesione(aperta.accordo, ente, motivazione="Lo chiede.", da=aperta.guida)
    sottoscrivi(aperta)
    giorno = aperta.accordo.sottoscritto_il
    servizi.apri_adesione(aperta.accordo, ente, motivazione="Lo chiede.", da=aperta.guida)
    assert Partecipazione.objects.get(ente=ente).veste == Veste.SOGGETTO_COINVOLTO
    approvazione = di(ente)
    registra(approvazione, agente)
    firma(approvazione, agente)
    assert (approvazione.stato, approvazione.successiva) == ("firmato", True)
    assert Partecipazione.objects.get(ente=ente).veste == Veste.SOTTOSCRITTORE
    aperta.accordo.refresh_from_db()
    assert aperta.accordo.sottoscritto_il == giorno
    with pytest.raises(ErroreDominio, match="ha già la sua parte"):
        servizi.apri_adesione(aperta.accordo, ente, motivazione="Ancora.", da=aperta.guida)
    assert verifica(aperta.accordo) is None


def test_chi_non_aveva_approvato_puo_aderire_dopo(aperta):
    servizi.non_approvare(di(aperta.ente_a), motivazione="No.", da=aperta.sindaco)
    servizi.prosegui_senza(di(aperta.ente_a), motivazione="Si va avanti.", da=aperta.guida)
    IncaricoFactory(utente=aperta.coordinatore, ente=aperta.provincia, ruolo=Ruolo.RAPPRESENTANTE)
    aperta.guida = aperta.agente(aperta.coordinatore)
    for ente, agente in (
        (aperta.ente_b, aperta.agente(aperta.rappresentante_altro)),
        (aperta.provincia, aperta.guida),
    ):
        registra(di(ente), agente)
        firma(di(ente), agente)
    iter_servizi.avanza(Accordo.objects.get(pk=aperta.accordo.pk), da=aperta.guida)
    aperta.accordo.refresh_from_db()
    servizi.apri_adesione(aperta.accordo, aperta.ente_a, motivazione="Ci ripensa.", da=aperta.guida)
    approvazione = di(aperta.ente_a)
    assert (approvazione.stato, approvazione.successiva) == ("in_attesa", True)
    registra(approvazione, aperta.ufficio)


def test_recesso_con_il_suo_atto(aperta):
    approvazione = di(aperta.ente_a)
    dati = {
        "organo": "Consiglio comunale", "tipo": "deliberazione", "numero": "9", "data": orologio.oggi(),
        "effetto_dal": orologio.oggi() + timedelta(days=180), "file": file_pdf(), "motivazione": "Non serve più.",
    }  # fmt: skip
    registra(approvazione, aperta.ufficio)
    firma(approvazione, aperta.sindaco)
    with pytest.raises(ErroreDominio) as rifiuto:
        servizi.recedi(approvazione, **dati, da=aperta.sindaco)
    assert "sottoscritto da tutti" in rifiuto.value.mancanze[0].testo
    aperta.porta_a("sottoscritto")
    approvazione = di(aperta.ente_a)
    with pytest.raises(NonAutorizzato):
        servizi.recedi(approvazione, **dati, da=aperta.ufficio)
    with pytest.raises(ErroreDominio, match="prima del suo atto"):
        servizi.recedi(
            approvazione, **dati | {"effetto_dal": orologio.oggi() - timedelta(days=1)}, da=aperta.sindaco
        )
    recesso = servizi.recedi(approvazione, **dati, da=aperta.sindaco)
    assert approvazione.stato == "receduto"
    assert not recesso.ha_effetto
    assert approvazione.firmata is not None
    with pytest.raises(StatoCambiato):
        servizi.recedi(approvazione, **dati, da=aperta.sindaco)


def test_recesso_arrivato_per_pec_ma_mai_di_chi_promuove(aperta):
    Approvazione.objects.update(stato="firmato")
    aperta.porta_a("sottoscritto")
    dati = {
        "organo": "Giunta", "tipo": "nota", "numero": "9", "data": date(2026, 3, 1),
        "effetto_dal": date(2026, 3, 1), "motivazione": "Basta.", "pec": PEC,
    }  # fmt: skip
    assert servizi.recedi(di(aperta.ente_b), **dati, file=file_pdf(), da=aperta.guida).per_pec
    with pytest.raises(ErroreDominio):
        servizi.recedi(di(aperta.provincia), **dati, file=file_pdf(), da=aperta.guida)


def test_la_data_dell_accordo_e_quella_dell_ultima_firma_e_la_scadenza_segue(aperta):
    servizi.indica_durata(aperta.accordo, 36, da=aperta.guida)
    assert aperta.accordo.scade_il is None
    sottoscrivi(aperta)
    accordo = Accordo.objects.get(pk=aperta.accordo.pk)
    assert accordo.sottoscritto_il == interrogazioni.ultima_firma(accordo)
    assert accordo.scade_il == dopo_mesi(accordo.sottoscritto_il, 36)
    servizi.indica_durata(accordo, None, da=aperta.guida)
    assert accordo.scade_il is None
    with pytest.raises(NonAutorizzato):
        servizi.indica_durata(accordo, 12, da=aperta.sindaco)
    assert Evento.objects.filter(verbo="indica_durata").count() == 2


@pytest.mark.parametrize(
    ("giorno", "mesi", "atteso"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 5), 12, date(2027, 12, 5)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
    ],
)
def test_mesi_di_calendario(giorno, mesi, atteso):
    assert dopo_mesi(giorno, mesi) == atteso


# ------------------------------------------------------------------------------------------ deadlines
def test_solleciti_solo_a_chi_e_in_ritardo_e_non_due_volte(aperta, django_capture_on_commit_callbacks):
    with pytest.raises(ErroreDominio, match="Nessuno"):
        servizi.sollecita(aperta.accordo, da=aperta.guida)
    aperta.scadenza("approvazione", orologio.oggi() + timedelta(days=8))
    assert servizi.da_sollecitare(aperta.accordo) == []
    aperta.scadenza("approvazione", orologio.oggi() + timedelta(days=2))
    registra(di(aperta.ente_a), aperta.ufficio)
    servizi.rinvia(di(aperta.ente_b), motivazione="Manca.", da=aperta.agente(aperta.rappresentante_altro))
    with pytest.raises(NonAutorizzato):
        servizi.sollecita(aperta.accordo, da=aperta.sindaco)
    with django_capture_on_commit_callbacks(execute=True):
        scritti = servizi.sollecita(aperta.accordo, da=aperta.guida)
    assert [a.ente.codice for a in scritti] == ["comune-alfa", "provincia-prova"]
    assert "la firma" in next(m for m in mail.outbox if m.to == ["referente@example.invalid"]).body
    assert Evento.objects.get(verbo="sollecita_atti").dati == {"enti": ["comune-alfa", "provincia-prova"]}
    with pytest.raises(ErroreDominio, match="ultimi 3 giorni"):
        servizi.sollecita(aperta.accordo, da=aperta.guida)
    with orologio.fermo(orologio.adesso() + timedelta(days=3, minutes=1)):
        assert len(servizi.da_sollecitare(aperta.accordo)) == 2


def test_un_atto_dopo_il_termine_si_prende_e_si_scrive_che_e_tardi(aperta):
    aperta.scadenza("approvazione", orologio.oggi() - timedelta(days=1))
    registra(di(aperta.ente_a), aperta.ufficio)
    assert Evento.objects.get(verbo="registra_atto").dati["dopo_la_scadenza"] is True


def test_atto_non_ancora_esecutivo_alla_firma_si_segnala(aperta):
    approvazione = di(aperta.ente_a)
    ieri = orologio.oggi() - timedelta(days=1)
    registra(
        approvazione,
        aperta.ufficio,
        esecutivita_immediata=False,
        data=ieri,
        albo=servizi.DatiAlbo(dal=ieri),
    )
    firma(approvazione, aperta.sindaco)
    assert di(aperta.ente_a).firmata_prima_dell_effetto


# ------------------------------------------------------------------------------------------ what is asked of whom
def test_attivita_di_chi_coordina_dopo_un_rinvio_e_una_mancata_approvazione(aperta):
    servizi.rinvia(di(aperta.ente_a), motivazione="Manca.", da=aperta.sindaco)
    servizi.non_approvare(di(aperta.ente_b), motivazione="No.", da=aperta.agente(aperta.rappresentante_altro))

    def titoli() -> list[str]:
        return [a.titolo for a in attivita.attivita(aperta.accordo, aperta.guida)]

    assert titoli()[:2] == ["Rispondi alle osservazioni: Alfa", "Decidi come proseguire: Beta"]
    servizi.rispondi(di(aperta.ente_a), testo="Ecco.", da=aperta.guida)
    servizi.prosegui_senza(di(aperta.ente_b), motivazione="Si va.", da=aperta.guida)
    assert titoli() == ["Segui l'approvazione degli enti"]
    servizi.avvia_istruttoria(di(aperta.ente_a), da=aperta.ufficio)
    servizi.rinvia(di(aperta.ente_a), motivazione="Ancora.", da=aperta.sindaco)
    assert titoli()[0] == "Rispondi alle osservazioni: Alfa"


def test_chi_aderisce_dopo_ha_le_sue_attivita(aperta):
    ente, agente = altro_ente(aperta, "Gamma")
    aperta.porta_a("sottoscritto")
    servizi.apri_adesione(aperta.accordo, ente, motivazione="Lo chiede.", da=aperta.guida)
    assert [a.titolo for a in attivita.attivita(aperta.accordo, agente)] == ["Approva il testo definitivo"]


def test_promemoria_della_scadenza_una_volta_sola(aperta, django_capture_on_commit_callbacks):
    aperta.porta_a("sottoscritto")
    servizi.indica_durata(aperta.accordo, 12, da=aperta.guida)
    assert servizi.ricorda_scadenze() == []
    with orologio.fermo(orologio.adesso() + timedelta(days=200)):
        with django_capture_on_commit_callbacks(execute=True):
            assert [a.slug for a in servizi.ricorda_scadenze()] == ["prova"]
        assert servizi.ricorda_scadenze() == []
        titoli = [a.titolo for a in attivita.attivita(Accordo.objects.get(slug="prova"), aperta.guida)]
    assert "sta per scadere" in mail.outbox[-1].subject
    assert "Prepara il rinnovo dell'accordo" in titoli
