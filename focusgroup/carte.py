"""The minutes on paper: approved, exactly what was frozen; before that, what stands in them now, marked as such."""

from accordo.base.pdf import componi
from focusgroup import interrogazioni
from focusgroup.contenuto import contenuto_verbale
from focusgroup.models import Riunione


def pdf_verbale(riunione: Riunione) -> bytes:
    """Lay the minutes out. The same frozen version gives the same bytes."""
    approvata = riunione.versioni.filter(approvata=True).first()
    accordo = riunione.accordo
    contesto = {
        "riunione": riunione,
        "accordo": accordo,
        "ente": accordo.promotore.denominazione,
        "sommario": accordo.titolo,
        "marca": "" if approvata else "Verbale non ancora approvato",
        "piede": f"SHA-256 {approvata.impronta}" if approvata else "",
        "verbale": interrogazioni.da_stampare(
            approvata.contenuto if approvata else contenuto_verbale(riunione)
        ),
    }
    return componi(
        "stampa/verbale.html",
        contesto,
        titolo=f"Verbale: {riunione.titolo}",
        creato=riunione.verbale_approvato_il,
    )
