"""Who is called: the bodies that must be there, the guests, how many are needed."""

from collections.abc import Collection

from django.db import transaction

from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from focusgroup.interrogazioni.convocazione import soggetti_da_invitare
from focusgroup.models import Convocazione, Riunione
from focusgroup.servizi import inviti
from focusgroup.servizi.comuni import richiedi_coordinatore
from focusgroup.stati import StatoRiunione


def imposta_convocati(
    riunione: Riunione,
    *,
    indispensabili: Collection[int],
    ospiti: Collection[int],
    quorum: int | None,
    da: Agente,
) -> None:
    """Write who must be there, who is a guest and how many are needed, until the meeting is held.

    A guest added to a meeting already called receives the invitation, one taken away the cancellation.
    """
    richiedi_coordinatore(riunione.accordo, da)
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        fresca = Riunione.objects.select_related("accordo", "ambito").get(pk=riunione.pk)
        if fresca.stato not in {StatoRiunione.IN_PREPARAZIONE, StatoRiunione.CONVOCATA}:
            raise ErroreDominio("I convocati si cambiano prima che la riunione si tenga.")
        possibili = {e.pk for e in soggetti_da_invitare(fresca)}
        if not set(ospiti) <= possibili:
            raise ErroreDominio("Fra gli ospiti c'è un ente che non è un soggetto coinvolto nell'accordo.")
        righe = fresca.convocazioni.select_related("ente")
        votanti = {c.ente_id for c in righe if not c.ospite}
        if quorum is not None and not 1 <= quorum <= max(len(votanti), 1):
            raise ErroreDominio("Il quorum non può superare gli enti convocati con voto.")
        gia = {c.ente_id: c for c in righe if c.ospite}
        nuovi = [
            Convocazione(riunione=fresca, ente_id=ente, ospite=True) for ente in ospiti if ente not in gia
        ]
        via = [c for ente, c in gia.items() if ente not in set(ospiti)]
        convocata = fresca.stato == StatoRiunione.CONVOCATA
        perduti = inviti.invitati(fresca, {c.ente_id for c in via}) if convocata and via else []
        Convocazione.objects.filter(pk__in=[c.pk for c in via]).delete()
        Convocazione.objects.bulk_create(nuovi)
        fresca.convocazioni.filter(ospite=False).update(indispensabile=False)
        fresca.convocazioni.filter(ospite=False, ente__in=indispensabili).update(indispensabile=True)
        fresca.quorum = quorum
        fresca.save(update_fields=["quorum", "aggiornata_il"])
        registra(
            fresca.accordo,
            da=da,
            verbo="imposta_convocati",
            oggetto=fresca,
            dati={
                "indispensabili": sorted(set(indispensabili) & votanti),
                "ospiti": sorted(ospiti),
                "quorum": quorum,
            },
        )
        if perduti:
            inviti.manda(
                fresca, "CANCEL", fatto="non sei più atteso", invito="L'invito è ritirato.", a=perduti
            )
        if convocata and nuovi:
            inviti.manda(
                fresca,
                "REQUEST",
                fatto="sei fra gli ospiti",
                invito="Di' se partecipi, e con chi.",
                a=inviti.invitati(fresca, {c.ente_id for c in nuovi}),
            )
    riunione._copia_da(fresca)
