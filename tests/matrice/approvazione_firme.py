"""Who gets what: how bodies sign, whose turn it is, the file to sign, the one signed file."""

from datetime import timedelta

from django.core.files.base import ContentFile

from accordo.approvazione import servizi
from accordo.approvazione.firma_di_prova import firma_p7m
from accordo.base import orologio
from tests.approvazione.fabbriche import avvia, congelato, di, registra
from tests.matrice.base import PUBBLICA, SOLO_COORDINATORE, SOLO_RAPPRESENTANTE, Riga, come_post, con, slug


def _ente(scena):
    return {"slug": scena.accordo.slug, "ente": scena.ente_a.codice}


def _a_turno(scena):
    guida = scena.agente(scena.coordinatore)
    servizi.scegli_regola(scena.accordo, modo="turno", giorni_turno=5, da=guida)
    avvia(scena)
    registra(di(scena.ente_a), scena.agente(scena.referente))
    registra(di(scena.ente_b), scena.agente(scena.referente_altro))


def _approvato(scena):
    avvia(scena)
    registra(di(scena.ente_a), scena.agente(scena.referente))


def _riunito(scena):
    from accordo.approvazione.models import DocumentoFinale
    from accordo.approvazione.servizi.riunione import componi_firmato

    _approvato(scena)
    approvazione = di(scena.ente_a)
    contenuto = ContentFile(firma_p7m(congelato(approvazione), str(scena.rappresentante)), "firmato.p7m")
    servizi.registra_firma(approvazione, contenuto, da=scena.agente(scena.rappresentante))
    componi_firmato(DocumentoFinale.objects.get())
    scena.porta_a("sottoscritto")


def _proroga(scena):
    return {
        "fino_al": (orologio.oggi() + timedelta(days=20)).isoformat(),
        "motivazione": "Il dispositivo non va.",
    }


RIGHE = {
    "approvazione:regola": [
        Riga(SOLO_COORDINATORE, argomenti=slug),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=slug,
            metodo="post",
            dati={"modo": "turno", "giorni_turno": "5"},
        ),
    ],
    "approvazione:prolunga_turno": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_a_turno),
        Riga(come_post(SOLO_COORDINATORE), argomenti=slug, prepara=_a_turno, metodo="post", dati=_proroga),
    ],
    "approvazione:passa_turno": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_a_turno),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=slug,
            prepara=_a_turno,
            metodo="post",
            dati={"motivazione": "Passa."},
        ),
    ],
    "approvazione:aggiorna_turno": Riga(
        con(come_post(SOLO_COORDINATORE), rappresentante=302, rappresentante_altro=302),
        argomenti=slug,
        prepara=_a_turno,
        metodo="post",
    ),
    "approvazione:da_firmare": [
        Riga(SOLO_RAPPRESENTANTE, argomenti=_ente, prepara=_approvato),
        Riga(SOLO_RAPPRESENTANTE, argomenti=_ente, prepara=_a_turno),
    ],
    "approvazione:accordo_firmato": Riga(PUBBLICA, argomenti=slug, prepara=_riunito),
}
