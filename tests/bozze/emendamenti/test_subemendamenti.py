"""Sub-amendments: written, numbered for good, decided before their amendment, and what they change in it."""

from datetime import date, datetime

import pytest

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from bozze.incontri import operazioni_di
from bozze.interrogazioni.firme import subemendamenti_visibili_a
from bozze.models import Subemendamento
from bozze.servizi import emendamenti as servizi
from bozze.servizi import esame, firme
from bozze.servizi import subemendamenti as sub
from bozze.testo.operazioni import Sopprimi, SostituisciParole, da_dati
from tests.bozze.emendamenti.fabbriche import (
    ANNO_E_MEZZO,
    aggiungi,
    cambia,
    emendamento,
    id_di,
    sopprimi,
    subemendamento,
    versione,
)


@pytest.fixture
def presentato(scena):
    versione(scena)
    return emendamento(scena, cambia("ogni due anni", "ogni anno"))


@pytest.fixture
def coordinatore(scena):
    return scena.agente(scena.coordinatore)


def test_si_presenta_con_il_numero_dell_emendamento(
    scena, presentato, django_capture_on_commit_callbacks, mailoutbox
):
    bozza = subemendamento(scena, presentato, presenta=False)
    assert bozza.disposto.startswith('All\'emendamento 1.1, la parola "anno" è sostituita')
    with pytest.raises(NonAutorizzato):
        sub.presenta_subemendamento(bozza, da=scena.agente(scena.referente_altro))
    with django_capture_on_commit_callbacks(execute=True):
        sub.presenta_subemendamento(bozza, da=scena.agente(scena.rappresentante_altro))
    assert bozza.sigla == "1.1.1"
    assert mailoutbox[0].subject == "Subemendamento 1.1.1 al vostro emendamento"
    sub.ritira_subemendamento(bozza, "Ci ripensiamo.", da=scena.agente(scena.rappresentante_altro))
    assert subemendamento(scena, presentato).sigla == "1.1.2"


def test_la_bozza_la_vede_solo_il_suo_ente(scena, presentato):
    bozza = subemendamento(scena, presentato, presenta=False)

    def vede(chi):
        return subemendamenti_visibili_a(scena.agente(chi), scena.accordo).filter(pk=bozza.pk).exists()

    assert vede(scena.referente_altro)
    assert not vede(scena.referente)
    assert not vede(scena.coordinatore)
    sub.presenta_subemendamento(bozza, da=scena.agente(scena.rappresentante_altro))
    assert vede(scena.referente)
    assert not vede(scena.coordinatore_altro)


def test_accolto_cambia_le_parole_che_l_emendamento_porta(scena, presentato, coordinatore):
    proposto = subemendamento(scena, presentato)
    scena.porta_a("proposta_definitiva")
    with pytest.raises(ErroreDominio) as errore:
        esame.decidi_emendamento(presentato, "accolto", "Va bene.", da=coordinatore)
    assert "Prima si decide sul subemendamento 1.1.1" in errore.value.mancanze[0].testo
    sub.decidi_subemendamento(proposto, "accolto", "Più realistico.", da=coordinatore)
    presentato.refresh_from_db()
    assert '"anno e mezzo"' in presentato.disposto_emendato
    assert '"anno"' in presentato.disposto
    esame.decidi_emendamento(presentato, "accolto", "Va bene.", da=coordinatore)
    definitiva = esame.pubblica_proposta_definitiva(scena.accordo, da=coordinatore)
    assert "ogni anno e mezzo dalla segreteria" in definitiva.albero.trova(id_di("ogni due anni")).testo


def test_rimetterlo_in_esame_rende_all_emendamento_le_sue_parole(scena, presentato, coordinatore):
    proposto = subemendamento(scena, presentato)
    scena.porta_a("proposta_definitiva")
    sub.decidi_subemendamento(proposto, "accolto", "Sì.", da=coordinatore)
    sub.rimetti_subemendamento(proposto, "Ci ripensiamo.", da=coordinatore)
    presentato.refresh_from_db()
    assert (presentato.emendate, presentato.disposto_emendato) == (None, "")
    assert (proposto.stato, proposto.deciso_il, proposto.motivazione_esito) == ("presentato", None, "")


def test_si_decide_prima_dell_emendamento_e_non_dopo(scena, presentato, coordinatore):
    proposto = subemendamento(scena, presentato)
    with pytest.raises(ErroreDominio):
        sub.decidi_subemendamento(proposto, "accolto", "Sì.", da=coordinatore)
    scena.porta_a("proposta_definitiva")
    with pytest.raises(NonAutorizzato):
        sub.decidi_subemendamento(proposto, "accolto", "Sì.", da=scena.agente(scena.rappresentante))
    sub.decidi_subemendamento(proposto, "respinto", "No.", da=coordinatore)
    presentato.refresh_from_db()
    esame.decidi_emendamento(presentato, "accolto", "Va bene.", da=coordinatore)
    with pytest.raises(ErroreDominio) as errore:
        sub.decidi_subemendamento(proposto, "accolto", "Anzi sì.", da=coordinatore)
    assert "si decidono prima" in errore.value.mancanze[0].testo


@pytest.mark.parametrize("come", ["respinto", "ritiro"])
def test_cade_con_l_emendamento_e_torna_con_lui(scena, presentato, coordinatore, come):
    proposto = subemendamento(scena, presentato)
    firme.sottoscrivi(presentato, da=scena.agente(scena.rappresentante_altro))
    if come == "ritiro":
        servizi.ritira_emendamento(presentato, "Rinunciamo.", da=scena.agente(scena.rappresentante))
    scena.porta_a("proposta_definitiva")
    if come == "respinto":
        esame.decidi_emendamento(presentato, "respinto", "No.", da=coordinatore)
    proposto.refresh_from_db()
    assert proposto.stato == "precluso"
    assert (
        proposto.motivazione_esito
        == f"L'emendamento 1.1 è {'respinto' if come == 'respinto' else 'ritirato'}."
    )
    if come == "respinto":
        esame.rimetti_in_esame(presentato, "Riprendiamo.", da=coordinatore)
    else:
        firme.fai_proprio(presentato, "Serve.", da=scena.agente(scena.rappresentante_altro))
    proposto.refresh_from_db()
    assert (proposto.stato, proposto.motivazione_esito, proposto.segue_emendamento) == (
        "presentato",
        "",
        False,
    )


def test_due_che_si_scontrano_non_si_accolgono_insieme(scena, presentato, coordinatore):
    uno = subemendamento(scena, presentato)
    altro = subemendamento(scena, presentato, [SostituisciParole("punto-1", "anno", "mese", 0)], chi="")
    scena.porta_a("proposta_definitiva")
    with pytest.raises(ErroreDominio):
        sub.decidi_subemendamento(altro, "precluso", "No.", da=coordinatore)
    sub.decidi_subemendamento(uno, "accolto", "Sì.", da=coordinatore)
    with pytest.raises(ErroreDominio) as errore:
        sub.decidi_subemendamento(altro, "accolto", "Anche.", da=coordinatore)
    assert "1.1.1 è già accolto" in errore.value.mancanze[0].testo
    sub.decidi_subemendamento(altro, "precluso", "È accolto l'altro.", da=coordinatore)
    assert altro.stato == "precluso"


def test_si_oppone_a_una_parte(scena, coordinatore):
    versione(scena)
    em = emendamento(scena, [*cambia("ogni due anni", "ogni anno"), *sopprimi("La partecipazione")])
    assert len(em.operazioni) == 2
    proposto = subemendamento(scena, em, [Sopprimi("punto-2")])
    assert proposto.disposto == "All'emendamento 1.1, il punto 2 è soppresso."
    with pytest.raises(ErroreDominio, match="non resterebbe nulla"):
        sub.crea_subemendamento(
            em, [Sopprimi("punto-1"), Sopprimi("punto-2")], "No.", da=scena.agente(scena.referente_altro)
        )
    scena.porta_a("proposta_definitiva")
    sub.decidi_subemendamento(proposto, "accolto", "Sì.", da=coordinatore)
    em.refresh_from_db()
    esame.decidi_emendamento(em, "accolto", "Va bene.", da=coordinatore)
    assert operazioni_di(em) == [da_dati(em.operazioni[0])]
    definitiva = esame.pubblica_proposta_definitiva(scena.accordo, da=coordinatore)
    assert definitiva.albero.trova(id_di("La partecipazione")) is not None


def test_dentro_un_comma_nuovo(scena, coordinatore):
    versione(scena)
    em = emendamento(scena, aggiungi("Le Parti coordinano", "Le Parti si informano ogni mese."))
    nuovo = em.operazioni[0]["nuovo"]["id"]
    inizio = "Le Parti si informano ogni mese.".index("mese")
    proposto = subemendamento(scena, em, [SostituisciParole(nuovo, "mese", "settimana", inizio)])
    assert proposto.disposto.startswith("All'emendamento 1.1, comma 1-bis, la parola")


def test_il_termine_e_tre_giorni_dopo_quello_degli_emendamenti(scena, presentato):
    scena.scadenza("osservazioni", date(2026, 10, 15))
    with orologio.fermo(datetime(2026, 10, 18, 23, 59)):
        in_tempo = subemendamento(scena, presentato)
        tardi = subemendamento(scena, presentato, presenta=False)
    with orologio.fermo(datetime(2026, 10, 19, 0, 1)):
        with pytest.raises(ErroreDominio) as errore:
            sub.presenta_subemendamento(tardi, da=scena.agente(scena.rappresentante_altro))
        assert "scaduto il 18/10/2026" in errore.value.mancanze[0].testo
    tardi.refresh_from_db()
    assert (in_tempo.stato, tardi.stato) == ("presentato", "bozza")


def test_non_su_un_emendamento_in_bozza_o_gia_deciso(scena, presentato, coordinatore):
    bozza = emendamento(scena, sopprimi("La partecipazione"), presenta=False)
    with pytest.raises(ErroreDominio):
        sub.crea_subemendamento(bozza, [Sopprimi("punto-1")], "No.", da=scena.agente(scena.referente_altro))
    scena.porta_a("proposta_definitiva")
    esame.decidi_emendamento(presentato, "respinto", "No.", da=coordinatore)
    with pytest.raises(ErroreDominio):
        subemendamento(scena, presentato)


def test_due_colleghi_sulla_stessa_bozza(scena, presentato):
    bozza = subemendamento(scena, presentato, presenta=False)
    da = scena.agente(scena.referente_altro)
    dati = {"motivazione": "Meglio.", "revisione": bozza.revisione, "da": da}
    sub.modifica_subemendamento(bozza, [SostituisciParole("punto-1", "anno", "mese", 0)], **dati)
    with pytest.raises(StatoCambiato):
        sub.modifica_subemendamento(bozza, ANNO_E_MEZZO, **dati)
    assert "mese" in Subemendamento.objects.get().disposto


def test_il_banco_li_mostra_prima_dell_emendamento(client, scena):
    """The coordinator meets them where the amendment is decided, with who has signed it."""
    versione(scena)
    em = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    sub = subemendamento(scena, em)
    scena.porta_a("proposta_definitiva")
    client.force_login(scena.coordinatore)
    corpo = client.get(f"/accordi/prova/esame/{em.sezione_id}/?apri={em.pk}").content.decode()
    aperto = corpo[corpo.index('id="aperto"') : corpo.index('name="esito"')]
    assert sub.get_absolute_url() in aperto
    assert "anno e mezzo" in aperto
