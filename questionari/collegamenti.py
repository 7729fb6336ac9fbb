"""Where the figure that a finding rests on can be read. The findings ask for it through the procedure."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from accordo.enti.agente import Agente
from accordo.iter import permessi
from accordo.iter.models import Accordo
from accordo.iter.procedura import Rinvio
from questionari.models import Questionario, Restituzione


def domande(accordo: Accordo, agente: Agente | None, codici: Collection[str]) -> Mapping[str, Rinvio]:
    """Return, by the question's code, its number and the page with its results, once they are out. Two queries."""
    questionario = Questionario.objects.filter(accordo=accordo).first()
    if questionario is None:
        return {}
    usciti = permessi.coordina(agente, accordo) or (
        permessi.vede(agente, accordo)
        and Restituzione.objects.filter(accordo=accordo, pubblicata_il__isnull=False).exists()
    )
    struttura = questionario.struttura
    trovate = {}
    for codice in codici:
        domanda = codice.partition(".")[0]
        sezione = struttura.sezione_di.get(domanda)
        if sezione is None:
            continue
        url = reverse("questionari:esiti_sezione", args=[accordo.slug, sezione.codice]) + f"#e-{domanda}"
        trovate[codice] = Rinvio(f"Domanda {struttura.numeri[domanda]}", url if usciti else "")
    return trovate
