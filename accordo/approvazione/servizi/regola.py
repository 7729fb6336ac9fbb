"""How the bodies of an accord sign: chosen by who leads it, before the final text goes out."""

from django.db import transaction

from accordo.approvazione import interrogazioni, interrogazioni_firme
from accordo.approvazione.models import ModoFirma, RegolaFirme
from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.iter import fasi
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo
from accordo.iter.permessi import coordina
from accordo.iter.registro import registra


def scegli_regola(accordo: Accordo, *, modo: str, giorni_turno: int, da: Agente) -> RegolaFirme:
    """Choose the way to sign; refused once phase 8 has begun, or a text of this accord bears a signature."""
    if not coordina(da, accordo):
        raise NonAutorizzato("Come si firma lo sceglie chi coordina l'accordo.")
    with transaction.atomic():
        fresco = blocca_accordo(accordo.pk)
        if fasi.fase_raggiunta(fresco, "approvazione"):
            raise ErroreDominio("L'iter di approvazione è cominciato: il modo di firmare non si cambia più.")
        documento = interrogazioni.documento_attuale(accordo)
        if documento is not None and interrogazioni_firme.firme_di(documento).exists():
            raise ErroreDominio("Sul testo ci sono già delle firme: il modo di firmare non si cambia più.")
        regola, _ = RegolaFirme.objects.update_or_create(
            accordo=accordo,
            defaults={
                "modo": ModoFirma(modo),
                "giorni_turno": giorni_turno,
                "scelta_il": orologio.adesso(),
                "scelta_da": da.utente,
            },
        )
        registra(
            accordo,
            da=da,
            verbo="sceglie_come_si_firma",
            dati={"modo": regola.get_modo_display(), "giorni_turno": giorni_turno},
        )
    return regola
