"""The moves of who writes: legal, with a real inverse, whatever the sequence."""

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bozze.testo.albero import FIGLI_AMMESSI, Disposizione, Documento, Testo, Tipo, convalida
from bozze.testo.lettura import leggi
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import Posizione
from bozze.testo.parole import parole
from bozze.testo.stesura import (
    Allega,
    Cita,
    Collega,
    Impossibile,
    Intitola,
    Metti,
    Mossa,
    Passo,
    Scrivi,
    Togli,
    annulla,
    da_righe,
    esegui,
    luogo_di,
    promuovi,
    retrocedi,
    sposta,
    unisci,
    varco,
)
from bozze.testo.stesura.pila import Fatto, Pila, pila
from tests.bozze.testo.fabbriche import BREVE
from tests.bozze.testo.strategie import frase, semi, un_testo

pytestmark = pytest.mark.una_volta

RINVII = [
    "l'articolo 1",
    "il comma 2 dell'articolo 1",
    "l'articolo 9",
    "la lettera b)",
    "il comma 1",
    "l'Allegato A",
]


GENERI = [
    "scrivi",
    "metti",
    "togli",
    "su",
    "giu",
    "promuovi",
    "retrocedi",
    "titolo",
    "unisci",
    "allega",
    "cita",
]


def _frase(dado: Random) -> str:
    return f"{frase(dado)} {dado.choice(RINVII)}" if dado.random() < 0.5 else frase(dado)


def _mosse(testo: Testo, dado: Random, numero: int) -> list[Mossa]:
    nodo = testo.indice[dado.choice(list(testo.indice))].nodo
    match dado.choice(GENERI):
        case "scrivi":
            return [Scrivi(nodo.id, (nodo.testo, nodo.rubrica), (_frase(dado), nodo.rubrica))]
        case "metti":
            posizione = dado.choice(list(Posizione))
            dentro = posizione in {Posizione.IN_FONDO, Posizione.IN_CIMA}
            sopra = nodo if dentro else testo.genitore(nodo.id)
            ammessi = FIGLI_AMMESSI[sopra.tipo if sopra else None] or (Tipo.COMMA,)
            nuovo = Disposizione(f"x{numero}", dado.choice(ammessi), _frase(dado))
            return [Metti(nuovo, varco(testo, posizione, nodo.id))]
        case "togli":
            return [Togli(nodo, luogo_di(testo, nodo.id))]
        case "su":
            return sposta(testo, nodo.id, -1)
        case "giu":
            return sposta(testo, nodo.id, 1)
        case "promuovi":
            return promuovi(testo, nodo.id)
        case "retrocedi":
            return retrocedi(testo, nodo.id)
        case "unisci":
            return unisci(testo, nodo.id)
        case "allega":
            file = Documento(frase(dado), dado.randint(1, 99), f"{dado.getrandbits(256):064x}")
            return [Allega(nodo.id, nodo.documento, dado.choice([file, None]))]
        case "cita":
            scelti = tuple(sorted(dado.sample(["1", "1.2", "2", "3.1"], dado.randint(0, 3))))
            return [Cita(nodo.id, nodo.obiettivi, scelti)]
        case _:
            return [Intitola((testo.titolo, testo.sottotitolo), (frase(dado), frase(dado)))]


def _sequenza(seme: int, quante: int) -> tuple[Testo, Testo, list[Passo]]:
    dado = Random(seme)
    prima = testo = un_testo(dado)
    passi = []
    for numero in range(quante):
        if not testo.indice:
            break
        try:
            testo, passo = esegui(testo, _mosse(testo, dado, numero))
        except Impossibile:
            continue
        passi.append(passo)
    return prima, testo, passi


@given(semi, st.integers(1, 12))
def test_annullare_tutto_rida_il_testo_di_prima(seme: int, quante: int) -> None:
    prima, dopo, passi = _sequenza(seme, quante)
    assert convalida(dopo) == []
    testo, indietro = dopo, []
    for passo in reversed(passi):
        riletto = Passo.da_dati(json.loads(json.dumps(passo.in_dati())))
        assert riletto == passo
        testo, contrario = annulla(testo, riletto)
        indietro.append(contrario)
    assert testo == prima
    for passo in reversed(indietro):
        testo, _ = annulla(testo, passo)
    assert testo == dopo


@given(semi)
def test_annullare_sotto_gli_altri_tocca_solo_il_proprio(seme: int) -> None:
    dado = Random(seme)
    testo = un_testo(dado)
    mio, altrui = dado.sample(list(testo.disposizioni()), 2)
    testo, passo = esegui(testo, [Scrivi(mio.id, (mio.testo, mio.rubrica), ("Mio.", ""))])
    testo, _ = esegui(testo, [Scrivi(altrui.id, (altrui.testo, altrui.rubrica), ("Altrui.", ""))])
    testo, _ = annulla(testo, passo)
    assert testo.trova(mio.id).testo == mio.testo
    assert testo.trova(altrui.id).testo == "Altrui."


@pytest.fixture
def testo() -> Testo:
    return leggi(BREVE, "prova").testo


def _detta(testo: Testo, inizio: str) -> str:
    return next(n.id for n in testo.disposizioni() if (n.testo or n.rubrica).startswith(inizio))


def test_retrocede_e_promuove_come_una_lista(testo: Testo) -> None:
    formazione, obiettivi = _detta(testo, "la formazione"), _detta(testo, "Gli obiettivi")
    testo, _ = esegui(testo, retrocedi(testo, obiettivi))
    assert nomi(testo)[formazione].esteso == "articolo 1, comma 1, lettera a), numero 2)"
    testo, _ = esegui(testo, promuovi(testo, obiettivi))
    assert nomi(testo)[formazione].esteso == "articolo 1, comma 2, lettera b)"
    prevenzione = _detta(testo, "la prevenzione")
    testo, _ = esegui(testo, promuovi(testo, prevenzione))
    assert nomi(testo)[prevenzione].esteso == "articolo 1, comma 3"
    assert nomi(testo)[formazione].esteso == "articolo 1, comma 3, lettera a)", "what followed follows still"


@pytest.mark.parametrize(
    ("cosa", "chi", "perche"),
    [
        (retrocedi, "Le Parti", "prima di questa"),
        (retrocedi, "Durata", "non può scendere"),
        (promuovi, "L'accordo dura", "non può salire"),
        (promuovi, "Disposizioni generali", "livello più alto"),
        (promuovi, "la sicurezza", "non può salire"),
        (promuovi, "Oggetto", "quello che segue"),
    ],
)
def test_rifiuta_a_parole(testo: Testo, cosa, chi: str, perche: str) -> None:
    with pytest.raises(Impossibile, match=perche):
        cosa(testo, _detta(testo, chi))


@given(semi)
def test_unire_non_perde_parole_e_si_annulla(seme: int) -> None:
    dado = Random(seme)
    testo, _ = esegui(un_testo(dado), [])
    scritte = [d.testo for d in testo.disposizioni() if d.testo]
    for nodo in testo.disposizioni():
        try:
            mosse = unisci(testo, nodo.id)
        except Impossibile:
            continue
        dopo, passo = esegui(testo, mosse)
        assert convalida(dopo) == []
        assert parole(" ".join(d.testo for d in dopo.disposizioni())) == parole(" ".join(scritte))
        assert [d.id for d in dopo.disposizioni()] == [d.id for d in testo.disposizioni() if d.id != nodo.id]
        assert annulla(dopo, passo)[0] == testo


def test_unire_come_in_word(testo: Testo) -> None:
    formazione, prevenzione = _detta(testo, "la formazione"), _detta(testo, "la prevenzione")
    testo, _ = esegui(testo, [Cita(formazione, (), ("2",)), Cita(prevenzione, (), ("1.2", "2"))])
    testo, _ = esegui(testo, unisci(testo, formazione))
    assert testo.trova(prevenzione).testo == "la prevenzione; la formazione."
    assert testo.trova(prevenzione).obiettivi == ("1.2", "2")
    testo, _ = esegui(testo, unisci(testo, prevenzione))
    assert [c.testo for c in testo.articoli()[0].figli][1].endswith("sono: la prevenzione; la formazione.")


@pytest.mark.parametrize("chi", ["Le Parti", "Oggetto", "le Parti convengono", "Elenco", "la sicurezza"])
def test_non_si_unisce_a_un_titolo(testo: Testo, chi: str) -> None:
    with pytest.raises(Impossibile):
        unisci(testo, _detta(testo, chi))


def test_annullare_e_rifiutato_se_cambiata(testo: Testo) -> None:
    id = _detta(testo, "L'accordo dura")
    nodo = testo.trova(id)
    testo, passo = esegui(testo, [Scrivi(id, (nodo.testo, ""), ("Dura due anni.", ""))])
    testo, _ = esegui(testo, [Scrivi(id, ("Dura due anni.", ""), ("Dura un anno.", ""))])
    with pytest.raises(Impossibile) as rifiuto:
        annulla(testo, passo)
    assert rifiuto.value.disposizione == id


def test_rimettere_un_articolo_rimette_i_rinvii_a_esso() -> None:
    sorgente = "Accordo\n\nArt. 1 - A\n1. Vale l'articolo 2.\n\nArt. 2 - B\n1. Due.\n\nArt. 3 - C\n1. Vale l'articolo 3.\n"
    testo = leggi(sorgente, "prova").testo
    secondo = testo.articoli()[1]
    senza, passo = esegui(testo, [Togli(secondo, luogo_di(testo, secondo.id))])
    assert senza.articoli()[1].figli[0].testo == "Vale l'articolo 2."
    altro, _ = esegui(senza, [Intitola(("Accordo", ""), ("Altro", ""))])
    rimesso, _ = annulla(altro, passo)
    assert [a.figli[0].testo for a in rimesso.articoli()] == [a.figli[0].testo for a in testo.articoli()]


def test_righe_incollate() -> None:
    lette = da_righe(Tipo.COMMA, "1. Primo:\na) uno\nb) due;\n- trattino\n2. Secondo\n\nTerzo senza numero")
    assert [n.testo for n in lette] == ["Primo:", "Secondo", "Terzo senza numero"]
    assert [n.testo for n in lette[0].figli] == ["uno", "due;"]
    assert lette[0].figli[1].figli[0].tipo is Tipo.TRATTINO
    assert [n.testo for n in da_righe(Tipo.LETTERA, "a) uno\nb) due")] == ["uno", "due"]


@given(
    st.sampled_from([Tipo.COMMA, Tipo.LETTERA, Tipo.NUMERO, Tipo.TRATTINO, Tipo.PARAGRAFO, Tipo.FORMULA]),
    semi,
)
def test_righe_incollate_senza_perdere_parole(tipo: Tipo, seme: int) -> None:
    dado = Random(seme)
    segni = ["", "1. ", "a) ", "b) ", "1) ", "- ", "• ", "i) "]
    righe = [f"{dado.choice(segni)}{frase(dado)}" for _ in range(dado.randint(1, 8))]
    lette = da_righe(tipo, "\n".join(righe))
    assert all(nodo.tipo is tipo for nodo in lette)
    assert not any("non può stare" in errore for nodo in lette for errore in _errori(nodo))
    scritte = " ".join(d.testo for nodo in lette for d in nodo.discendenti())
    attese = " ".join(
        riga.split(" ", 1)[1] if riga[:3].strip() in {s.strip() for s in segni if s} else riga
        for riga in righe
    )
    assert parole(scritte) == parole(attese)


def _errori(nodo: Disposizione) -> list[str]:
    return [
        "non può stare"
        for d in nodo.discendenti()
        for figlio in d.figli
        if figlio.tipo not in FIGLI_AMMESSI[d.tipo]
    ]


def test_pila() -> None:
    assert pila([]) == Pila(None, None)
    assert pila([Fatto(1), Fatto(2)]) == Pila(2, None)
    assert pila([Fatto(1), Fatto(2), Fatto(3, 2)]) == Pila(1, 3)
    assert pila([Fatto(1), Fatto(2), Fatto(3, 2), Fatto(4, 3)]) == Pila(4, None)
    assert pila([Fatto(1), Fatto(2), Fatto(3, 2), Fatto(4)]) == Pila(4, None)
    assert pila([Fatto(5, 2), Fatto(6)]) == Pila(6, None)


def test_cio_che_sta_accanto_al_testo_si_collega_e_si_annulla():
    """Numbers of findings: the tree stays as it is, the step says what they were and what they are."""
    testo = un_testo(Random(3))
    id = next(iter(testo.indice))
    dopo, passo = esegui(testo, [Collega(id, (1,), (1, 12))])
    assert dopo == testo
    assert Passo.da_dati(json.loads(json.dumps(passo.in_dati()))) == passo
    indietro, inverso = annulla(dopo, passo)
    assert (indietro, inverso.mosse) == (testo, (Collega(id, (1, 12), (1,)),))
    with pytest.raises(Impossibile):
        esegui(testo, [Collega("altro", (), (1,))])
