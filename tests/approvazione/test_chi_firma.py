"""Who signed is compared with who represents the body: a difference is explained, and stays written."""

import pytest

from accordo.approvazione import servizi
from accordo.approvazione.servizi.firme import esamina_per
from accordo.iter.models import Evento
from tests.approvazione import autorita
from tests.approvazione.fabbriche import approvano, avvia, congelato, di, file


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
