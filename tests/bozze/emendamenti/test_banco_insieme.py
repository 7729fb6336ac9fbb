"""Many amendments decided in one action, said what was not, and taken back in one."""

import pytest

from accordo.base.errori import ErroreDominio, NonAutorizzato
from bozze.interrogazioni.emendamenti import versione_emendabile
from bozze.models import Emendamento, MotivoEsito
from bozze.servizi import esame
from bozze.servizi.insieme import annulla_insieme, decidi_insieme, prova_insieme
from bozze.servizi.motivi import scrivi_motivo, togli_motivo
from tests.bozze.emendamenti.fabbriche import aggiungi, cambia, emendamento, sopprimi, versione


@pytest.fixture
def coordinatore(scena):
    return scena.agente(scena.coordinatore)


@pytest.fixture
def quattro(scena):
    """Two that collide, and two that meet nobody."""
    versione(scena)
    fatti = [
        emendamento(scena, cambia("ogni due anni", "ogni anno")),
        emendamento(scena, cambia("ogni due anni", "ogni sei mesi"), chi="altro"),
        emendamento(scena, sopprimi("La partecipazione")),
        emendamento(scena, aggiungi("La cabina si riunisce", "Si riunisce a turno."), chi="altro"),
    ]
    scena.porta_a("proposta_definitiva")
    return fatti


def _stati() -> list[str]:
    return list(Emendamento.objects.order_by("pk").values_list("stato", flat=True))


def test_si_fa_cio_che_si_puo_e_si_dice_il_resto(scena, quattro, coordinatore):
    chiavi = [e.pk for e in quattro]
    prova = prova_insieme(versione_emendabile(scena.accordo), chiavi, "accolto")
    assert _stati() == ["presentato"] * 4
    fatta = decidi_insieme(scena.accordo, chiavi, "accolto", "Concordato.", da=coordinatore)
    assert [e.pk for e in prova.fatti] == [pk for pk, _ in fatta.fatte]
    assert [sigla for sigla, _ in fatta.rifiutate] == ["1.2"]
    assert "1.1 è già accolto" in fatta.rifiutate[0][1]
    assert _stati() == ["accolto", "accantonato", "accolto", "accolto"]
    assert scena.accordo.eventi.filter(verbo="accogli").count() == 3
    assert MotivoEsito.objects.get().usi == 3


def test_si_annulla_tutto_insieme_e_torna_come_prima(scena, quattro, coordinatore):
    prima = list(Emendamento.objects.order_by("pk").values("stato", "a_causa_di", "motivazione_esito"))
    fatta = decidi_insieme(scena.accordo, [e.pk for e in quattro], "accolto", "Sì.", da=coordinatore)
    assert annulla_insieme(fatta, "Ripensato.", da=coordinatore) == []
    assert (
        list(Emendamento.objects.order_by("pk").values("stato", "a_causa_di", "motivazione_esito")) == prima
    )
    with pytest.raises(ErroreDominio, match="già stata annullata"):
        annulla_insieme(fatta, "Di nuovo.", da=coordinatore)


def test_chi_nel_frattempo_ha_avuto_un_altro_esito_resta(scena, quattro, coordinatore):
    fatta = decidi_insieme(scena.accordo, [quattro[2].pk, quattro[3].pk], "accolto", "Sì.", da=coordinatore)
    esame.decidi_emendamento(
        Emendamento.objects.get(pk=quattro[2].pk), "respinto", "Anzi no.", da=coordinatore
    )
    rimasti = annulla_insieme(fatta, "Ripensato.", da=coordinatore)
    assert rimasti == [("2.1", "Nel frattempo è stato deciso di nuovo.")]
    assert _stati()[2:] == ["respinto", "presentato"]


def test_gli_accantonati_si_chiudono_insieme(scena, quattro, coordinatore):
    esame.decidi_emendamento(quattro[0], "accolto", "Sì.", da=coordinatore)
    fatta = decidi_insieme(
        scena.accordo,
        [e.pk for e in quattro[1:]],
        "precluso",
        "Le parole sono già cambiate.",
        da=coordinatore,
    )
    assert [pk for pk, _ in fatta.fatte] == [quattro[1].pk]
    assert len(fatta.rifiutate) == 2
    precluso = Emendamento.objects.get(pk=quattro[1].pk)
    assert (precluso.stato, precluso.a_causa_di) == ("precluso", quattro[0])


def test_solo_chi_coordina_con_una_motivazione_e_una_scelta(scena, quattro, coordinatore):
    with pytest.raises(NonAutorizzato):
        decidi_insieme(scena.accordo, [1], "respinto", "No.", da=scena.agente(scena.rappresentante))
    for chiavi, esito, motivazione in (
        ([], "respinto", "No."),
        ([quattro[0].pk], "respinto", " "),
        ([quattro[0].pk], "riformulato", "No."),
    ):
        with pytest.raises(ErroreDominio):
            decidi_insieme(scena.accordo, chiavi, esito, motivazione, da=coordinatore)


@pytest.mark.una_volta
@pytest.mark.parametrize("quanti", [1, 3])
def test_le_query_non_crescono(scena, coordinatore, quanti, django_assert_num_queries):
    versione(scena)
    parole = [("ogni due anni", "ogni anno"), ("due volte", "tre volte"), ("un bene comune", "un diritto")]
    fatti = [emendamento(scena, cambia(*coppia)) for coppia in parole[:quanti]]
    scena.porta_a("proposta_definitiva")
    with django_assert_num_queries(QUERY):
        decidi_insieme(scena.accordo, [e.pk for e in fatti], "accolto", "Sì.", da=coordinatore)


QUERY = 30


# ---------------------------------------------------------------------------------------------- the reasons
def test_le_motivazioni_si_tengono_si_cambiano_e_si_tolgono(scena, quattro, coordinatore):
    esame.decidi_emendamento(quattro[2], "respinto", "È già detto.", da=coordinatore)
    esame.decidi_emendamento(quattro[3], "respinto", "È già detto.", da=coordinatore)
    motivo = MotivoEsito.objects.get()
    assert motivo.usi == 2
    scrivi_motivo(scena.accordo, "È già detto all'articolo 3.", motivo, da=coordinatore)
    assert Emendamento.objects.get(pk=quattro[2].pk).motivazione_esito == "È già detto."
    with pytest.raises(ErroreDominio, match="già nell'elenco"):
        scrivi_motivo(scena.accordo, "È già detto all'articolo 3.", da=coordinatore)
    togli_motivo(motivo, da=coordinatore)
    assert not MotivoEsito.objects.filter(in_uso=True).exists()
    with pytest.raises(NonAutorizzato):
        scrivi_motivo(scena.accordo, "Mio.", da=scena.agente(scena.rappresentante))
