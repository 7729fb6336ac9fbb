"""After the conclusion: bodies that join later, bodies that withdraw; and how long the accord holds."""

from datetime import date

from django.core.files import File
from django.db import transaction

from accordo.approvazione import interrogazioni
from accordo.approvazione.models import Approvazione, Recesso
from accordo.approvazione.organi import proposta
from accordo.approvazione.servizi.avvisi import avvisa_chi_coordina
from accordo.approvazione.servizi.pervenuti import Pec, controlla, leggi
from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.enti.models import Ente, Ruolo
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Accordo, Partecipazione, StatoPartecipazione, Veste
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.permessi import coordina
from accordo.iter.registro import registra


def apri_adesione(accordo: Accordo, ente: Ente, *, motivazione: str, da: Agente) -> Approvazione:
    """Let a body join a signed accord: it approves and signs the same text as the others, each step as they did.

    A body that had not approved is asked again; one that was never asked is called in.
    """
    if not coordina(da, accordo):
        raise NonAutorizzato("Le adesioni le apre chi coordina l'accordo.")
    if not motivazione.strip():
        raise ErroreDominio("Serve una motivazione scritta: resta nel registro.")
    with transaction.atomic():
        fresco = blocca_accordo(accordo.pk)
        documento = interrogazioni.documento_attuale(fresco)
        if documento is None or not fresco.sottoscritto:
            raise ErroreDominio("Si aderisce a un accordo già sottoscritto da tutti.")
        approvazione = Approvazione.objects.filter(documento=documento, ente=ente).first()
        if approvazione is not None:
            if approvazione.stato != "non_approvato":
                raise ErroreDominio(
                    f"{ente.nome_breve} ha già la sua parte in questo accordo: {approvazione.stato_in_parole.lower()}."
                )
            esegui(approvazione, "riammetti", da=da, motivazione=motivazione, applica=_riapri)
        else:
            approvazione = Approvazione.objects.create(
                accordo=fresco,
                documento=documento,
                ente=ente,
                organo=proposta(ente).organo,
                successiva=True,
                aperta_il=orologio.adesso(),
            )
            registra(fresco, da=da, verbo="apri_adesione", oggetto=approvazione, motivazione=motivazione)
        Partecipazione.objects.get_or_create(
            accordo=fresco,
            ente=ente,
            defaults={"veste": Veste.SOGGETTO_COINVOLTO, "stato": StatoPartecipazione.PARTECIPA},
        )
        avvisa(
            [ente],
            oggetto=f"Adesione all'accordo: {fresco.titolo}",
            testo="Il tuo ente può aderire all'accordo. L'organo competente approva il testo con il proprio atto; poi chi "
            "rappresenta l'ente lo firma con la firma digitale.",
            url=approvazione.get_absolute_url(),
            ruoli=(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE),
        )
    return approvazione


def _riapri(approvazione: Approvazione) -> None:
    approvazione.successiva = True
    approvazione.prosegue_senza_il = None
    approvazione.osservazioni = ""


def recedi(
    approvazione: Approvazione,
    *,
    organo: str,
    tipo: str,
    numero: str,
    data: date,
    effetto_dal: date,
    file: "File[bytes]",
    motivazione: str,
    pec: Pec | None = None,
    da: Agente,
) -> Recesso:
    """Register the act with which a body withdraws, and from when. Its signature and its act stay where they are."""
    controlla(pec, orologio.oggi())
    if data > orologio.oggi():
        raise ErroreDominio("La data dell'atto è futura: controlla il giorno.")
    if effetto_dal < data:
        raise ErroreDominio("Il recesso avrebbe effetto prima del suo atto.")
    ricevuto = leggi(file)
    recesso = Recesso(
        organo=organo.strip(),
        tipo=tipo,
        numero=numero.strip(),
        data=data,
        effetto_dal=effetto_dal,
        motivi=motivazione.strip(),
        file_nome=ricevuto.nome,
        file_sha256=ricevuto.sha256,
        registrato_il=orologio.adesso(),
        registrato_da=da.utente,
        **(pec.come_campi() if pec else {}),
    )

    def applica(fresca: Approvazione) -> None:
        recesso.approvazione = fresca
        recesso.file.save("recesso.pdf", ricevuto.come_file(), save=False)
        recesso.save()

    with transaction.atomic():
        esegui(
            approvazione,
            "registra_recesso" if pec else "recedi",
            da=da,
            motivazione=motivazione,
            dati={
                "atto": str(recesso),
                "effetto_dal": effetto_dal.isoformat(),
                "file_sha256": recesso.file_sha256,
                **(pec.come_dati() if pec else {}),
            },
            applica=applica,
        )
        avvisa_chi_coordina(
            approvazione,
            f"{approvazione.ente.con_articolo} recede dall'accordo, con effetto dal {effetto_dal:%d/%m/%Y}.",
        )
    return recesso


def indica_durata(accordo: Accordo, durata_mesi: int | None, *, da: Agente) -> None:
    """Say for how many months the accord holds from the last signature; None: it has no end."""
    if not coordina(da, accordo):
        raise NonAutorizzato("La durata la indica chi coordina l'accordo.")
    if durata_mesi is not None and not 1 <= durata_mesi <= 600:
        raise ErroreDominio("La durata va da 1 a 600 mesi.")
    with transaction.atomic():
        fresco = blocca_accordo(accordo.pk)
        prima = fresco.durata_mesi
        if prima == durata_mesi:
            return
        Accordo.objects.filter(pk=fresco.pk).update(durata_mesi=durata_mesi, scadenza_ricordata_il=None)
        registra(fresco, da=da, verbo="indica_durata", dati={"da": prima, "a": durata_mesi})
    accordo.durata_mesi = durata_mesi
