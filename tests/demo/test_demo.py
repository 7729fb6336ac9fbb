"""The demo: every phase builds, by the services that people drive, with invented people only."""

import io
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accordo.base import orologio, posta
from accordo.cruscotto.avanzamento import tavola
from accordo.demo import mondo
from accordo.demo.percorso import Percorso
from accordo.demo.tempi import GIORNI_PASSATI, tempi_per
from accordo.enti.models import Incarico, Ruolo, Utente
from accordo.iter.models import Accordo, Evento
from accordo.iter.procedura import processo
from accordo.iter.registro import verifica
from accordo.iter.servizi import elimina_dimostrativo
from bozze.incontri import incontri
from bozze.models import Emendamento, Osservazione, Versione
from questionari.models import Compilazione
from tests.fabbriche import AccordoFactory, EnteFactory

pytestmark = pytest.mark.django_db


def _demo(fase: str) -> tuple[Accordo, str]:
    uscita = io.StringIO()
    call_command("demo", "--fase", fase, stdout=uscita)
    return Accordo.objects.get(slug="lucca"), uscita.getvalue()


def test_ogni_fase_si_costruisce(mailoutbox, settings):
    """One walk, looked at on the day on which each `--fase` stops; what is done there only is then undone."""
    settings.DEBUG = True  # the invented people may log in only there
    fasi, finale = processo().codici, processo().stato_finale
    tempi = tempi_per(finale, orologio.oggi())
    percorso = Percorso(mondo.costruisci(), tempi, orologio.adesso())
    viste = []
    with posta.muta():
        for fase in percorso.passi():
            viste.append(fase)
            if fase == finale:
                _com_e(percorso.accordo, fase)
                continue
            oggi = tempi.giorno(fase, GIORNI_PASSATI.get(fase, 0), 18)
            with orologio.fermo(oggi), transaction.atomic():
                fine, percorso.adesso = percorso.adesso, oggi
                percorso.svolgi_in_parte(fase)
                percorso.adesso = fine
                _com_e(Accordo.objects.get(slug="lucca"), fase)
                transaction.set_rollback(True)
            percorso.accordo.refresh_from_db()
    assert viste == list(fasi)
    assert not [u.email for u in Utente.objects.all() if not u.email.endswith("@example.invalid")]
    assert not mailoutbox
    elimina_dimostrativo(percorso.accordo)
    assert not Accordo.objects.exists()
    assert not Versione.objects.exists()


def _com_e(accordo, fase):
    assert accordo.fase == fase
    assert accordo.dimostrativo
    assert verifica(accordo) is None
    assert Evento.objects.filter(accordo=accordo, quando__gt=orologio.adesso()).count() == 0
    quando = list(Evento.objects.filter(accordo=accordo).order_by("numero").values_list("quando", flat=True))
    assert quando == sorted(quando)
    if fase != "sottoscritto":
        corrente = accordo.fasi.get(codice=fase)
        assert corrente.inizio_effettivo <= orologio.oggi() <= corrente.scadenza
    if fase == "osservazioni":
        _emendamenti_di_ogni_genere_e_due_che_si_scontrano(accordo)
    _le_prime_pagine_si_aprono(accordo)


def test_chi_entra():
    accordo, uscita = _demo("presentazione")
    assert accordo.fase == "presentazione"
    for indirizzo in ("coordinatore@", "referente.barga@", "sindaco.barga@", "prefetto.prefettura-lucca@"):
        assert f"{indirizzo}example.invalid" in uscita
    assert "Presentazione" in uscita


PERSONE = (
    "coordinatore",
    "referente.lucca",
    "sindaco.barga",
    "prefetto.prefettura-lucca",
    "osservatore.azienda-usl",
)


def _le_prime_pagine_si_aprono(accordo: Accordo) -> None:
    fase = accordo.fase_corrente
    for nome in PERSONE if connection.vendor == "sqlite" else PERSONE[:1]:
        client = Client()
        client.force_login(Utente.objects.get(email=f"{nome}@example.invalid"))
        pagine = [f"cruscotto:{pagina}" for pagina in ("attivita", "cruscotto", "tempi", "accordo")]
        for pagina in [*pagine, fase.pagina] if fase else pagine:
            assert client.get(reverse(pagina, args=["lucca"])).status_code == 200, (pagina, nome)


def _emendamenti_di_ogni_genere_e_due_che_si_scontrano(accordo):
    presentati = list(Emendamento.objects.filter(accordo=accordo, stato="presentato"))
    assert len(presentati) >= 25
    tipi = Counter(e.tipo for e in presentati)
    assert set(tipi) == {"soppressivo", "sostitutivo", "modificativo", "aggiuntivo"}
    assert incontri(Versione.objects.get(accordo=accordo).albero, presentati)
    assert Osservazione.objects.filter(accordo=accordo).exclude(presentata_il=None).count() >= 5
    tabella = tavola(accordo)
    assert 0 < len(tabella.mancanti) < 20


@pytest.mark.una_volta
def test_due_volte_rifa_il_suo_e_non_tocca_gli_altri():
    altro = AccordoFactory(slug="vero", promotore=EnteFactory(codice="provincia-vera"), dimostrativo=False)
    primo, _ = _demo("restituzione")
    quanti = _quanti()
    secondo, _ = _demo("presentazione")
    terzo, _ = _demo("restituzione")
    assert len({primo.pk, secondo.pk, terzo.pk}) == 3
    assert list(Accordo.objects.exclude(pk=terzo.pk)) == [altro]
    assert quanti == _quanti()
    assert terzo.eventi.count() > 0


def _quanti():
    """How many rows of each model there are; that the text goes too is seen at the end of the walk."""
    return {modello.__name__: modello.objects.count() for modello in (Utente, Incarico, Compilazione, Evento)}


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
