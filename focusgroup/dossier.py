"""The dossier of a meeting: what is on the table, with the evidence, for those who are called to it."""

from django.db.models import Prefetch

from accordo.base.pdf import componi
from accordo.iter.procedura import processo
from accordo.rilievi.interrogazioni import con_fonti
from accordo.rilievi.models import Rilievo, TipoRilievo
from accordo.rilievi.stati import VIVI
from focusgroup.models import Riunione


def dossier(riunione: Riunione) -> bytes:
    """Return the dossier as an accessible PDF: the agenda with its findings, the area's results of the survey.

    It holds what the bodies of the area may read: give it to no others.
    """
    accordo = riunione.accordo
    della_zona = Rilievo.objects.filter(accordo=accordo, ambito=riunione.ambito_id, stato__in=VIVI)
    punti = list(
        riunione.punti.prefetch_related(
            Prefetch("rilievi", con_fonti(Rilievo.objects.filter(stato__in=VIVI)).order_by("tipo", "numero"))
        )
    )
    nei_punti = {rilievo.pk for punto in punti for rilievo in punto.rilievi.all()}
    altri = con_fonti(della_zona.exclude(pk__in=nei_punti)).order_by("tipo", "numero")[:200]
    contesto = {
        "riunione": riunione,
        "accordo": accordo,
        "ente": accordo.promotore.denominazione,
        "sommario": accordo.titolo,
        "punti": punti,
        "altri": [
            (nome, [r for r in altri if r.tipo == tipo])
            for tipo, nome in (
                (TipoRilievo.FORZA, "Punti di forza"),
                (TipoRilievo.CRITICITA, "Criticità"),
                (TipoRilievo.PROPOSTA, "Proposte"),
            )
        ],
        "ci_sono_altri": bool(altri),
        "esiti": processo().esiti_ambito(accordo, riunione.ambito),
        "convocati": list(
            riunione.convocazioni.select_related("ente").order_by("ospite", "ente__denominazione")
        ),
    }
    return componi("stampa/fascicolo_riunione.html", contesto, titolo=f"Fascicolo: {riunione.titolo}")
