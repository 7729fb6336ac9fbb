"""What happens to open amendments and remarks when a new version comes under them.

An amendment whose target is untouched is carried over, and the registro says so. One whose target has changed stays
where it was written and waits for a person (`Riporto`): nothing is re-pointed in silence.
"""

from datetime import date, timedelta

from accordo.base import orologio
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter import fasi
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Accordo
from accordo.iter.registro import registra
from bozze.interrogazioni.emendamenti import FASE_OSSERVAZIONI, testo_di
from bozze.models import Emendamento, Osservazione, Riporto, Versione
from bozze.redazione import sezione_di
from bozze.servizi.emendamenti import scrivi_operazioni
from bozze.servizi.riformulazioni import riporta_riformulazione
from bozze.servizi.subemendamenti import scrivi_emendate
from bozze.stati import APERTI, StatoEmendamento, StatoOsservazione
from bozze.stati_esame import StatoRiporto
from bozze.testo.albero import Testo
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import Operazione, da_dati
from bozze.testo.riporto import perche_no

GIORNI = 7
"""How long a proposer has to say what becomes of an amendment, unless told otherwise."""


def riporta(accordo: Accordo, versione: Versione, *, da: Agente, entro: date | None = None) -> None:
    """Carry to `versione` what is open on older ones; what cannot be carried waits for its proposer until `entro`.

    In the caller's transaction, with the accord locked.
    """
    testo = testo_di(versione)
    giorno = entro or orologio.oggi() + timedelta(days=GIORNI)
    aperti = Emendamento.objects.filter(accordo=accordo, stato__in=(StatoEmendamento.BOZZA, *APERTI))
    vecchie = {v.pk: v for v in Versione.objects.filter(accordo=accordo).exclude(pk=versione.pk)}
    in_attesa = {r.emendamento_id: r for r in riporti_aperti(accordo)}
    righe = aperti.filter(versione__in=vecchie).select_for_update().order_by("pk")
    da_dire: dict[int, list[Emendamento]] = {}
    for emendamento in righe:
        prima = vecchie[emendamento.versione_id]
        operazioni = [da_dati(dati) for dati in emendamento.operazioni]
        aperto = in_attesa.get(emendamento.pk)
        perche = perche_no(prima.albero, testo, operazioni)
        if not perche:
            porta_su(emendamento, prima, versione, operazioni, da)
            if aperto is not None:
                chiudi_riporto_di(emendamento, "Il testo è tornato com'era.", da=da)
        elif aperto is None or aperto.alla_id != versione.pk:
            _aspetta(emendamento, aperto, prima, versione, perche, giorno, da)
            da_dire.setdefault(emendamento.ente_id, []).append(emendamento)
    _avvisa(accordo, versione, da_dire, giorno)
    osservazioni = Osservazione.objects.filter(accordo=accordo, stato=StatoOsservazione.BOZZA)
    for osservazione in osservazioni.filter(versione__in=vecchie).order_by("pk"):
        if osservazione.disposizione_id in testo.indice:
            _riporta_osservazione(osservazione, versione, testo)


def porta_su(
    emendamento: Emendamento, prima: Versione, versione: Versione, operazioni: list[Operazione], da: Agente
) -> None:
    """Write an amendment on another version of the text. Its number is for good, whatever the article is called now."""
    prefisso = emendamento.prefisso
    scrivi_operazioni(emendamento, testo_di(versione), operazioni)
    if emendamento.numero is not None:
        emendamento.prefisso = prefisso
    emendamento.versione = versione
    emendamento.revisione += 1
    emendamento.save()
    if emendamento.emendate is not None:
        scrivi_emendate(emendamento)
    registra(
        emendamento.accordo,
        da=da,
        verbo="riporta_emendamento",
        oggetto=emendamento,
        stato_da=emendamento.stato,
        stato_a=emendamento.stato,
        dati={"dalla_versione": prima.numero, "alla_versione": versione.numero},
    )
    riporta_riformulazione(emendamento, da=da)


# ---------------------------------------------------------------------------------------------- what waits
def _aspetta(
    emendamento: Emendamento,
    aperto: Riporto | None,
    prima: Versione,
    versione: Versione,
    perche: str,
    entro: date,
    da: Agente,
) -> None:
    """Open the wait, or move one that was open to the newest version."""
    riporto = aperto or Riporto(emendamento=emendamento, dalla=prima, aperto_da=da.utente)
    riporto.alla, riporto.perche, riporto.entro = versione, perche, entro
    riporto.aperto_il = orologio.adesso()
    riporto.save()
    registra(
        emendamento.accordo,
        da=da,
        verbo="apri_riporto",
        oggetto=riporto,
        stato_a=riporto.stato,
        motivazione=perche,
        dati={"dalla_versione": prima.numero, "alla_versione": versione.numero, "entro": entro.isoformat()},
    )


def riporti_aperti(accordo: Accordo) -> list[Riporto]:
    """Return what waits."""
    aperti = Riporto.objects.filter(emendamento__accordo=accordo, stato=StatoRiporto.IN_ATTESA)
    return list(aperti.select_related("emendamento__accordo", "emendamento__ente"))


def chiudi_riporto_di(emendamento: Emendamento, perche: str, *, da: Agente) -> None:
    """Close the wait of an amendment that has gone another way. In the caller's transaction."""
    riporto = emendamento.riporti.filter(stato=StatoRiporto.IN_ATTESA).first()
    if riporto is None:
        return
    riporto.stato = StatoRiporto.CHIUSO
    riporto.revisione += 1
    riporto.risposta = perche.strip()
    riporto.risposta_il, riporto.risposta_da = orologio.adesso(), da.utente
    riporto.save()
    registra(
        emendamento.accordo,
        da=da,
        verbo="chiudi_riporto",
        oggetto=riporto,
        stato_da="in_attesa",
        stato_a="chiuso",
        motivazione=perche,
    )


def _avvisa(accordo: Accordo, versione: Versione, da_dire: dict[int, list[Emendamento]], entro: date) -> None:
    quando = "" if fasi.in_fase(accordo, FASE_OSSERVAZIONI) else " Dopo, può decidere chi coordina."
    for ente, emendamenti in da_dire.items():
        nomi_detti = ", ".join(e.sigla if e.numero else f"proposta su {e.dove}" for e in emendamenti)
        avvisa(
            [ente],
            oggetto=f"{accordo.titolo}: il testo che volevi emendare è cambiato",
            testo=(
                f"È uscita la versione {versione.numero} del testo e cambia ciò di cui parlano: {nomi_detti}.\n\n"
                "Chi rappresenta l'ente li conferma sul nuovo testo, li riscrive o li ritira, "
                f"entro il {entro:%d/%m/%Y}.{quando}"
            ),
            url=f"/accordi/{accordo.slug}/esame/in-attesa/",
            ruoli=(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE),
        )


def _riporta_osservazione(osservazione: Osservazione, versione: Versione, testo: Testo) -> None:
    """A draft remark follows its disposition and keeps the words that it was written on."""
    elenco = nomi(testo)
    sezione = sezione_di(testo, elenco, osservazione.disposizione_id)
    osservazione.versione = versione
    osservazione.dove = elenco[osservazione.disposizione_id].esteso[:200]
    osservazione.ordine = testo.indice[osservazione.disposizione_id].ordine
    osservazione.sezione_id, osservazione.sezione_nome = sezione.id, sezione.nome
    osservazione.sezione_ordine = sezione.ordine
    osservazione.revisione += 1
    osservazione.save()
