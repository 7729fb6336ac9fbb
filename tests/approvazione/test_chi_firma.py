"""Who signed is compared with who represents the body: a difference is explained, and stays written."""

from datetime import timedelta

import pytest

from accordo.approvazione import servizi
from accordo.approvazione.servizi.firme import esamina_per
from accordo.base import orologio
from accordo.iter.models import Evento
from tests.approvazione import autorita
from tests.approvazione.fabbriche import approvano, avvia, congelato, di, file
from tests.fabbriche import IncaricoFactory, UtenteFactory


def test_firmatario_diverso_va_spiegato_e_resta_scritto(tre):
    avvia(tre)
    approvano(tre)
    alfa, sindaco = tre.firmano[0]
    busta = autorita.p7m(congelato(di(alfa)), "Vice Sindaca", codice_fiscale="RSSNNA80A41E715X")
    with pytest.raises(
        servizi.FirmatarioDiverso, match=r"Ha firmato Vice Sindaca.*risulta Rappresentante Prova"
    ):
        servizi.registra_firma(di(alfa), file(busta), da=sindaco)
    assert di(alfa).stato == "approvato"
    servizi.registra_firma(di(alfa), file(busta), spiegazione="Delega n. 4 del sindaco.", da=sindaco)
    evento = Evento.objects.get(verbo="firma")
    assert evento.motivazione == "Delega n. 4 del sindaco."
    assert "RSSNNA80A41E715X" not in str(evento.dati)
    [riga] = [c for c in di(alfa).firma.esito["controlli"] if c["nome"] == "Firmatario"]
    assert riga["esito"] == "attenzione"


@pytest.mark.parametrize(
    ("nel_certificato", "diverso"),
    [
        ("PROVA RAPPRESENTANTE", False),
        ("Rappresentante Maria Prova", False),
        ("Rappresentante", True),
        ("Altra Prova", True),
    ],
)
def test_nomi_confrontati_senza_ordine_ne_maiuscole(tre, nel_certificato, diverso):
    avvia(tre)
    _, trovato = esamina_per(di(tre.ente_a), autorita.p7m(congelato(di(tre.ente_a)), nel_certificato))
    assert bool(trovato) is diverso


def test_codice_fiscale_diverso_conta_piu_del_nome(tre):
    avvia(tre)
    tre.rappresentante.codice_fiscale = "VRDLGU70A01E715K"
    tre.rappresentante.save()
    busta = autorita.p7m(congelato(di(tre.ente_a)), "Rappresentante Prova", codice_fiscale="RSSNNA80A41E715X")
    _, diverso = esamina_per(di(tre.ente_a), busta)
    assert "codice fiscale VRDLGU70A01E715K" in diverso


def _delegato(ente, nome: str, **altro):
    """Somebody who signs for a body by its act."""
    persona = UtenteFactory(nome=nome, cognome="Delegata")
    IncaricoFactory(
        utente=persona, ente=ente, ruolo="rappresentante", atto_delega="decreto n. 4 del 2026", **altro
    )
    return persona


def _firmatario(tre, nome: str):
    """What the report says of a file that this person signed for Alfa."""
    esito, diverso = esamina_per(di(tre.ente_a), autorita.p7m(congelato(di(tre.ente_a)), nome))
    [riga] = [c for c in esito.controlli if c.nome == "Firmatario"]
    return riga, diverso


def test_chi_ha_la_delega_dell_ente_firma_per_lui(tre):
    avvia(tre)
    riga, diverso = _firmatario(tre, str(_delegato(tre.ente_a, "Vera")))
    assert (riga.esito, diverso) == ("bene", "")
    assert "Vera Delegata è persona delegata (decreto n. 4 del 2026)" in riga.parole


def test_la_delega_di_un_altro_ente_o_finita_non_vale(tre):
    avvia(tre)
    ieri = orologio.oggi() - timedelta(days=1)
    finita = _delegato(tre.ente_a, "Ugo", dal=ieri - timedelta(days=30), al=ieri)
    for persona in (_delegato(tre.ente_b, "Vera"), finita):
        riga, diverso = _firmatario(tre, str(persona))
        assert riga.esito == "attenzione"
        assert f"Ha firmato {persona}, mentre per l'ente risulta Rappresentante Prova" in diverso
