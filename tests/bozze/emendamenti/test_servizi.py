"""What a body may write, until when, and who sees it."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.iter.models import Evento
from bozze.interrogazioni.emendamenti import (
    emendamenti_visibili_a,
    osservazioni_visibili_a,
)
from bozze.models import Contributo, Emendamento
from bozze.servizi import emendamenti as servizi
from bozze.servizi import osservazioni as servizi_osservazioni
from bozze.testo.operazioni import Posizione
from tests.bozze.emendamenti.fabbriche import (
    aggiungi,
    cambia,
    emendamento,
    id_di,
    osservazione,
    sopprimi,
    versione,
)


@pytest.fixture
def pubblicata(scena):
    return versione(scena)


def test_il_sistema_scrive_la_formula(scena, pubblicata):
    em = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    assert em.sigla == "1.1"
    assert em.dove == "articolo 1, comma 2"
    assert em.tipo == "modificativo"
    assert "articolo 1, comma 2" in em.disposto
    assert "due anni" in em.disposto
    assert em.sintesi.startswith("Cambia «")


@pytest.mark.parametrize(
    ("fatte", "tipo", "sigla"),
    [
        (lambda: sopprimi("La partecipazione"), "soppressivo", "2.1"),
        (lambda: aggiungi("La partecipazione", "La cabina pubblica i verbali."), "aggiuntivo", "2.1"),
        (lambda: aggiungi("Oggetto", "Un comma nuovo.", Posizione.IN_FONDO), "aggiuntivo", "1.1"),
        (lambda: aggiungi("Oggetto", "Primo.\nSecondo.", Posizione.DOPO, "Finalità"), "aggiuntivo", "1.1"),
        (lambda: cambia("Esiti", "Risultati"), "modificativo", "All. A.1"),
        (lambda: cambia("un bene comune", "un diritto"), "modificativo", "Prem.1"),
    ],
)
def test_ogni_genere_si_scrive_e_si_numera(scena, pubblicata, fatte, tipo, sigla):
    em = emendamento(scena, fatte())
    assert (em.tipo, em.sigla) == (tipo, sigla)
    assert em.disposto


def test_il_numero_si_prende_quando_si_presenta(scena, pubblicata):
    primo = emendamento(scena, cambia("ogni due anni", "ogni anno"), presenta=False)
    secondo = emendamento(scena, sopprimi("Le Parti coordinano"), chi="altro")
    assert primo.numero is None
    assert secondo.sigla == "1.1"
    servizi.presenta_emendamento(primo, da=scena.agente(scena.rappresentante))
    assert primo.sigla == "1.2"


def test_chi_promuove_e_chi_non_firma_non_emendano(scena, pubblicata):
    for chi in (scena.coordinatore, scena.osservatore, scena.coordinatore_altro):
        with pytest.raises(NonAutorizzato):
            servizi.crea_emendamento(pubblicata, sopprimi("La partecipazione"), "x", da=scena.agente(chi))


def test_il_referente_prepara_e_il_rappresentante_presenta(scena, pubblicata):
    em = emendamento(scena, sopprimi("La partecipazione"), presenta=False)
    with pytest.raises(NonAutorizzato):
        servizi.presenta_emendamento(em, da=scena.agente(scena.referente))
    with pytest.raises(NonAutorizzato):
        servizi.presenta_emendamento(em, da=scena.agente(scena.rappresentante_altro))
    servizi.presenta_emendamento(em, da=scena.agente(scena.rappresentante))
    assert em.stato == "presentato"


def test_la_motivazione_e_la_modifica_sono_obbligatorie(scena, pubblicata):
    agente = scena.agente(scena.referente)
    with pytest.raises(ErroreDominio, match="motivazione"):
        servizi.crea_emendamento(pubblicata, sopprimi("La partecipazione"), "  ", da=agente)
    with pytest.raises(ErroreDominio, match="non cambia nulla"):
        servizi.crea_emendamento(pubblicata, [], "x", da=agente)
    with pytest.raises(ErroreDominio):
        servizi.crea_emendamento(
            pubblicata, [{"operazione": "sopprimi", "bersaglio": "altro"}], "x", da=agente
        )
    assert not Emendamento.objects.exists()


def test_il_termine_vale_quando_si_presenta(scena, pubblicata):
    """A draft made before the deadline cannot be presented after it."""
    scena.scadenza("osservazioni", datetime(2026, 10, 15).date())
    with orologio.fermo(datetime(2026, 10, 15, 23, 59)):
        in_tempo = emendamento(scena, sopprimi("La partecipazione"))
        tardi = emendamento(scena, sopprimi("Le Parti coordinano"), presenta=False)
    with orologio.fermo(datetime(2026, 10, 16, 0, 1)):
        with pytest.raises(ErroreDominio) as errore:
            servizi.presenta_emendamento(tardi, da=scena.agente(scena.rappresentante))
        assert "scaduto" in errore.value.mancanze[0].testo
        with pytest.raises(ErroreDominio):
            emendamento(scena, sopprimi("La cabina"), presenta=False)
    assert in_tempo.stato == "presentato"
    tardi.refresh_from_db()
    assert tardi.stato == "bozza"


def test_fuori_fase_non_si_propone(scena):
    pubblicata = versione(scena, fase="bozza")
    with pytest.raises(ErroreDominio) as errore:
        emendamento(scena, sopprimi("La partecipazione"), versione=pubblicata)
    assert "non è ancora aperta" in errore.value.mancanze[0].testo


def test_due_persone_sulla_stessa_proposta(scena, pubblicata):
    em = emendamento(scena, cambia("ogni due anni", "ogni anno"), presenta=False)
    vista = em.revisione
    servizi.modifica_emendamento(
        em, cambia("ogni due anni", "ogni mese"), "Meglio.", revisione=vista, da=scena.agente(scena.referente)
    )
    with pytest.raises(StatoCambiato):
        servizi.modifica_emendamento(
            em, cambia("ogni due anni", "mai"), "No.", revisione=vista, da=scena.agente(scena.rappresentante)
        )


def test_presentare_due_volte_si_puo_una(scena, pubblicata):
    em = emendamento(scena, sopprimi("La partecipazione"), presenta=False)
    altra_vista = Emendamento.objects.get(pk=em.pk)
    servizi.presenta_emendamento(em, da=scena.agente(scena.rappresentante))
    with pytest.raises(StatoCambiato):
        servizi.presenta_emendamento(altra_vista, da=scena.agente(scena.rappresentante))
    assert Emendamento.objects.filter(numero=1).count() == 1


def test_si_ritira_con_una_motivazione_e_per_sempre(scena, pubblicata):
    em = emendamento(scena, sopprimi("La partecipazione"))
    with pytest.raises(ErroreDominio):
        servizi.ritira_emendamento(em, " ", da=scena.agente(scena.rappresentante))
    servizi.ritira_emendamento(em, "Aderiamo a un altro.", da=scena.agente(scena.rappresentante))
    assert (em.stato, em.motivazione_esito, em.sigla) == ("ritirato", "Aderiamo a un altro.", "2.1")


def test_le_bozze_le_vede_solo_l_ente(scena, pubblicata):
    em = emendamento(scena, sopprimi("La partecipazione"), presenta=False)
    oss = osservazione(scena, "La cabina si riunisce", presenta=False)

    def vede(chi):
        agente = scena.agente(chi)
        emendamenti = emendamenti_visibili_a(agente, scena.accordo).filter(pk=em.pk).exists()
        assert osservazioni_visibili_a(agente, scena.accordo).filter(pk=oss.pk).exists() == emendamenti
        return emendamenti

    assert vede(scena.referente)
    assert vede(scena.rappresentante)
    for chi in (scena.coordinatore, scena.referente_altro, scena.osservatore, scena.coordinatore_altro):
        assert not vede(chi)
    servizi.presenta_emendamento(em, da=scena.agente(scena.rappresentante))
    servizi_osservazioni.presenta_osservazione(oss, da=scena.agente(scena.rappresentante))
    for chi in (scena.coordinatore, scena.referente_altro, scena.osservatore):
        assert vede(chi)
    assert not vede(scena.coordinatore_altro)


# ---------------------------------------------------------------------------------------------- remarks
def test_osserva_anche_chi_non_firma(scena, pubblicata):
    agente = scena.agente(scena.osservatore)
    oss = servizi_osservazioni.crea_osservazione(pubblicata, id_di("Le Parti coordinano"), "Bene.", da=agente)
    servizi_osservazioni.presenta_osservazione(oss, da=agente)
    assert oss.stato == "presentata"
    assert oss.testo_com_era == "Le Parti coordinano i propri interventi."


def test_la_citazione_sta_nel_testo(scena, pubblicata):
    agente = scena.agente(scena.referente)
    with pytest.raises(ErroreDominio, match="non sono nella disposizione"):
        servizi_osservazioni.crea_osservazione(
            pubblicata, id_di("Le Parti coordinano"), "Bene.", "parole mai scritte", da=agente
        )


def test_risponde_solo_chi_coordina(scena, pubblicata, django_capture_on_commit_callbacks, mailoutbox):
    oss = osservazione(scena, "La cabina si riunisce")
    with pytest.raises(NonAutorizzato):
        servizi_osservazioni.rispondi(oss, "No.", da=scena.agente(scena.rappresentante))
    with django_capture_on_commit_callbacks(execute=True):
        servizi_osservazioni.rispondi(oss, "Si chiarirà.", da=scena.agente(scena.coordinatore))
    assert (oss.stato, oss.risposta) == ("risposta", "Si chiarirà.")
    assert {m.to[0] for m in mailoutbox} == {"referente@example.invalid", "rappresentante@example.invalid"}


# ---------------------------------------------------------------------------------------------- each body's part
def test_confermare_presenta_tutto(scena, pubblicata):
    em = emendamento(scena, sopprimi("La partecipazione"), presenta=False)
    osservazione(scena, "La cabina si riunisce", presenta=False)
    contributo = Contributo.objects.get(accordo=scena.accordo, ente=scena.ente_a)
    assert contributo.stato == "in_corso"
    with pytest.raises(NonAutorizzato):
        servizi.conferma_contributo(contributo, da=scena.agente(scena.referente))
    servizi.conferma_contributo(contributo, da=scena.agente(scena.rappresentante))
    em.refresh_from_db()
    assert (em.stato, contributo.stato, contributo.senza_proposte) == ("presentato", "confermato", False)
    evento = Evento.objects.filter(accordo=scena.accordo).order_by("-numero").first()
    assert (evento.verbo, evento.dati) == ("conferma_contributo", {"emendamenti": 1, "osservazioni": 1})


def test_confermare_senza_proposte_lo_dichiara(scena, pubblicata):
    contributo = Contributo.objects.get(accordo=scena.accordo, ente=scena.ente_b)
    servizi.conferma_contributo(contributo, da=scena.agente(scena.rappresentante_altro))
    assert contributo.senza_proposte
    with pytest.raises(ErroreDominio, match="già confermato"):
        emendamento(scena, sopprimi("La partecipazione"), chi="altro", presenta=False)
    servizi.riapri_contributo(contributo, "Manca una cosa.", da=scena.agente(scena.rappresentante_altro))
    assert emendamento(scena, sopprimi("La partecipazione"), chi="altro").sigla == "2.1"


def test_avviare_due_volte_non_raddoppia(scena, pubblicata):
    servizi.avvia_osservazioni(scena.accordo, scena.agente(scena.coordinatore))
    enti = Contributo.objects.filter(accordo=scena.accordo).values_list("ente__codice", flat=True)
    assert sorted(enti) == ["azienda-usl", "comune-alfa", "comune-beta"]


# ---------------------------------------------------------------------------------------------- the database too
@pytest.mark.parametrize(
    "campi",
    [
        {"stato": "presentato"},
        {"stato": "accolto", "numero": 1},
        {"stato": "respinto", "motivazione_esito": ""},
        {"stato": "riformulato"},
        {"ritirato_dal_proponente": True},
    ],
)
def test_gli_stati_impossibili_li_rifiuta_anche_il_database(scena, pubblicata, campi):
    em = emendamento(scena, sopprimi("La partecipazione"), presenta=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Emendamento.objects.filter(pk=em.pk).update(**campi)
