"""A body sends the text back, the draft is reopened and written again: by the services of phases 5 to 8, to a new signature."""

import hashlib
import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from accordo.approvazione import interrogazioni, servizi
from accordo.approvazione.firma_di_prova import firma_p7m
from accordo.approvazione.firme import FirmaRifiutata
from accordo.approvazione.models import Turno
from accordo.approvazione.riapertura import riapertura
from accordo.approvazione.versamento.pacchetto import scrivi_versamento
from accordo.base import orologio
from accordo.base.errori import ErroreDominio
from accordo.iter import servizi as iter_servizi
from accordo.iter.models import Accordo, Evento, FaseAccordo
from accordo.iter.registro import verifica
from bozze.models import Contributo, NodoBozza, Versione
from bozze.servizi import emendamenti, esame, testo
from tests.approvazione.fabbriche import approvano, congelato, registra
from tests.bozze.emendamenti.fabbriche import cambia, emendamento, versione


def _di(scena, ente):
    """The body's approval of the text in force."""
    return interrogazioni.documento_attuale(scena.accordo).approvazioni.get(ente=ente)


def _confermano(scena):
    for ente, chi in ((scena.ente_a, scena.rappresentante), (scena.ente_b, scena.rappresentante_altro)):
        contributo = Contributo.objects.get(accordo=scena.accordo, ente=ente)
        emendamenti.conferma_contributo(contributo, da=scena.agente(chi))


@pytest.fixture
def rinviato(scena):
    """Phase 8, entered by the services: Beta has signed, Alfa sends the text back."""
    guida = scena.agente(scena.coordinatore)
    altro = scena.agente(scena.rappresentante_altro)
    FaseAccordo.objects.filter(accordo=scena.accordo).update(inizio_effettivo=date(2026, 1, 1))
    versione(scena)
    respinto = emendamento(scena, cambia("due volte l'anno", "tre volte l'anno"))
    _confermano(scena)
    iter_servizi.avanza(scena.accordo, da=guida)
    esame.decidi_emendamento(respinto, "respinto", "Bastano due.", da=guida)
    scena.prima = esame.pubblica_proposta_definitiva(scena.accordo, da=guida)
    iter_servizi.avanza(scena.accordo, da=guida)
    assert interrogazioni.documento_attuale(scena.accordo).versione == scena.prima
    registra(_di(scena, scena.ente_b), altro)
    scena.firmato = firma_p7m(congelato(_di(scena, scena.ente_b)), str(altro.utente))
    servizi.registra_firma(_di(scena, scena.ente_b), ContentFile(scena.firmato, "f.p7m"), da=altro)
    sindaco = scena.agente(scena.rappresentante)
    servizi.rinvia(_di(scena, scena.ente_a), motivazione="La cabina va riunita tre volte.", da=sindaco)
    return scena


def _riscrivi(scena, guida) -> Versione:
    """Back to the draft, each step with its reason; the words changed, published, walked to a new final version."""
    with pytest.raises(ErroreDominio, match="motivazione"):
        iter_servizi.torna_indietro(scena.accordo, da=guida, motivazione=" ")
    for _ in range(3):
        iter_servizi.torna_indietro(scena.accordo, da=guida, motivazione="Il rilievo di Alfa è fondato.")
    assert scena.accordo.fase == "bozza"
    _corregge(scena, guida)
    testo.pubblica_versione(scena.accordo, motivazione="Riaperto.", da=guida)
    iter_servizi.avanza(scena.accordo, da=guida)
    iter_servizi.avanza(scena.accordo, da=guida)
    return esame.pubblica_proposta_definitiva(scena.accordo, da=guida)


def _corregge(scena, guida) -> None:
    nodo = NodoBozza.objects.get(testo__contains="due volte l'anno")
    testo.modifica_disposizione(
        scena.accordo,
        nodo.codice,
        testo=nodo.testo.replace("due", "tre"),
        rubrica=nodo.rubrica,
        revisione_attesa=nodo.revisione,
        da=guida,
    )


def _legge(client, chi, rotta, *altro) -> str:
    client.force_login(chi)
    return client.get(reverse(rotta, args=altro)).content.decode()


def test_chi_coordina_e_condotto_fino_alla_bozza(
    rinviato, client, mailoutbox, django_capture_on_commit_callbacks
):
    """One page, one reason, three steps back; then every page says what happened and has the one thing to press."""
    scena, slug = rinviato, rinviato.accordo.slug
    indirizzo = reverse("approvazione:riapri", args=[slug])
    assert indirizzo in _legge(client, scena.coordinatore, "approvazione:ente", slug, scena.ente_a.codice)
    assert client.post(indirizzo, {"motivazione": " "}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        risposta = client.post(indirizzo, {"motivazione": "Il rilievo di Alfa è fondato."})
    assert risposta.url == reverse("approvazione:quadro", args=[slug])
    accordo = Accordo.objects.get(pk=scena.accordo.pk)
    assert accordo.fase == "bozza"
    indietro = Evento.objects.filter(verbo="torna_indietro").order_by("numero")
    assert [(e.stato_da, e.motivazione) for e in indietro] == [
        (fase, "Il rilievo di Alfa è fondato.")
        for fase in ("approvazione", "proposta_definitiva", "osservazioni")
    ]
    scritte = [m.to[0] for m in mailoutbox if "Il rilievo di Alfa" in m.body]
    assert scritte, "the bodies are told"
    assert len(scritte) == len(set(scritte)), "once each"
    for rotta in ("approvazione:quadro", "cruscotto:cruscotto", "cruscotto:attivita"):
        pagina = _legge(client, scena.coordinatore, rotta, slug)
        assert "Il testo è stato riaperto" in pagina, rotta
        assert reverse("bozze:redazione", args=[slug]) in pagina, rotta
        assert pagina.count("btn btn-primary") == 1, rotta
    assert "Si può fare solo" not in _legge(client, scena.coordinatore, "approvazione:quadro", slug)
    di_alfa = _legge(client, scena.rappresentante, "approvazione:ente", slug, scena.ente_a.codice)
    assert "Per ora non devi fare nulla" in di_alfa
    assert "Riapri" not in di_alfa
    assert "btn btn-primary" not in di_alfa
    client.logout()
    pubblica = client.get(reverse("approvazione:trasparenza", args=[slug])).content.decode()
    assert "sul nuovo si chiedono di nuovo a tutti" in pubblica
    assert (
        client.get(reverse("approvazione:trasparenza_json", args=[slug])).json()["stato_accordo"]
        == "riaperto"
    )
    client.force_login(scena.coordinatore)
    assert client.get(indirizzo).status_code == 404
    assert client.post(indirizzo, {"motivazione": "Ancora."}).status_code == 409, "a second click"


def test_a_ogni_passo_dice_che_cosa_viene_dopo(rinviato):
    scena = rinviato
    guida = scena.agente(scena.coordinatore)

    def azione() -> str:
        trovata = riapertura(Accordo.objects.get(pk=scena.accordo.pk), guida)
        return trovata.azione if trovata else ""

    assert azione() == "", "phase 8: nothing is open again"
    iter_servizi.torna_indietro(scena.accordo, da=guida, motivazione="Come si firma va cambiato.")
    assert azione() == "Riapri la bozza"
    [(_, parole, url)] = riapertura(scena.accordo, guida).altro
    assert (parole, url) == (
        "Torna all'approvazione",
        reverse("iter:avanza", args=[scena.accordo.slug]),
    )
    iter_servizi.riapri_fino_a(scena.accordo, "bozza", da=guida, motivazione="Meglio riscrivere.")
    assert azione() == "Correggi il testo"
    _corregge(scena, guida)
    assert azione() == "Pubblica la bozza"
    testo.pubblica_versione(scena.accordo, motivazione="Riaperto.", da=guida)
    assert azione() == "Passa alla fase 6"
    iter_servizi.avanza(scena.accordo, da=guida)
    assert azione() == "Segui le proposte degli enti"
    iter_servizi.avanza(scena.accordo, da=guida)
    assert azione() == "Vai alla proposta definitiva"
    esame.pubblica_proposta_definitiva(scena.accordo, da=guida)
    assert azione() == "Torna all'approvazione"
    iter_servizi.riapri_fino_a(scena.accordo, "focus_group", da=guida, motivazione="Serve un incontro.")
    assert azione() == "Vai a: Focus group"


def test_riaperto_il_testo_nessun_turno_corre(a_turno):
    """Who held the PDF does not lose the turn while the text is being written again, nor does another body get it."""
    approvano(a_turno)
    documento = interrogazioni.documento_attuale(a_turno.accordo)
    Turno.objects.update(scade_il=orologio.oggi() - timedelta(days=1))
    a_turno.porta_a("bozza")
    assert servizi.passa_turni_scaduti() == []
    assert not servizi.aggiorna_turno(documento)
    with pytest.raises(ErroreDominio):
        servizi.passa_turno(documento, motivazione="No.", da=a_turno.guida)
    a_turno.porta_a("approvazione")
    assert len(servizi.passa_turni_scaduti()) == 1


def test_riaperto_riscritto_e_approvato_da_capo(rinviato, django_capture_on_commit_callbacks, mailoutbox):
    scena, prima = rinviato, rinviato.prima
    guida, altro = scena.agente(scena.coordinatore), scena.agente(scena.rappresentante_altro)
    nuova = _riscrivi(scena, guida)
    assert nuova.impronta != prima.impronta
    with django_capture_on_commit_callbacks(execute=True):
        iter_servizi.avanza(scena.accordo, da=guida)
    documento = interrogazioni.documento_attuale(scena.accordo)
    assert documento.versione == nuova
    assert {a.stato for a in documento.approvazioni.all()} == {"in_attesa"}
    chiesti = {m.to[0] for m in mailoutbox if "da approvare" in m.subject}
    assert "rappresentante_altro@example.invalid" in chiesti
    [storia] = interrogazioni.testi_precedenti(scena.accordo)
    assert storia.versione == prima
    assert {a.ente.codice: a.stato for a in storia.approvazioni.all()} == {
        "comune-alfa": "rinviato",
        "comune-beta": "firmato",
        "provincia-prova": "in_attesa",
    }

    # the act of the old text is a fault that blocks; the file signed then signs nothing now
    vecchia = ContentFile(scena.firmato, "f.p7m")
    registra(_di(scena, scena.ente_b), altro, impronta_testo=prima.impronta)
    with pytest.raises(ErroreDominio) as blocco:
        servizi.registra_firma(_di(scena, scena.ente_b), vecchia, da=altro)
    assert isinstance(blocco.value, FirmaRifiutata) or "versione diversa" in blocco.value.mancanze[0].testo
    registra(_di(scena, scena.ente_b), altro, motivazione="Riapprovato.")
    with pytest.raises(FirmaRifiutata, match="non è il testo definitivo"):
        servizi.registra_firma(_di(scena, scena.ente_b), vecchia, da=altro)
    di_nuovo = firma_p7m(congelato(_di(scena, scena.ente_b)), str(altro.utente))
    servizi.registra_firma(_di(scena, scena.ente_b), ContentFile(di_nuovo, "f.p7m"), da=altro)
    assert _di(scena, scena.ente_b).stato == "firmato"
    assert Evento.objects.filter(verbo="congela_testo").count() == 2
    uscita = io.BytesIO()
    scrivi_versamento(scena.accordo, uscita)
    base = f"versamento-prova/data/testi-precedenti/versione-{prima.numero}"
    with zipfile.ZipFile(uscita) as pacco:
        assert pacco.read(f"{base}/firme/accordo-firmato-comune-beta.pdf.p7m") == scena.firmato
        assert hashlib.sha256(pacco.read(f"{base}/testo.json")).hexdigest() == prima.impronta
    assert verifica(Accordo.objects.get(pk=scena.accordo.pk)) is None
