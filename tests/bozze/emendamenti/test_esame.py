"""The desk: collisions, outcomes, changes of mind, the consolidated text."""

import pytest

from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from bozze.interrogazioni.esame import banco
from bozze.models import Emendamento, Versione
from bozze.servizi import emendamenti as servizi
from bozze.servizi import esame, riformulazioni
from bozze.testo.operazioni import Posizione, da_dati
from tests.bozze.emendamenti.fabbriche import aggiungi, cambia, emendamento, id_di, sopprimi, versione


@pytest.fixture
def due(scena):
    """Two amendments that change the same words, and the phase in which they are decided."""
    versione(scena)
    uno = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    altro = emendamento(scena, cambia("ogni due anni", "ogni sei mesi"), chi="altro")
    scena.porta_a("proposta_definitiva")
    return uno, altro


@pytest.fixture
def coordinatore(scena):
    return scena.agente(scena.coordinatore)


def _comma(versione: Versione, parole: str) -> str:
    return versione.albero.indice[id_di(parole)].nodo.testo


def test_chi_coordina_decide_con_una_motivazione(scena, due, coordinatore):
    uno, _ = due
    with pytest.raises(NonAutorizzato):
        esame.decidi_emendamento(uno, "accolto", "Va bene.", da=scena.agente(scena.rappresentante_altro))
    with pytest.raises(ErroreDominio):
        esame.decidi_emendamento(uno, "accolto", "  ", da=coordinatore)
    esame.decidi_emendamento(uno, "accolto", "Va bene.", da=coordinatore)
    assert (uno.stato, uno.motivazione_esito, uno.deciso_da) == ("accolto", "Va bene.", scena.coordinatore)


def test_due_che_si_scontrano_non_si_accolgono_insieme(due, coordinatore):
    uno, altro = due
    with pytest.raises(ErroreDominio):
        esame.decidi_emendamento(altro, "precluso", "No.", da=coordinatore)
    esame.decidi_emendamento(uno, "accolto", "Va bene.", da=coordinatore)
    altro.refresh_from_db()
    assert altro.stato == "accantonato"
    for esito, parole in (("accolto", None), ("riformulato", "mese")):
        with pytest.raises(ErroreDominio):
            esame.decidi_emendamento(altro, esito, "Anche questo.", parole, da=coordinatore)
    esame.decidi_emendamento(altro, "precluso", "Cambia le stesse parole.", da=coordinatore)
    assert altro.a_causa_di == uno


def test_gli_esiti_impossibili_restano_in_vista_con_il_perche(due, coordinatore):
    uno, altro = due
    prima = {e.valore: e for e in banco(altro.versione, altro.sezione_id).esiti(altro)}
    assert prima["accolto"].possibile
    assert not prima["precluso"].possibile
    assert prima["precluso"].nota == "Nessun emendamento accolto lo impedisce."
    esame.decidi_emendamento(uno, "accolto", "Va bene.", da=coordinatore)
    altro.refresh_from_db()
    dopo = {e.valore: e for e in banco(altro.versione, altro.sezione_id).esiti(altro)}
    assert [v for v, e in dopo.items() if e.possibile] == ["respinto", "ritirato", "assorbito", "precluso"]
    assert "1.1" in dopo["accolto"].nota


def test_tornare_indietro_riporta_in_esame_chi_ne_dipendeva(due, coordinatore):
    uno, altro = due
    esame.decidi_emendamento(uno, "accolto", "Va bene.", da=coordinatore)
    altro.refresh_from_db()
    esame.decidi_emendamento(altro, "precluso", "Cambia le stesse parole.", da=coordinatore)
    esame.decidi_emendamento(uno, "respinto", "Ci abbiamo ripensato.", da=coordinatore)
    altro.refresh_from_db()
    assert (altro.stato, altro.motivazione_esito, altro.a_causa_di, altro.deciso_il) == (
        "presentato",
        "",
        None,
        None,
    )
    esame.decidi_emendamento(altro, "accolto", "Meglio questo.", da=coordinatore)
    assert altro.stato == "accolto"


def test_riformulare_vuole_parole_nuove_e_il_consenso(scena, due, coordinatore):
    uno, _ = due
    for parole in (None, "", "anno"):
        with pytest.raises(ErroreDominio):
            esame.decidi_emendamento(uno, "riformulato", "Meglio dire così.", parole, da=coordinatore)
    proposta = esame.decidi_emendamento(
        uno, "riformulato", "Meglio dire così.", "anno, entro marzo,", da=coordinatore
    )
    uno.refresh_from_db()
    assert uno.stato == "presentato"
    riformulazioni.accetta_riformulazione(proposta, da=scena.agente(scena.rappresentante))
    uno.refresh_from_db()
    assert uno.stato == "riformulato"
    assert "entro marzo" in uno.disposto_riformulato
    assert "entro marzo" not in uno.disposto
    esame.decidi_emendamento(uno, "accolto", "Meglio com'era.", da=coordinatore)
    assert uno.riformulazione is None


def test_due_coordinatori_insieme(due, coordinatore):
    uno, _ = due
    altra_vista = Emendamento.objects.get(pk=uno.pk)
    esame.decidi_emendamento(uno, "accolto", "Va bene.", da=coordinatore)
    with pytest.raises(StatoCambiato):
        esame.decidi_emendamento(altra_vista, "respinto", "No.", da=coordinatore)


def test_chi_si_e_ritirato_non_si_decide(scena, coordinatore):
    versione(scena)
    em = emendamento(scena, sopprimi("La partecipazione"))
    servizi.ritira_emendamento(em, "Rinunciamo.", da=scena.agente(scena.rappresentante))
    scena.porta_a("proposta_definitiva")
    with pytest.raises(ErroreDominio) as errore:
        esame.decidi_emendamento(em, "accolto", "Peccato.", da=coordinatore)
    assert "ritirato" in errore.value.mancanze[0].testo


def test_si_decide_solo_nella_fase_sette(scena, coordinatore):
    versione(scena)
    em = emendamento(scena, sopprimi("La partecipazione"))
    with pytest.raises(ErroreDominio) as errore:
        esame.decidi_emendamento(em, "accolto", "Va bene.", da=coordinatore)
    assert "comincia quando" in errore.value.mancanze[0].testo


def test_la_proposta_definitiva_ha_quello_che_deve(scena, coordinatore):
    pubblicata = versione(scena)
    parole = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    tolta = emendamento(scena, sopprimi("La partecipazione"), chi="altro")
    nuovo = emendamento(scena, aggiungi("Le Parti coordinano", "Le Parti si informano."))
    lettera = emendamento(scena, aggiungi("I risultati attesi", "la fiducia.", Posizione.IN_FONDO))
    no = emendamento(scena, cambia("un bene comune", "un diritto"))
    scena.porta_a("proposta_definitiva")
    with pytest.raises(ErroreDominio) as errore:
        esame.pubblica_proposta_definitiva(scena.accordo, "", da=coordinatore)
    assert "5 emendamenti sono da decidere" in errore.value.mancanze[0].testo
    for em in (parole, tolta, lettera):
        esame.decidi_emendamento(em, "accolto", "Va bene.", da=coordinatore)
    proposta = esame.decidi_emendamento(
        nuovo, "riformulato", "Più chiaro.", "Le Parti si tengono informate.", da=coordinatore
    )
    riformulazioni.accetta_riformulazione(proposta, da=scena.agente(scena.rappresentante))
    esame.decidi_emendamento(no, "respinto", "No.", da=coordinatore)
    definitiva = esame.pubblica_proposta_definitiva(scena.accordo, "Ecco il testo.", da=coordinatore)
    assert (definitiva.numero, definitiva.definitiva) == (2, True)
    assert _comma(definitiva, "ogni due anni").startswith("I valori sono aggiornati ogni anno dalla")
    assert _comma(definitiva, "un bene comune") == "la sicurezza urbana è un bene comune;"
    assert definitiva.albero.trova(id_di("La partecipazione")) is None
    articolo = definitiva.albero.trova(id_di("Oggetto"))
    assert [c.testo for c in articolo.figli][1] == "Le Parti si tengono informate."
    assert articolo.figli[3].figli[-1].testo == "la fiducia."
    assert pubblicata.albero.trova(id_di("La partecipazione")) is not None
    with pytest.raises(ErroreDominio):
        esame.decidi_emendamento(no, "accolto", "Anzi sì.", da=coordinatore)


def test_la_sola_soppressione_di_un_articolo_e_una_modifica_si_scontrano(scena, coordinatore):
    versione(scena)
    toglie = emendamento(scena, sopprimi("Cabina di regia"))
    cambia_ = emendamento(scena, cambia("due volte", "tre volte"), chi="altro")
    scena.porta_a("proposta_definitiva")
    esame.decidi_emendamento(cambia_, "accolto", "Va bene.", da=coordinatore)
    toglie.refresh_from_db()
    with pytest.raises(ErroreDominio):
        esame.decidi_emendamento(toglie, "accolto", "Va bene.", da=coordinatore)
    esame.decidi_emendamento(toglie, "precluso", "L'articolo resta.", da=coordinatore)
    assert toglie.a_causa_di == cambia_


def test_senza_emendamenti_la_definitiva_e_il_testo_stesso(scena, coordinatore):
    pubblicata = versione(scena, fase="proposta_definitiva")
    definitiva = esame.pubblica_proposta_definitiva(scena.accordo, "", da=coordinatore)
    assert definitiva.albero == pubblicata.albero


def test_le_operazioni_scritte_si_rileggono(due):
    uno, _ = due
    assert [da_dati(d) for d in uno.operazioni] == cambia("ogni due anni", "ogni anno")
