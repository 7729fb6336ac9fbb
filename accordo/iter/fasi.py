"""Which phase an accord is in, and what its deadline allows. Asked when something is written, not when a page opens."""

from datetime import date

from accordo.base.errori import ErroreDominio, Mancanza
from accordo.iter.models import Accordo, Evento, FaseAccordo
from accordo.iter.procedura import processo


def in_fase(accordo: Accordo, codice: str) -> bool:
    """Whether the accord is in this phase now."""
    return accordo.fase == codice


def fase_raggiunta(accordo: Accordo, codice: str) -> bool:
    """Whether the accord is in this phase or beyond it."""
    proc = processo()
    return proc.posizione(accordo.fase) >= proc.posizione(codice)


def fase_superata(accordo: Accordo, codice: str) -> bool:
    """Whether the accord has left this phase behind."""
    proc = processo()
    return proc.posizione(accordo.fase) > proc.posizione(codice)


def scadenza(accordo: Accordo, codice: str) -> date | None:
    """Return the last day of a phase's deadline, if it has one."""
    return (
        FaseAccordo.objects.filter(accordo=accordo, codice=codice).values_list("scadenza", flat=True).first()
    )


def scaduta(accordo: Accordo, codice: str) -> bool:
    """Whether the phase's deadline has passed; False if it has none."""
    fase = FaseAccordo.objects.filter(accordo=accordo, codice=codice).first()
    return bool(fase and fase.scaduta)


def manca_per_pubblicare(accordo: Accordo, codice: str) -> list[Mancanza]:
    """Return what is missing before this phase's text is published, without what a written reason answered already.

    Whoever moved the accord on, or published, in spite of something missing has said why: it is not asked again.
    """
    fase = processo().fase(codice)
    mancanze = [m for requisito in (fase.per_pubblicare if fase else ()) for m in requisito(accordo)]
    if not mancanze:
        return []
    motivati = Evento.objects.filter(accordo=accordo, dati__has_key="mancava").exclude(motivazione="")
    gia = {testo for dati in motivati.values_list("dati", flat=True) for testo in dati["mancava"]}
    return [m for m in mancanze if not (m.superabile and m.testo in gia)]


def richiedi_fase(accordo: Accordo, codice: str, *, entro_scadenza: bool = False) -> None:
    """Refuse, with words, if the accord is not in this phase now (read again from the database) or it is too late."""
    attuale = Accordo.objects.values_list("fase", flat=True).get(pk=accordo.pk)
    proc = processo()
    if attuale != codice:
        raise ErroreDominio(
            f"Si può fare solo nella fase «{proc.nome(codice)}». Ora l'accordo è in «{proc.nome(attuale)}»."
        )
    if entro_scadenza and scaduta(accordo, codice):
        giorno = scadenza(accordo, codice)
        raise ErroreDominio(
            f"Il termine è scaduto il {giorno:%d/%m/%Y}. Puoi chiedere una proroga alla segreteria dell'accordo."
        )
