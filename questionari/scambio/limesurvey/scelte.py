"""Choices, rankings and tables of LimeSurvey."""

from collections.abc import Callable
from typing import Any

from questionari import definizione as q
from questionari.scambio.limesurvey.lavoro import Lavoro, SenzaEquivalente, testo_di, unisci
from questionari.scambio.numeri import intero
from questionari.scambio.testo import da_html


def _scelta(w: Lavoro, tipo: str, genere: str, *, altro: bool) -> dict[str, Any]:
    voci, mappa = w.voci(genere)
    if not voci:
        raise SenzaEquivalente("non ha opzioni")
    if len(voci) == 1:
        voci.append({"codice": "no" if voci[0]["codice"] != "no" else "no-2", "etichetta": "No"})
        tipo = q.SINGOLA
        w.esito.motivi.append("ha una sola opzione: si aggiunge «No»")
    dati: dict[str, Any] = {"tipo": tipo, "opzioni": voci}
    if altro:
        dati["consenti_altro"] = True
    w.nuova(dati, voci=mappa, scelte=mappa if tipo == q.MULTIPLA or genere == "sotto" else {})
    return dati


def singola(w: Lavoro) -> None:
    _scelta(w, q.SINGOLA, "risposte", altro=w.d.altro)


def singola_con_commento(w: Lavoro) -> None:
    singola(w)
    w.nuova(
        {"tipo": q.TESTO_LUNGO, "testo": unisci(testo_di(w.d), "commento")},
        coda="-commento",
        parte="comment",
        se_scelta=True,
    )
    w.esito.motivi.append("il commento diventa una domanda a sé")


def fissa(*voci: tuple[str, str], ordinata: bool = False) -> Callable[[Lavoro], None]:
    def converti(w: Lavoro) -> None:
        dati: dict[str, Any] = {
            "tipo": q.SINGOLA,
            "opzioni": [{"codice": c, "etichetta": e} for c, e in voci],
        }
        w.nuova(dati | ({"ordinata": True} if ordinata else {}), voci={c: c for c, _ in voci})

    return converti


def multipla(w: Lavoro) -> None:
    dati = _scelta(w, q.MULTIPLA, "sotto", altro=w.d.altro)
    mappa = w.esito.nuove[0].scelte
    massimo = intero(w.d.attributo("max_answers"))
    if dati["tipo"] != q.MULTIPLA:
        return
    if massimo and massimo < len(dati["opzioni"]):
        dati["max_scelte"] = massimo
    minimo = intero(w.d.attributo("min_answers"))
    if minimo and minimo > 1:
        w.esito.motivi.append(f"almeno {minimo} scelte: non si può chiedere qui")
    elif minimo == 1 and w.d.obbligo == "N":
        dati["obbligatoria"] = True
    sole = [mappa[c] for c in w.d.attributo("exclude_all_others").split(";") if c in mappa]
    if sole:
        dati["esclusiva"] = sole[0]
        if len(sole) > 1:
            w.esito.motivi.append(f"più opzioni che escludono le altre: resta «{sole[0]}»")


def multipla_con_commenti(w: Lavoro) -> None:
    multipla(w)
    w.nuova(
        {"tipo": q.TESTO_LUNGO, "testo": unisci(testo_di(w.d), "commenti")},
        coda="-commenti",
        parte="comment",
        se_scelta=True,
    )
    w.esito.motivi.append("i commenti alle opzioni diventano una domanda sola")


def graduatoria(w: Lavoro) -> None:
    genere = "risposte" if w.d.risposte.get("0") else "sotto"
    voci, mappa = w.voci(genere)
    if len(voci) < 2:
        raise SenzaEquivalente("ha meno di due voci da ordinare")
    dati: dict[str, Any] = {"tipo": q.GRADUATORIA, "voci": voci}
    massimo = intero(w.d.attributo("max_answers"))
    if massimo and massimo < len(voci):
        dati["max_scelte"] = massimo
    w.nuova(dati, voci=mappa)


def _matrice(gradi: list[dict[str, Any]], non_so: bool, righe: list[dict[str, str]]) -> dict[str, Any]:
    if not righe:
        raise SenzaEquivalente("non ha righe")
    if len(gradi) < 2:
        raise SenzaEquivalente("la scala ha meno di due gradi")
    dati: dict[str, Any] = {"tipo": q.MATRICE, "righe": righe, "scala": gradi}
    return dati | ({"consenti_non_so": True} if non_so else {})


def tabella(w: Lavoro) -> None:
    righe, _ = w.voci("sotto")
    gradi, non_so = w.scala()
    w.nuova(_matrice(gradi, non_so, righe))


def tabella_fissa(*gradi: tuple[int, str], non_so: bool = False) -> Callable[[Lavoro], None]:
    def converti(w: Lavoro) -> None:
        righe, _ = w.voci("sotto")
        w.nuova(_matrice([{"valore": v, "etichetta": e} for v, e in gradi], non_so, righe))

    return converti


def due_scale(w: Lavoro) -> None:
    righe, _ = w.voci("sotto")
    for scala, lettera in (("0", "A"), ("1", "B")):
        gradi, non_so = w.scala(scala)
        intestazione = da_html(w.d.attributo(f"dualscale_header{lettera}")) or f"scala {int(scala) + 1}"
        w.nuova(
            _matrice(gradi, non_so, [dict(riga) for riga in righe])
            | {"testo": unisci(testo_di(w.d), intestazione)},
            coda=f"-{scala}", parte=f"#{scala}",
        )  # fmt: skip
    w.esito.motivi.append("le due scale diventano due tabelle")
