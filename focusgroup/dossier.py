"""The dossier of a meeting: what is on the table, with the evidence, for those who are called to it."""

from django.db.models import Prefetch

from accordo.base.pdf import componi_una_volta
from accordo.iter.procedura import processo
from accordo.rilievi.interrogazioni import con_fonti
from accordo.rilievi.models import Rilievo, TipoRilievo
from accordo.rilievi.stati import VIVI, StatoRilievo
from focusgroup.models import Riunione


def dossier(riunione: Riunione, *, ospiti: bool = False) -> bytes:
    """Return the dossier as an accessible PDF: the agenda with its findings, the area's results of the survey.

    It holds what the bodies of the area may read, or with `ospiti` what its guests may: the findings that are
    confirmed. Give it to no others. The same dossier is laid out once.
    """
    accordo = riunione.accordo
    stati = {StatoRilievo.CONFERMATO} if ospiti else VIVI
    della_zona = Rilievo.objects.filter(accordo=accordo, ambito=riunione.ambito_id, stato__in=stati)
    punti = list(
        riunione.punti.prefetch_related(
            Prefetch("rilievi", con_fonti(Rilievo.objects.filter(stato__in=stati)).order_by("tipo", "numero"))
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
    return componi_una_volta(
        "stampa/fascicolo_riunione.html", contesto, titolo=f"Fascicolo: {riunione.titolo}"
    )
