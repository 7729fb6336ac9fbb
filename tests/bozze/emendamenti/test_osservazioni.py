"""Remarks: quoted words, threads, answers; what survives when the text is written again."""

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse

from accordo.base.errori import ErroreDominio, NonAutorizzato
from bozze.interrogazioni.osservazioni import in_contesto, seguito
from bozze.models import Osservazione, Replica, Versione
from bozze.servizi import osservazioni as servizi
from bozze.testo.albero import Testo
from bozze.testo.citazioni import Sorte
from tests.bozze.emendamenti.fabbriche import albero_base, id_di, osservazione, versione

CABINA = "La cabina si riunisce"


@pytest.fixture
def pubblicata(scena):
    return versione(scena)


def _url(nome, *argomenti):
    return reverse(f"bozze:{nome}", args=["prova", *argomenti])


def seconda(scena, parole=CABINA, nuove="Il tavolo si riunisce", *, numero=2, togli=False) -> Versione:
    """Publish the text again with some words changed, or without the disposition that says them."""

    def riscrivi(nodi):
        return tuple(
            nodo.con(testo=nodo.testo.replace(parole, nuove), figli=riscrivi(nodo.figli))
            for nodo in nodi
            if not (togli and parole in nodo.testo)
        )

    albero = Testo(albero_base().titolo, albero_base().sottotitolo, riscrivi(albero_base().radici))
    fatta = Versione(accordo=scena.accordo, numero=numero, testo=albero.in_dati(), impronta=albero.impronta)
    fatta.save()
    return fatta


# ---------------------------------------------------------------------------------------------- the words quoted
def test_si_citano_parole_intere_e_si_mostrano_nel_loro_posto(scena, pubblicata):
    da = scena.agente(scena.referente)
    fatta = servizi.crea_osservazione(pubblicata, id_di(CABINA), "Poco.", "ue volte l\u2019anno", da=da)
    contesto = in_contesto(fatta)
    assert contesto.citate == fatta.citazione == "due volte l'anno"
    assert contesto.prima + contesto.citate + contesto.dopo == fatta.testo_com_era
    with pytest.raises(ErroreDominio, match="non sono nella disposizione"):
        servizi.crea_osservazione(pubblicata, id_di(CABINA), "Poco.", "tre volte", da=da)


@pytest.mark.parametrize(
    ("nuove", "sorte", "detto"),
    [
        ("La cabina di regia si riunisce", Sorte.RITROVATA, "le parole citate ci sono ancora"),
        ("La cabina decide", Sorte.RITROVATA, "le parole citate ci sono ancora"),
    ],
)
def test_l_osservazione_sopravvive_alla_riscrittura(client, scena, pubblicata, nuove, sorte, detto):
    fatta = servizi.crea_osservazione(
        pubblicata, id_di(CABINA), "Poco.", "due volte", da=scena.agente(scena.referente)
    )
    servizi.presenta_osservazione(fatta, da=scena.agente(scena.rappresentante))
    assert seguito(fatta) is None
    seconda(scena, nuove=nuove)
    trovato = seguito(Osservazione.objects.get())
    assert trovato.trovato.sorte is sorte
    client.force_login(scena.referente_altro)
    pagina = client.get(fatta.get_absolute_url()).content.decode()
    assert detto in pagina
    assert "<ins>" in pagina
    assert "<mark>" in pagina


def test_si_vede_com_era_il_testo_riscritto_o_tolto(client, scena, pubblicata):
    fatta = osservazione(scena, CABINA)
    client.force_login(scena.referente_altro)
    seconda(scena)
    pagina = client.get(fatta.get_absolute_url()).content.decode()
    assert "Da allora il testo è cambiato." in pagina
    assert "<del>" in pagina
    seconda(scena, numero=3, togli=True)
    assert (
        "La disposizione non c’è nella versione 3." in client.get(fatta.get_absolute_url()).content.decode()
    )
    assert seguito(fatta).altrove == ""


def test_le_parole_passate_a_un_altra_disposizione_si_indicano_soltanto(scena, pubblicata):
    da = scena.agente(scena.referente)
    fatta = servizi.crea_osservazione(
        pubblicata, id_di("La partecipazione"), "Bene.", "non dà diritto a compensi", da=da
    )
    Versione(accordo=scena.accordo, numero=2, testo=_scambia(albero_base()).in_dati(), impronta="x").save()
    trovato = seguito(fatta)
    assert trovato.trovato.sorte is Sorte.RISCRITTA
    assert trovato.altrove_id == id_di(CABINA)
    assert fatta.disposizione_id == id_di("La partecipazione")


def _scambia(testo: Testo) -> Testo:
    """Move the words on fees from their comma to the one before."""

    def visita(nodi):
        esito = []
        for nodo in nodi:
            parole = nodo.testo
            if parole.startswith(CABINA):
                parole += " La presenza non dà diritto a compensi."
            elif parole.startswith("La partecipazione"):
                parole = "La partecipazione è libera."
            esito.append(nodo.con(testo=parole, figli=visita(nodo.figli)))
        return tuple(esito)

    return Testo(testo.titolo, testo.sottotitolo, visita(testo.radici))


# ---------------------------------------------------------------------------------------------- the thread
def test_si_discute_e_chi_e_intervenuto_lo_sa(client, scena, pubblicata, django_capture_on_commit_callbacks):
    fatta = osservazione(scena, CABINA)
    for chi in (scena.referente_altro, scena.osservatore, scena.coordinatore):
        client.force_login(chi)
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            risposta = client.post(_url("osservazione_replica", fatta.pk), {"replica": f"Parola di {chi}."})
        assert risposta.status_code == 302
    assert [r.ente for r in Replica.objects.all()] == [
        scena.ente_b,
        scena.ente_osservatore,
        scena.provincia,
    ]
    destinatari = {indirizzo for lettera in mail.outbox for indirizzo in (*lettera.to, *lettera.bcc)}
    attesi = {scena.referente, scena.rappresentante, scena.referente_altro, scena.osservatore}
    assert {utente.email for utente in attesi} <= destinatari
    assert scena.coordinatore.email not in destinatari
    pagina = client.get(fatta.get_absolute_url()).content.decode()
    assert pagina.count('<li id="replica-') == 3
    assert "Coordina</span>" in pagina


def test_una_replica_non_si_cambia_nemmeno_nel_database(scena, pubblicata):
    scena.accordo.dimostrativo = False
    scena.accordo.save()
    fatta = servizi.replica(osservazione(scena, CABINA), "Mia.", da=scena.agente(scena.referente_altro))
    with pytest.raises(DatabaseError), transaction.atomic():
        Replica.objects.filter(pk=fatta.pk).update(testo="Altra.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Replica.objects.filter(pk=fatta.pk).delete()


def test_chi_non_vede_non_replica_e_nulla_si_perde(client, scena, pubblicata):
    privata = osservazione(scena, CABINA, presenta=False)
    client.force_login(scena.referente_altro)
    assert client.post(_url("osservazione_replica", privata.pk), {"replica": "x"}).status_code == 404
    client.force_login(scena.referente)
    risposta = client.post(_url("osservazione_replica", privata.pk), {"replica": "Parole mie."})
    assert risposta.status_code == 422
    servizi.presenta_osservazione(privata, da=scena.agente(scena.rappresentante))
    Versione(accordo=scena.accordo, numero=2, definitiva=True, testo={}, impronta="x").save()
    risposta = client.post(_url("osservazione_replica", privata.pk), {"replica": "Parole mie <b>qui</b>."})
    pagina = risposta.content.decode()
    assert risposta.status_code == 422
    assert "Parole mie &lt;b&gt;qui&lt;/b&gt;." in pagina
    assert "è pubblicata" in pagina
    assert not Replica.objects.exists()


def test_la_risposta_ha_un_esito(client, scena, pubblicata):
    fatta = osservazione(scena, CABINA)
    client.force_login(scena.coordinatore)
    senza = client.post(fatta.get_absolute_url(), {"risposta": "Parole della risposta."})
    assert senza.status_code == 422
    assert "Parole della risposta." in senza.content.decode()
    assert (
        client.post(
            fatta.get_absolute_url(), {"risposta": "Parole della risposta.", "esito": "recepita"}
        ).status_code
        == 302
    )
    fatta.refresh_from_db()
    assert (fatta.stato, fatta.esito) == ("risposta", "recepita")
    client.force_login(scena.referente)
    assert "Recepita: il testo cambia" in client.get(fatta.get_absolute_url()).content.decode()
    with pytest.raises(ErroreDominio, match="esito"):
        servizi.rispondi(fatta, "Sì.", "boh", da=scena.agente(scena.coordinatore))


# ---------------------------------------------------------------------------------------------- while one writes
def test_il_testo_cambia_mentre_si_scrive(client, scena, pubblicata):
    """The words typed stay, the change is shown, and only a second click writes on the new text."""
    client.force_login(scena.referente)
    url = _url("osservazione_nuova", id_di(CABINA))
    dati = {"testo": "Parole mie.", "citazione": "due volte", "versione": "1"}
    seconda(scena)
    risposta = client.post(url, dati)
    pagina = risposta.content.decode()
    assert risposta.status_code == 422
    assert "è uscita la versione 2" in pagina
    assert "Parole mie." in pagina
    assert "<del>" in pagina
    assert not Osservazione.objects.exists()
    assert client.post(url, {**dati, "versione": "2"}).status_code == 302
    assert Osservazione.objects.get().versione.numero == 2


def test_la_disposizione_sparisce_mentre_si_scrive(client, scena, pubblicata):
    client.force_login(scena.referente)
    seconda(scena, togli=True)
    risposta = client.post(
        _url("osservazione_nuova", id_di(CABINA)), {"testo": "Parole mie.", "versione": "1"}
    )
    assert risposta.status_code == 422
    assert "Parole mie." in risposta.content.decode()
    assert "non c’è più" in risposta.content.decode()


def test_il_termine_passa_mentre_si_scrive(client, scena, pubblicata):
    client.force_login(scena.osservatore)
    scena.porta_a("proposta_definitiva")
    risposta = client.post(
        _url("osservazione_nuova", id_di(CABINA)), {"testo": "Parole <script>mie</script>.", "versione": "1"}
    )
    pagina = risposta.content.decode()
    assert risposta.status_code == 422
    assert "è chiusa" in pagina
    assert "Parole &lt;script&gt;mie&lt;/script&gt;." in pagina


def test_una_bozza_sul_testo_vecchio_passa_al_nuovo_se_qualcuno_la_salva(client, scena, pubblicata):
    fatta = osservazione(scena, CABINA, presenta=False)
    seconda(scena, "due volte", "tre volte")
    client.force_login(scena.rappresentante)
    pagina = client.get(fatta.get_absolute_url()).content.decode()
    assert "portarla sul testo di oggi" in pagina
    dati = {"testo": "Non è chiaro.", "citazione": CABINA, "revisione": fatta.revisione, "versione": "2"}
    assert client.post(_url("osservazione_modifica", fatta.pk), dati).status_code == 302
    fatta.refresh_from_db()
    assert fatta.versione.numero == 2
    assert "tre volte" in fatta.testo_com_era
    assert client.post(_url("osservazione_presenta", fatta.pk)).status_code == 302


def test_chi_osserva_soltanto_non_emenda(client, scena, pubblicata):
    client.force_login(scena.osservatore)
    assert client.get(_url("osservazione_nuova", id_di(CABINA))).status_code == 200
    assert client.get(_url("emendamento_nuovo", id_di(CABINA))).status_code == 404
    dati = {"azione": "sopprimi", "motivazione": "Via."}
    assert client.post(_url("emendamento_nuovo", id_di(CABINA)), dati).status_code == 404
    fuori = scena.agente(scena.coordinatore_altro)
    with pytest.raises(NonAutorizzato):
        servizi.replica(osservazione(scena, CABINA), "Mia.", da=fuori)


def test_si_sceglie_una_frase_senza_javascript(client, scena, pubblicata):
    seconda(scena, "due volte l'anno.", "due volte l'anno. Decide a maggioranza. Scrive; e pubblica.")
    client.force_login(scena.referente)
    url = _url("osservazione_nuova", id_di(CABINA))
    assert "Decide a maggioranza." in client.get(url).content.decode()
    assert client.post(url, {"testo": "Mah.", "frase": "1", "versione": "2"}).status_code == 302
    assert Osservazione.objects.get().citazione == "Decide a maggioranza."


def test_le_parole_dell_indirizzo_sono_gia_nel_modulo(client, scena, pubblicata):
    client.force_login(scena.referente)
    url = _url("osservazione_nuova", id_di(CABINA))
    pagina = client.get(url, {"cita": 'due volte "><script>', "posto": "0"}).content.decode()
    assert "due volte &quot;&gt;&lt;script&gt;" in pagina
    assert client.get(url, {"posto": "²"}).status_code == 200


@pytest.mark.parametrize("quante", [1, 3])
def test_le_query_del_filo_non_crescono(client, scena, pubblicata, django_assert_max_num_queries, quante):
    fatta = osservazione(scena, CABINA)
    for _ in range(quante):
        servizi.replica(fatta, "Mia.", da=scena.agente(scena.referente_altro))
    client.force_login(scena.referente)
    client.get(fatta.get_absolute_url())
    with django_assert_max_num_queries(34):
        client.get(fatta.get_absolute_url())
