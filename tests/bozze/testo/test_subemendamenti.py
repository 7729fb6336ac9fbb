"""The laws of sub-amendments: accepting none changes nothing, words are neither lost nor made up."""

from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from bozze.testo.albero import Disposizione, Testo, Tipo
from bozze.testo.collisioni import collisioni
from bozze.testo.consolidamento import NonConsolidabile, consolida
from bozze.testo.operazioni import (
    Aggiungi,
    Operazione,
    Posizione,
    Sopprimi,
    Sostituisci,
    SostituisciParole,
    SostituisciRubrica,
    controlla_tutte,
    in_dati,
)
from bozze.testo.parole import parole
from bozze.testo.subemendamenti import controlla_sub, emendate, formule_sub, portato, radice, scontri
from tests.bozze.testo import strategie
from tests.bozze.testo.test_nucleo import CASI

pytestmark = pytest.mark.una_volta
prova = settings(max_examples=CASI, deadline=None, suppress_health_check=list(HealthCheck))


def _emendamento(seme: int) -> tuple[Testo, list[Operazione], Random]:
    """A text and operations that can stand in one amendment."""
    dado = Random(seme)
    testo, operazioni = strategie.caso(dado.randrange(2**40))
    insieme: list[Operazione] = []
    for operazione in operazioni:
        if not controlla_tutte(testo, [*insieme, operazione]):
            insieme.append(operazione)
    return testo, insieme, dado


def _sub(testo: Testo, operazioni: list[Operazione], dado: Random) -> list[Operazione]:
    """A sub-amendment of one or two operations that can be made; none if the die gives none."""
    prima = portato(operazioni)
    fatte: list[Operazione] = []
    for numero in range(dado.randint(1, 2)):
        for giro in range(6):
            operazione = strategie._prova_operazione(prima, 1000 + numero * 10 + giro, dado)
            if not controlla_sub(testo, operazioni, [*fatte, operazione], "1.1"):
                fatte.append(operazione)
                break
    return fatte


def _parole(testo: Testo) -> Counter[str]:
    return Counter(p for d in testo.disposizioni() for s in (d.testo, d.rubrica) for p in parole(s))


@prova
@given(strategie.semi)
def test_nessun_subemendamento_accolto_e_l_emendamento_resta(seme):
    _, operazioni, _ = _emendamento(seme)
    assert emendate(operazioni, []) == operazioni


@prova
@given(strategie.semi)
def test_cio_che_si_puo_proporre_si_puo_accogliere(seme):
    testo, operazioni, dado = _emendamento(seme)
    proposte = _sub(testo, operazioni, dado)
    if not proposte:
        return
    nuove = emendate(operazioni, proposte)
    assert nuove
    assert not controlla_tutte(testo, nuove)
    consolida(testo, nuove)
    assert len(formule_sub(testo, operazioni, proposte, "5.3")) == len(proposte)


@prova
@given(strategie.semi)
def test_le_parole_non_si_perdono_e_non_si_inventano(seme):
    """What the amendment brings after is what it brought, less what was taken out, plus what was put in."""
    testo, operazioni, dado = _emendamento(seme)
    proposte = _sub(testo, operazioni, dado)
    prima = portato(operazioni)
    dopo = _parole(portato(emendate(operazioni, proposte)))
    tolte: Counter[str] = Counter()
    messe: Counter[str] = Counter()
    for operazione in proposte:
        match operazione:
            case SostituisciParole(_, vecchie, nuove, _):
                tolte += Counter(parole(vecchie))
                messe += Counter(parole(nuove))
            case SostituisciRubrica(id, rubrica):
                tolte += Counter(parole(prima.indice[id].nodo.rubrica))
                messe += Counter(parole(rubrica))
            case Sopprimi(id):
                tolte += _parole(Testo(radici=(prima.indice[id].nodo,)))
            case Sostituisci(id, nuovo):
                tolte += _parole(Testo(radici=(prima.indice[id].nodo,)))
                messe += _parole(Testo(radici=(nuovo,)))
            case Aggiungi(nuovo=nuovo):
                messe += _parole(Testo(radici=(nuovo,)))
    if any(isinstance(o, Sopprimi) for o in proposte) and len(proposte) > 1:
        return  # a part and its whole may both be taken out
    assert dopo == _parole(prima) - tolte + messe


@prova
@given(strategie.semi)
def test_l_ordine_in_cui_si_accolgono_non_conta(seme):
    testo, operazioni, dado = _emendamento(seme)
    uno, altro = _sub(testo, operazioni, dado), _sub(testo, operazioni, dado)
    chiavi = {"uno": uno, "altro": altro}
    if collisioni(portato(operazioni), chiavi):
        return
    try:
        dritto = emendate(operazioni, [*uno, *altro])
    except NonConsolidabile:
        assert scontri(testo, operazioni, {str(n): (o,) for n, o in enumerate([*uno, *altro])})
        return
    assert dritto == emendate(operazioni, [*altro, *uno])


# ---------------------------------------------------------------------------------------------- in words
TESTO = Testo(
    radici=(
        Disposizione(
            "a1",
            Tipo.ARTICOLO,
            rubrica="Oggetto",
            figli=(Disposizione("c1", Tipo.COMMA, "Il termine è di tre mesi."),),
        ),
    )
)
MESI = SostituisciParole("c1", "tre mesi", "sei mesi", 17 - 1)
NUOVO = Aggiungi(
    Posizione.DOPO,
    "a1",
    Disposizione(
        "n1",
        Tipo.ARTICOLO,
        rubrica="Risorse",
        figli=(Disposizione("n2", Tipo.COMMA, "Le risorse sono comuni."),),
    ),
)


def test_si_dice_in_italiano_della_legge():
    inizio = TESTO.indice["c1"].nodo.testo.index("tre mesi")
    mesi = SostituisciParole("c1", "tre mesi", "sei mesi", inizio)
    una = SostituisciParole("punto-1", "sei mesi", "un anno", 0)
    assert formule_sub(TESTO, [mesi], [una], "5.3") == [
        'All\'emendamento 5.3, le parole "sei mesi" sono sostituite dalle seguenti: "un anno".'
    ]
    assert formule_sub(TESTO, [mesi, NUOVO], [Sopprimi("punto-1"), Sopprimi("n1")], "5.3") == [
        "All'emendamento 5.3, il punto 1 è soppresso.",
        "All'emendamento 5.3, punto 2, l'articolo 2 è soppresso.",
    ]
    nel_comma = SostituisciParole("n2", "comuni", "di tutti", 15)
    assert formule_sub(TESTO, [NUOVO], [nel_comma], "1.0.1")[0].startswith(
        "All'emendamento 1.0.1, articolo 2, comma 1, la parola"
    )
    assert controlla_sub(TESTO, [mesi], [una]) == []


def test_opporsi_a_tutto_non_e_un_subemendamento():
    (errore,) = controlla_sub(TESTO, [NUOVO], [Sopprimi("n1")])
    assert "non resterebbe nulla" in errore


def test_non_si_aggiunge_accanto_ne_a_chi_non_porta_parole():
    accanto = Aggiungi(Posizione.DOPO, "n1", Disposizione("z", Tipo.ARTICOLO, rubrica="Altro"))
    assert "presenta un emendamento" in controlla_sub(TESTO, [NUOVO], [accanto])[0]
    sopprime = Sopprimi("c1")
    parole_nuove = SostituisciParole(radice(sopprime, 1), "", "no", 0)
    assert "puoi solo opporti" in controlla_sub(TESTO, [sopprime], [parole_nuove])[0]


def test_due_sulle_stesse_parole_si_scontrano_con_il_nome_dell_emendamento():
    inizio = TESTO.indice["c1"].nodo.testo.index("tre mesi")
    mesi = SostituisciParole("c1", "tre mesi", "sei mesi", inizio)
    sub = {
        "1": [SostituisciParole("punto-1", "sei", "otto", 0)],
        "2": [SostituisciParole("punto-1", "sei", "nove", 0)],
    }
    assert "dell'emendamento 5.3" in scontri(TESTO, [mesi], sub, "5.3")[0]


def test_le_parole_intere_di_un_emendamento_si_sostituiscono_come_parole():
    inizio = TESTO.indice["c1"].nodo.testo.index("tre mesi")
    mesi = SostituisciParole("c1", "tre mesi", "sei mesi", inizio)
    tutto = Sostituisci("punto-1", Disposizione("punto-1", Tipo.PARAGRAFO, "un anno"))
    (nuova,) = emendate([mesi], [tutto])
    assert in_dati(nuova)["nuove"] == "un anno"
    assert "sono sostituite" in formule_sub(TESTO, [mesi], [tutto], "5.3")[0]
