"""The search for a date: proposals, answers, reminders, extension, choice; and what must not work."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils.timezone import localtime

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.iter.models import Evento
from focusgroup import attivita, interrogazioni, servizi
from focusgroup.models import RispostaSondaggio, Riunione, Sondaggio
from tests.fabbriche import EnteFactory, PartecipazioneFactory
from tests.matrice import focusgroup_date

pytestmark = pytest.mark.django_db


def valori(sondaggio, *parole):
    return {o.pk: p for o, p in zip(sondaggio.opzioni.order_by("inizio"), parole, strict=True)}


def risponde(scena, chi, *parole, revisione=0, nota=""):
    return servizi.rispondi_sondaggio(
        scena.sondaggio,
        valori(scena.sondaggio, *parole),
        revisione=revisione,
        nota=nota,
        da=scena.agente(scena.persona(chi)),
    )


def fra(**quanto):
    return orologio.adesso() + timedelta(**quanto)


# ------------------------------------------------------------------------------------------ proposing
def test_non_si_apre_con_una_data_sola(scena, riunione, coordina):
    sondaggio = servizi.prepara_sondaggio(riunione, da=coordina)
    servizi.proponi_data(sondaggio, inizio=fra(days=9), luogo="Lucca", da=coordina)
    with pytest.raises(ErroreDominio) as rifiuto:
        servizi.apri_sondaggio(sondaggio, scadenza=fra(days=2), da=coordina)
    assert [m.testo for m in rifiuto.value.mancanze] == ["Servono almeno due date fra cui scegliere."]


def test_date_passate_doppie_o_troppe_non_si_propongono(scena, riunione, coordina):
    sondaggio = servizi.prepara_sondaggio(riunione, da=coordina)
    with pytest.raises(ErroreDominio, match="passata"):
        servizi.proponi_data(sondaggio, inizio=fra(hours=-1), da=coordina)
    quando = fra(days=9)
    servizi.proponi_data(sondaggio, inizio=quando, da=coordina)
    with pytest.raises(ErroreDominio, match="già fra quelle"):
        servizi.proponi_data(sondaggio, inizio=quando, da=coordina)
    for ore in range(19):
        servizi.proponi_data(sondaggio, inizio=fra(days=10, hours=ore), da=coordina)
    with pytest.raises(ErroreDominio, match="già 20"):
        servizi.proponi_data(sondaggio, inizio=fra(days=20), da=coordina)


def test_un_solo_sondaggio_alla_volta(scena, riunione, coordina):
    primo = servizi.prepara_sondaggio(riunione, da=coordina)
    assert servizi.prepara_sondaggio(riunione, da=coordina) == primo


def test_il_termine_viene_dopo_adesso_e_prima_delle_date(scena):
    focusgroup_date.proposto(scena)
    da = scena.agente(scena.coordinatore)
    with pytest.raises(ErroreDominio, match="nel futuro"):
        servizi.apri_sondaggio(scena.sondaggio, scadenza=fra(hours=-1), da=da)
    with pytest.raises(ErroreDominio, match="prima della prima data"):
        servizi.apri_sondaggio(scena.sondaggio, scadenza=fra(days=12), da=da)


def test_aperto_le_date_non_si_cambiano(scena, aperto):
    da = scena.agente(scena.coordinatore)
    with pytest.raises(ErroreDominio, match="già aperto"):
        servizi.proponi_data(aperto, inizio=fra(days=13), da=da)
    with pytest.raises(ErroreDominio, match="già aperto"):
        servizi.togli_data(scena.opzioni[0], da=da)


def test_solo_chi_coordina_propone(scena, riunione):
    for chi in ("referente", "rappresentante", "coordinatore_altro"):
        with pytest.raises(NonAutorizzato):
            servizi.prepara_sondaggio(riunione, da=scena.agente(scena.persona(chi)))


def test_aprire_avvisa_gli_invitati_e_mostra_loro_la_riunione(scena, django_capture_on_commit_callbacks):
    focusgroup_date.proposto(scena)
    agente = scena.agente(scena.referente)
    assert not interrogazioni.visibili_a(agente, scena.accordo).exists()
    with django_capture_on_commit_callbacks(execute=True):
        servizi.apri_sondaggio(scena.sondaggio, scadenza=fra(days=5), da=scena.agente(scena.coordinatore))
    assert len(mail.outbox) == 4
    assert "Le date proposte" in mail.outbox[0].body
    assert interrogazioni.visibili_a(agente, scena.accordo).exists()
    assert not interrogazioni.visibili_a(scena.agente(scena.osservatore), scena.accordo).exists()


# ------------------------------------------------------------------------------------------ answering
def test_la_migliore_viene_prima(scena, aperto):
    risponde(scena, "referente", "se_necessario", "si")
    risponde(scena, "rappresentante_altro", "no", "si")
    tabella = interrogazioni.tabella(aperto)
    assert [r.opzione for r in tabella.date] == [scena.opzioni[1], scena.opzioni[0]]
    assert [(len(r.si), len(r.se_necessario), len(r.no)) for r in tabella.date] == [(2, 0, 0), (0, 1, 1)]
    assert [r.con_quorum for r in tabella.date] == [True, False]
    assert (tabella.votanti, tabella.quorum, tabella.risposte) == (2, 2, 2)


def test_chi_e_indispensabile_pesa_piu_del_numero(scena, aperto):
    for _ in range(3):
        ente = EnteFactory(ambito=scena.ambito)
        scena.riunione.convocazioni.create(ente=ente)
        risposta = RispostaSondaggio.objects.create(
            sondaggio=aperto, ente=ente, data_da=scena.referente, data_il=orologio.adesso()
        )
        for opzione, valore in zip(scena.opzioni, ("si", "no"), strict=True):
            risposta.preferenze.create(opzione=opzione, valore=valore)
    scena.riunione.convocazioni.filter(ente=scena.ente_a).update(indispensabile=True)
    risponde(scena, "referente", "no", "si")
    tabella = interrogazioni.tabella(aperto)
    assert tabella.date[0].opzione == scena.opzioni[1]
    assert tabella.date[1].mancano_indispensabili == (scena.ente_a,)
    assert not tabella.date[1].buona


def test_l_ospite_risponde_ma_non_conta_per_il_quorum(scena, aperto):
    scena.riunione.convocazioni.filter(ente=scena.ente_b).update(ospite=True)
    risponde(scena, "referente_altro", "si", "si")
    tabella = interrogazioni.tabella(aperto)
    assert (tabella.votanti, tabella.quorum, tabella.risposte) == (1, 1, 1)
    assert not any(r.con_quorum for r in tabella.date)


def test_la_risposta_la_cambia_anche_un_collega_e_si_vede_chi(scena, aperto):
    assert risponde(scena, "referente", "si", "no") is None
    assert risponde(scena, "rappresentante", "no", "si", revisione=1) is None
    [mia] = RispostaSondaggio.objects.filter(ente=scena.ente_a)
    assert mia.data_da == scena.rappresentante
    assert mia.revisione == 2
    dati = list(
        Evento.objects.filter(verbo__in=["risponde_sondaggio", "cambia_risposta_sondaggio"])
        .order_by("numero")
        .values_list("dati", flat=True)
    )
    assert [list(d["risposte"].values()) for d in dati] == [["si", "no"], ["no", "si"]]


def test_due_insieme_nessuna_va_persa(scena, aperto):
    risponde(scena, "referente", "si", "no")
    conflitto = risponde(scena, "rappresentante", "no", "si")
    assert conflitto.attuale.data_da == scena.referente
    assert {p.valore for p in RispostaSondaggio.objects.get().preferenze.all()} == {"si", "no"}
    assert RispostaSondaggio.objects.get().data_da == scena.referente
    # the same words twice, as a double click sends them, are no conflict
    assert risponde(scena, "referente", "si", "no") is None
    assert RispostaSondaggio.objects.get().revisione == 1


def test_conflitto_dal_browser_mostra_le_due_risposte(scena, aperto, client):
    client.force_login(scena.rappresentante)
    dati = focusgroup_date.tutti_si(scena)
    risponde(scena, "referente", "no", "se_necessario")
    risposta = client.post(aperto.url("date_rispondi"), dati)
    assert risposta.status_code == 409
    testo = risposta.content.decode()
    assert "Intanto un collega ha risposto" in testo
    assert "Referente Prova" in testo
    assert RispostaSondaggio.objects.get().data_da == scena.referente
    nuovi = {c.name: c.value() or "" for c in risposta.context["form"]}
    assert nuovi["revisione"] == "1"
    assert client.post(aperto.url("date_rispondi"), nuovi).status_code == 302
    assert RispostaSondaggio.objects.get().data_da == scena.rappresentante
    pagina = client.get(aperto.url()).content.decode()
    assert "2 risposte precedenti" in pagina
    assert "mentre rispondeva un collega" in pagina


def test_si_risponde_per_tutte_le_date_con_parole_note(scena, aperto):
    da = scena.agente(scena.referente)
    with pytest.raises(ErroreDominio, match="ogni data"):
        servizi.rispondi_sondaggio(aperto, {scena.opzioni[0].pk: "si"}, revisione=0, da=da)
    with pytest.raises(ErroreDominio, match="ogni data"):
        risponde(scena, "referente", "si", "boh")


def test_chi_non_e_invitato_non_risponde(scena, aperto):
    for chi in ("osservatore", "coordinatore", "coordinatore_altro", "senza_incarico"):
        with pytest.raises(NonAutorizzato):
            risponde(scena, chi, "si", "si")


def test_il_termine_si_controlla_quando_si_scrive(scena, aperto, client):
    client.force_login(scena.referente)
    pagina = client.get(aperto.riunione.get_absolute_url()).content.decode()
    assert "Di’ quali date vanno bene" in pagina, "the one thing to do now"
    assert "Non ha risposto" not in pagina, "nobody was called yet"
    assert client.get(aperto.url("date_rispondi")).status_code == 200
    with orologio.fermo(fra(days=6)):
        risposta = client.post(aperto.url("date_rispondi"), focusgroup_date.tutti_si(scena))
        assert risposta.status_code == 422
        assert "Il termine per rispondere è passato" in risposta.content.decode()
        assert client.get(aperto.url("date_rispondi")).status_code == 302
    assert not RispostaSondaggio.objects.exists()


# ------------------------------------------------------------------------------------------ reminding, extending
def test_il_promemoria_va_solo_a_chi_non_ha_risposto_e_una_volta_al_giorno(
    scena, aperto, django_capture_on_commit_callbacks
):
    da = scena.agente(scena.coordinatore)
    risponde(scena, "referente", "si", "si")
    with pytest.raises(ErroreDominio, match="meno di un giorno"):
        servizi.ricorda_sondaggio(aperto, da=da)
    with orologio.fermo(fra(days=1, minutes=1)), django_capture_on_commit_callbacks(execute=True):
        assert servizi.ricorda_sondaggio(aperto, da=da) == 2
        with pytest.raises(ErroreDominio, match="meno di un giorno"):
            servizi.ricorda_sondaggio(aperto, da=da)
    assert {m.to[0] for m in mail.outbox} == {
        "referente_altro@example.invalid",
        "rappresentante_altro@example.invalid",
    }
    assert Evento.objects.get(verbo="ricorda_sondaggio").dati["enti"] == ["comune-beta"]
    risponde(scena, "referente_altro", "si", "si")
    with orologio.fermo(fra(days=3)), pytest.raises(ErroreDominio, match="Hanno risposto tutti"):
        servizi.ricorda_sondaggio(aperto, da=da)


def test_proroga_con_motivo_anche_dopo_il_termine(scena, aperto):
    da = scena.agente(scena.coordinatore)
    with pytest.raises(ErroreDominio, match="motivazione"):
        servizi.proroga_sondaggio(aperto, scadenza=fra(days=7), motivazione=" ", da=da)
    with pytest.raises(ErroreDominio, match="dopo quello di ora"):
        servizi.proroga_sondaggio(aperto, scadenza=fra(days=4), motivazione="Ferie.", da=da)
    with orologio.fermo(fra(days=6)):
        servizi.proroga_sondaggio(aperto, scadenza=fra(days=2), motivazione="Ferie.", da=da)
        risponde(scena, "referente", "si", "si")
    evento = Evento.objects.get(verbo="proroga_sondaggio")
    assert evento.motivazione == "Ferie."
    assert RispostaSondaggio.objects.count() == 1


# ------------------------------------------------------------------------------------------ choosing
def test_fissare_la_data_convoca(scena, aperto, django_capture_on_commit_callbacks):
    risponde(scena, "referente", "si", "si")
    with django_capture_on_commit_callbacks(execute=True):
        servizi.scegli_data(scena.opzioni[1], da=scena.agente(scena.coordinatore))
    fresca = Riunione.objects.get(pk=scena.riunione.pk)
    assert (fresca.stato, fresca.inizio, fresca.luogo) == (
        "convocata",
        scena.opzioni[1].inizio,
        "Palazzo Ducale",
    )
    assert Sondaggio.objects.get().stato == "concluso"
    assert len(mail.outbox) == 4
    with pytest.raises(ErroreDominio, match="non è più aperto"):
        risponde(scena, "referente_altro", "si", "si")
    with pytest.raises(ErroreDominio):
        servizi.scegli_data(scena.opzioni[0], da=scena.agente(scena.coordinatore))


def test_una_data_passata_non_si_fissa_e_il_sondaggio_resta(scena, aperto):
    with orologio.fermo(fra(days=30)), pytest.raises(ErroreDominio) as rifiuto:
        servizi.scegli_data(scena.opzioni[0], da=scena.agente(scena.coordinatore))
    assert "passata" in rifiuto.value.mancanze[0].testo
    assert Sondaggio.objects.get().stato == "aperto"


def test_convocare_o_annullare_senza_sondaggio_lo_ritira(scena, aperto):
    da = scena.agente(scena.coordinatore)
    servizi.fissa_riunione(scena.riunione, inizio=fra(days=9), luogo="Lucca", da=da)
    servizi.convoca_riunione(scena.riunione, da=da)
    assert Sondaggio.objects.get().stato == "ritirato"


def test_annullare_la_riunione_ritira_il_sondaggio_e_lo_dice(
    scena, aperto, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        servizi.muovi_riunione(
            scena.riunione, "annulla", da=scena.agente(scena.coordinatore), motivazione="Neve."
        )
    assert len(mail.outbox) == 4
    assert "Non serve più dire quando puoi." in mail.outbox[0].body
    assert Sondaggio.objects.get().stato == "ritirato"


def test_ritirato_se_ne_apre_un_altro(scena, aperto, client):
    da = scena.agente(scena.coordinatore)
    servizi.ritira_sondaggio(aperto, motivazione="Date sbagliate.", da=da)
    client.force_login(scena.coordinatore)
    assert "Proponi" in client.get(aperto.url()).content.decode()
    nuovo = servizi.prepara_sondaggio(scena.riunione, da=da)
    assert nuovo.pk != aperto.pk


# ------------------------------------------------------------------------------------------ the pages
def test_nessuna_risposta_al_termine_dice_che_cosa_fare(scena, aperto, client):
    client.force_login(scena.coordinatore)
    with orologio.fermo(fra(days=6)):
        testo = client.get(aperto.url()).content.decode()
    assert "Nessun ente ha risposto" in testo
    assert "Dai più tempo" in testo


def test_nessuno_disponibile_dice_che_cosa_fare(scena, aperto, client):
    risponde(scena, "referente", "no", "no")
    client.force_login(scena.coordinatore)
    assert "Nessuno può in queste date" in client.get(aperto.url()).content.decode()
    risponde(scena, "referente_altro", "no", "si")
    assert "Nessuna data va bene" in client.get(aperto.url()).content.decode()


def test_giro_dal_browser(scena, riunione, client):
    client.force_login(scena.coordinatore)
    assert "Nessuna data proposta" in client.get(riunione.url("date")).content.decode()
    ieri = {"giorno": localtime(fra(days=-1)).date().isoformat(), "ora": "10:00", "durata_minuti": 90}
    rifiuto = client.post(riunione.url("date_nuova"), ieri | {"luogo": "Villa Argentina"})
    assert rifiuto.status_code == 422, "what was typed stays, with the reason above"
    assert "Questa data è già passata" in rifiuto.content.decode()
    assert "Villa Argentina" in rifiuto.content.decode()
    assert not Sondaggio.objects.exists()
    for giorni in (9, 10):
        dati = {
            "giorno": localtime(fra(days=giorni)).date().isoformat(),
            "ora": "10:00",
            "durata_minuti": 90,
        }
        assert client.post(riunione.url("date_nuova"), dati).status_code == 422
        assert client.post(riunione.url("date_nuova"), dati | {"luogo": "Lucca"}).status_code == 302
    sondaggio = Sondaggio.objects.get()
    termine = {"giorno": localtime(fra(days=4)).date().isoformat(), "ora": "12:00"}
    assert client.post(riunione.url("date_apri"), termine).status_code == 302
    scena.opzioni = list(sondaggio.opzioni.order_by("inizio"))
    client.force_login(scena.rappresentante)
    pagina = client.get(riunione.url("date_rispondi"))
    assert pagina.status_code == 200
    assert client.post(riunione.url("date_rispondi"), {"revisione": 0}).status_code == 422
    assert client.post(riunione.url("date_rispondi"), focusgroup_date.tutti_si(scena)).status_code == 302
    assert "Rappresentante Prova" in client.get(riunione.url("date")).content.decode()


@pytest.mark.parametrize(("enti", "date"), [(1, 2), (3, 2), (3, 6)])
def test_query_costanti(scena, client, django_assert_num_queries, enti, date):
    for _ in range(enti):
        PartecipazioneFactory(accordo=scena.accordo, ente=EnteFactory(ambito=scena.ambito))
    focusgroup_date.proposto(scena)
    da = scena.agente(scena.coordinatore)
    for ore in range(date - 2):
        servizi.proponi_data(scena.sondaggio, inizio=fra(days=12, hours=ore), luogo="Lucca", da=da)
    servizi.apri_sondaggio(scena.sondaggio, scadenza=fra(days=2), da=da)
    risponde(scena, "referente", *["si"] * date)
    risponde(scena, "referente_altro", *["no"] * date)
    client.force_login(scena.coordinatore)
    with django_assert_num_queries(14):
        assert client.get(scena.sondaggio.url()).status_code == 200
    client.force_login(scena.referente)
    with django_assert_num_queries(13):
        assert client.get(scena.sondaggio.url("date_rispondi")).status_code == 200


def test_attivita(scena, aperto):
    def titoli(chi):
        return [a.titolo for a in attivita.focus_group(scena.accordo, scena.agente(scena.persona(chi)))]

    scena.porta_a("focus_group")
    assert titoli("coordinatore") == ["Segui il sondaggio per la data: Piana di Lucca"]
    assert titoli("referente") == ["Di' quando il tuo ente può: Focus group: Piana di Lucca"]
    assert titoli("osservatore") == []
    risponde(scena, "rappresentante", "si", "si")
    [fatta] = attivita.focus_group(scena.accordo, scena.agente(scena.referente))
    assert fatta.fatta_il == orologio.oggi()
    with orologio.fermo(fra(days=6)):
        assert titoli("coordinatore") == ["Scegli la data del focus group: Piana di Lucca"]
        assert titoli("referente_altro") == []
