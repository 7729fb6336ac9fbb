"""Where the text comes from, on paper: each disposition with the findings and the objectives that it answers to."""

from collections import defaultdict
from collections.abc import Iterable

from accordo.base import pdf
from accordo.iter.models import Accordo
from accordo.rilievi.models import Rilievo
from bozze.interrogazioni.obiettivi import citati as citati_da
from bozze.interrogazioni.obiettivi import obiettivi_di
from bozze.models import Citazione, Versione
from bozze.testo.fronte import linee


def pdf_provenienza(accordo: Accordo, versione: Versione, citazioni: Iterable[Citazione]) -> bytes:
    """Return the version with, under each disposition, the findings it cites, as far as `citazioni` may be read, and
    the objectives.

    The findings are read with their sources and objectives: `citazioni` should have them at hand.
    """
    per_disposizione: defaultdict[str, list[Rilievo]] = defaultdict(list)
    citati: set[int] = set()
    for citazione in citazioni:
        per_disposizione[str(citazione.disposizione)].append(citazione.rilievo)
        citati.add(citazione.rilievo_id)
    righe = linee(versione.albero)
    obiettivi = obiettivi_di(accordo)
    suoi = {n.id: citati_da(obiettivi, n) for n in versione.albero.disposizioni() if n.obiettivi}
    ultima_di = {linea.id: posto for posto, linea in enumerate(righe)}
    voci = [
        {
            "linea": linea,
            "rilievi": per_disposizione.get(linea.id, []) if ultima_di[linea.id] == posto else [],
            "obiettivi": suoi.get(linea.id, []) if ultima_di[linea.id] == posto else [],
        }
        for posto, linea in enumerate(righe)
    ]
    dati = {
        "accordo": accordo,
        "versione": versione,
        "voci": voci,
        "quante": sum(1 for id in {*per_disposizione, *suoi} if id in ultima_di),
        "citati": len(citati),
        "obiettivi": len({obiettivo.pk for alcuni in suoi.values() for obiettivo in alcuni}),
        "ente": accordo.promotore.denominazione,
        "sommario": f"{accordo.titolo}. Sotto ogni disposizione, i rilievi e gli obiettivi da cui viene.",
    }
    titolo = f"Da dove viene il testo: {versione}"
    return pdf.componi("stampa/provenienza.html", dati, titolo=titolo, creato=versione.pubblicata_il)


def note_provenienza(
    accordo: Accordo, versione: Versione, citazioni: Iterable[Citazione]
) -> dict[str, list[str]]:
    """Return, by disposition, the findings and the objectives that it comes from, each in one line: the notes of a .docx.

    As far as `citazioni` may be read, like the PDF.
    """
    note: defaultdict[str, list[str]] = defaultdict(list)
    for citazione in citazioni:
        if str(citazione.disposizione) in versione.albero.indice:
            rilievo = citazione.rilievo
            note[str(citazione.disposizione)].append(
                f"{rilievo.get_tipo_display()} {rilievo.numero}, {rilievo.ambito.nome}: «{rilievo.testo}»"
            )
    obiettivi = obiettivi_di(accordo)
    for nodo in versione.albero.disposizioni():
        if nodo.obiettivi:
            note[nodo.id] += [f"Obiettivo {o.codice}: {o.testo}" for o in citati_da(obiettivi, nodo)]
    return dict(note)
