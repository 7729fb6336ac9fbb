"""A finding as its page shows it: evidence with the way to it, and its story in words, with what changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accordo.base.differenze import Segmento, confronta_parole
from accordo.enti.agente import Agente
from accordo.iter.models import Accordo, Evento
from accordo.iter.procedura import Rinvio, processo
from accordo.rilievi.models import Fonte, Rilievo, TipoRilievo


@dataclass(frozen=True, slots=True)
class FonteMostrata:
    """A piece of evidence, and where this person can read it."""

    fonte: Fonte
    rinvio: Rinvio


def fonti_con_rinvio(accordo: Accordo, agente: Agente | None, fonti: Iterable[Fonte]) -> list[FonteMostrata]:
    """Bring evidence and the way to it together; the queries depend on the kinds of evidence, not on how many."""
    elenco = list(fonti)
    per_genere: defaultdict[str, set[str]] = defaultdict(set)
    for fonte in elenco:
        if fonte.riferimento:
            per_genere[fonte.genere].add(fonte.riferimento)
    rinvii = {
        (genere, riferimento): rinvio
        for genere, cercati in per_genere.items()
        if genere in processo().collegamenti
        for riferimento, rinvio in processo().collegamenti[genere](accordo, agente, cercati).items()
    }
    return [FonteMostrata(f, rinvii.get((f.genere, f.riferimento), Rinvio())) for f in elenco]


@dataclass(frozen=True, slots=True)
class Voce:
    """One entry of the story: who, what, why; for a rewording the words that changed and what else did."""

    evento: Evento
    frase: str
    testo: Sequence[Segmento] = ()
    dettagli: Sequence[Segmento] = ()
    altro: Sequence[str] = ()


FRASI = {
    "crea_rilievo": "ha scritto il rilievo",
    "riformula_rilievo": "l'ha riformulato",
    "conferma": "l'ha confermato",
    "scarta": "l'ha scartato",
    "riprendi": "l'ha riportato fra i proposti",
    "separa": "l'ha separato di nuovo",
    "aggiungi_fonte": "ha aggiunto una fonte",
    "ritira_fonte": "ha ritirato una fonte",
}


def storia(accordo: Accordo, rilievo: Rilievo) -> list[Voce]:
    """Return what happened to a finding, oldest first. One query."""
    eventi = accordo.eventi.filter(oggetto_tipo=rilievo._meta.label_lower, oggetto_id=str(rilievo.pk))
    return [_voce(evento) for evento in eventi.order_by("numero")]


def _voce(evento: Evento) -> Voce:
    dati = evento.dati
    if evento.verbo == "unisci":
        return Voce(evento, f"l'ha unito al rilievo {dati.get('unito_a', '')}")
    frase = FRASI.get(evento.verbo, evento.verbo.replace("_", " "))
    if "fonte" in dati:
        return Voce(evento, frase, altro=(str(dati["fonte"]),))
    prima, dopo = dati.get("prima"), dati.get("dopo")
    if not prima or not dopo:
        return Voce(evento, frase)
    altro = []
    if prima["tipo"] != dopo["tipo"]:
        nomi = dict(TipoRilievo.choices)
        altro.append(f"Prima era: {nomi[prima['tipo']].lower()}.")
    if prima["ambito"] != dopo["ambito"]:
        altro.append("È cambiato l'ambito.")
    if prima.get("obiettivi") != dopo.get("obiettivi"):
        altro.append(f"Obiettivi, prima: {', '.join(prima.get('obiettivi', []))}.")
    diversi = prima["testo"] != dopo["testo"]
    dettagli = prima["dettagli"] != dopo["dettagli"]
    return Voce(
        evento,
        frase,
        confronta_parole(prima["testo"], dopo["testo"]) if diversi else (),
        confronta_parole(prima["dettagli"], dopo["dettagli"]) if dettagli else (),
        altro,
    )
