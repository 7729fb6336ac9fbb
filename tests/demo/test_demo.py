"""The demo: every phase builds, by the services that people drive, with invented people only."""

import io
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accordo.base import orologio
from accordo.cruscotto.avanzamento import tavola
from accordo.enti.models import Incarico, Ruolo, Utente
from accordo.iter.models import Accordo, Evento
from accordo.iter.procedura import processo
from accordo.iter.registro import verifica
from bozze.incontri import incontri
from bozze.models import Emendamento, Osservazione, Versione
from tests.fabbriche import AccordoFactory, EnteFactory

pytestmark = pytest.mark.django_db


def _demo(fase: str) -> tuple[Accordo, str]:
    uscita = io.StringIO()
    call_command("demo", "--fase", fase, stdout=uscita)
    return Accordo.objects.get(slug="lucca"), uscita.getvalue()


FASI = [
    fase if fase == processo().stato_finale else pytest.param(fase, marks=pytest.mark.una_volta)
    for fase in processo().codici
]
"""The last one goes through all the others: it is enough for a second database."""


@pytest.mark.parametrize("fase", FASI)
def test_ogni_fase_si_costruisce(fase, mailoutbox, settings):
    settings.DEBUG = True  # the invented people may log in only there
    accordo, uscita = _demo(fase)
    assert accordo.fase == fase
    assert accordo.dimostrativo
    assert verifica(accordo) is None
    assert not [u.email for u in Utente.objects.all() if not u.email.endswith("@example.invalid")]
    assert not mailoutbox
    assert Evento.objects.filter(accordo=accordo, quando__gt=orologio.adesso()).count() == 0
    quando = list(Evento.objects.filter(accordo=accordo).order_by("numero").values_list("quando", flat=True))
    assert quando == sorted(quando)
    if fase != "sottoscritto":
        corrente = accordo.fasi.get(codice=fase)
        assert corrente.inizio_effettivo <= orologio.oggi() <= corrente.scadenza
    for indirizzo in ("coordinatore@", "referente.barga@", "sindaco.barga@", "prefetto.prefettura-lucca@"):
        assert f"{indirizzo}example.invalid" in uscita
    _le_prime_pagine_si_aprono(accordo)


PERSONE = (
    "coordinatore",
    "referente.lucca",
    "sindaco.barga",
    "prefetto.prefettura-lucca",
    "osservatore.azienda-usl",
)


def _le_prime_pagine_si_aprono(accordo: Accordo) -> None:
    fase = accordo.fase_corrente
    for nome in PERSONE:
        client = Client()
        client.force_login(Utente.objects.get(email=f"{nome}@example.invalid"))
        pagine = [f"cruscotto:{pagina}" for pagina in ("attivita", "cruscotto", "tempi", "accordo")]
        for pagina in [*pagine, fase.pagina] if fase else pagine:
            assert client.get(reverse(pagina, args=["lucca"])).status_code == 200, (pagina, nome)


def test_osservazioni_emendamenti_di_ogni_genere_e_due_che_si_scontrano():
    accordo, _ = _demo("osservazioni")
    presentati = list(Emendamento.objects.filter(accordo=accordo, stato="presentato"))
    assert len(presentati) >= 25
    tipi = Counter(e.tipo for e in presentati)
    assert set(tipi) == {"soppressivo", "sostitutivo", "modificativo", "aggiuntivo"}
    assert incontri(Versione.objects.get(accordo=accordo).albero, presentati)
    assert Osservazione.objects.filter(accordo=accordo).exclude(presentata_il=None).count() >= 5
    tabella = tavola(accordo)
    assert 0 < len(tabella.mancanti) < 20


def test_due_volte_rifa_il_suo_e_non_tocca_gli_altri():
    altro = AccordoFactory(slug="vero", promotore=EnteFactory(codice="provincia-vera"), dimostrativo=False)
    primo, _ = _demo("bozza")
    testo = Versione.objects.count(), Utente.objects.count(), Incarico.objects.count()
    secondo, _ = _demo("questionario")
    terzo, _ = _demo("bozza")
    assert len({primo.pk, secondo.pk, terzo.pk}) == 3
    assert list(Accordo.objects.exclude(pk=terzo.pk)) == [altro]
    assert testo == (Versione.objects.count(), Utente.objects.count(), Incarico.objects.count())
    assert terzo.eventi.count() > 0


def test_un_accordo_vero_con_lo_stesso_nome_non_si_tocca():
    AccordoFactory(slug="lucca", dimostrativo=False)
    with pytest.raises(CommandError, match="dimostrativo"):
        _demo("presentazione")


def test_senza_debug_si_rifiuta(settings):
    settings.DEBUG = settings.IN_PROVA = False
    with pytest.raises(CommandError, match="DEBUG"):
        _demo("presentazione")
    assert not Accordo.objects.exists()


def test_ogni_ente_ha_chi_lo_rappresenta_e_chi_lo_segue():
    accordo, _ = _demo("presentazione")
    invitati = set(accordo.partecipazioni.exclude(ente=accordo.promotore).values_list("ente", flat=True))
    for ruolo in (Ruolo.RAPPRESENTANTE, Ruolo.REFERENTE):
        con = set(Incarico.objects.in_corso().filter(ruolo=ruolo).values_list("ente", flat=True))
        assert invitati <= con
