"""Versions and amendments of an accord as Akoma Ntoso documents."""

from django.utils.timezone import localdate

from accordo.enti.models import Ente
from accordo.iter.interrogazioni import sottoscrittori
from accordo.iter.models import Accordo
from bozze.interrogazioni.firme import cofirmatari, subemendamenti_di
from bozze.models import Emendamento, Versione
from bozze.testo.akn.documento import akn
from bozze.testo.akn.emendamento import Proposta, Subproposta, akn_emendamento
from bozze.testo.akn.identita import originari
from bozze.testo.akn.scheda import Passo, Scheda, Soggetto
from bozze.testo.albero import Testo
from bozze.testo.operazioni import da_dati


def akn_versione(versione: Versione) -> bytes:
    """Return a published version as Akoma Ntoso: the same bytes as long as the signatories are the same."""
    fino_a_qui = list(Versione.objects.filter(accordo=versione.accordo_id, numero__lte=versione.numero))
    fino_a_qui.sort(key=lambda altra: altra.numero)
    primi = originari(Testo.da_dati(altra.testo) for altra in fino_a_qui)
    return akn(versione.albero, scheda(versione, fino_a_qui), primi=primi)


def akn_di_emendamento(emendamento: Emendamento) -> bytes:
    """Return a presented amendment, as it was presented, as Akoma Ntoso."""
    versione = emendamento.versione
    quando = emendamento.presentato_il or emendamento.creato_il
    proposta = Proposta(
        sigla=emendamento.sigla,
        proponente=_soggetto(emendamento.ente),
        del_giorno=localdate(quando),
        operazioni=tuple(da_dati(operazione) for operazione in emendamento.operazioni),
        motivazione=emendamento.motivazione,
        firmatari=tuple(_soggetto(ente) for ente in cofirmatari(emendamento)),
        subemendamenti=tuple(
            Subproposta(s.sigla, _soggetto(s.ente), tuple(s.righe_disposto), s.motivazione)
            for s in subemendamenti_di(emendamento)
        ),
    )
    return akn_emendamento(versione.albero, scheda(versione), proposta)


def akn_di_riformulazione(emendamento: Emendamento) -> bytes:
    """Return the other words with which an amendment was accepted, as an amendment of who leads; ValueError if none are."""
    if emendamento.riformulazione is None:
        raise ValueError("not reformulated")
    versione = emendamento.versione
    proposta = Proposta(
        sigla=f"{emendamento.sigla} riformulato",
        proponente=_soggetto(emendamento.accordo.promotore),
        del_giorno=localdate(emendamento.deciso_il or emendamento.creato_il),
        operazioni=tuple(da_dati(operazione) for operazione in emendamento.riformulazione),
        motivazione=emendamento.motivazione_esito,
    )
    return akn_emendamento(versione.albero, scheda(versione), proposta)


def scheda(versione: Versione, fino_a_qui: list[Versione] | None = None) -> Scheda:
    """Return what the metadata say of a version, from it and those before it."""
    accordo = Accordo.objects.select_related("promotore").get(pk=versione.accordo_id)
    promotore = _soggetto(accordo.promotore)
    altre = fino_a_qui or list(
        Versione.objects.filter(accordo=accordo, numero__lte=versione.numero).order_by("numero")
    )
    return Scheda(
        slug=accordo.slug,
        promotore=promotore,
        nata_il=localdate(altre[0].pubblicata_il),
        numero=versione.numero,
        del_giorno=localdate(versione.pubblicata_il),
        impronta=versione.impronta,
        definitiva=versione.definitiva,
        sottoscrittori=tuple(_soggetto(p.ente) for p in sottoscrittori(accordo)),
        passi=tuple(
            Passo(
                localdate(altra.pubblicata_il),
                promotore,
                "proposta-definitiva" if altra.definitiva else "pubblicazione",
                "Proposta definitiva" if altra.definitiva else "Pubblicazione di una versione",
            )
            for altra in altre
        ),
    )


def _soggetto(ente: Ente) -> Soggetto:
    return Soggetto(ente.codice, ente.denominazione)
