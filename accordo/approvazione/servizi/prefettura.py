"""The optional steps of the Prefettura (norme.md, R6): when there is one, it is written down; nothing waits for it."""

from datetime import date

from django.core.files import File
from django.db import transaction

from accordo.approvazione import permessi
from accordo.approvazione.models import Approvazione, Passaggio, TipoPassaggio
from accordo.approvazione.servizi.pervenuti import leggi
from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.enti.models import TipoEnte
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra


def registra_passaggio(
    approvazione: Approvazione,
    *,
    tipo: str,
    data: date,
    riferimento: str,
    nota: str = "",
    file: "File[bytes] | None" = None,
    da: Agente,
) -> Passaggio:
    """Write down a step, or correct it: the one before stays as history."""
    if approvazione.ente.tipo != TipoEnte.PREFETTURA:
        raise ErroreDominio("Questi passaggi sono propri della Prefettura.")
    if not permessi.registra_passaggi(da, approvazione):
        raise NonAutorizzato("I passaggi li registra la Prefettura, o chi coordina l'accordo.")
    if data > orologio.oggi():
        raise ErroreDominio("Il giorno è futuro: registra il passaggio quando è avvenuto.")
    ricevuto = leggi(file) if file else None
    with transaction.atomic():
        accordo = blocca_accordo(approvazione.accordo_id)
        precedenti = Passaggio.objects.filter(
            approvazione=approvazione, tipo=tipo, sostituito_il__isnull=True
        )
        prima = precedenti.first()
        corretto = bool(precedenti.update(sostituito_il=orologio.adesso()))
        passaggio = Passaggio(
            approvazione=approvazione,
            tipo=TipoPassaggio(tipo),
            data=data,
            riferimento=riferimento.strip(),
            nota=nota.strip(),
            file_nome=ricevuto.nome if ricevuto else "",
            file_sha256=ricevuto.sha256 if ricevuto else "",
            registrato_il=orologio.adesso(),
            registrato_da=da.utente,
        )
        if ricevuto:
            passaggio.file.save("passaggio.pdf", ricevuto.come_file(), save=False)
        elif prima is not None and prima.file:  # a correction of the words keeps the document
            passaggio.file.name = prima.file.name
            passaggio.file_nome, passaggio.file_sha256 = prima.file_nome, prima.file_sha256
        passaggio.save()
        registra(
            accordo,
            da=da,
            verbo="registra_passaggio",
            oggetto=approvazione,
            dati={"passaggio": str(passaggio), "file_sha256": passaggio.file_sha256, "corretto": corretto},
        )
    return passaggio
