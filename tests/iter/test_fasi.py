"""The pages that move the accord: what happens, what is missing, who is told; and the dates."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, Mancanza, NonAutorizzato
from accordo.iter import motore, servizi
from accordo.iter.models import Accordo, Evento, FaseAccordo
from accordo.iter.pianificazione import pianifica
from accordo.iter.registro import verifica

pytestmark = pytest.mark.django_db


@pytest.fixture
def mancanze(monkeypatch) -> list[Mancanza]:
    """What the phase's requirements answer, whatever they are."""
    elenco: list[Mancanza] = []
    monkeypatch.setattr(motore, "cosa_manca", lambda *_: tuple(elenco))
    return elenco


def a_meta(scena) -> None:
    """Take the accord to its third phase, begun today."""
    scena.porta_a("restituzione")
    FaseAccordo.objects.filter(codice="restituzione").update(inizio_effettivo=orologio.oggi())


def url(scena, nome: str) -> str:
    return reverse(f"iter:{nome}", args=[scena.accordo.slug])


def test_avanti_quando_non_manca_nulla(scena, client, mancanze, django_capture_on_commit_callbacks) -> None:
    a_meta(scena)
    client.force_login(scena.coordinatore)
    pagina = client.get(url(scena, "avanza")).content.decode()
    assert "Non manca nulla" in pagina
    assert "Passa a: Focus group" in pagina
    assert "5 persone di 3 enti" in pagina
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url(scena, "avanza")).status_code == 302
    assert Accordo.objects.get().fase == "focus_group"
    assert len({m.to[0] for m in mail.outbox}) >= 5
    assert verifica(scena.accordo) is None


def test_quel_che_manca_e_insuperabile_si_legge_e_non_si_passa(scena, client, mancanze) -> None:
    mancanze.append(Mancanza("Mancano 2 questionari: Barga e Lucca.", "/qui/"))
    client.force_login(scena.coordinatore)
    pagina = client.get(url(scena, "avanza")).content.decode()
    assert "Mancano 2 questionari" in pagina
    assert 'href="/qui/"' in pagina
    assert '<button type="submit" class="btn btn-primary"' not in pagina
    risposta = client.post(url(scena, "avanza"))
    assert risposta.status_code == 409
    assert "Mancano 2 questionari" in risposta.content.decode()
    assert Accordo.objects.get().fase == "presentazione"


def test_quel_che_e_superabile_chiede_il_motivo(scena, client, mancanze) -> None:
    a_meta(scena)
    mancanze.append(Mancanza("Manca 1 verbale.", superabile=True))
    client.force_login(scena.coordinatore)
    assert 'name="motivazione"' in client.get(url(scena, "avanza")).content.decode()
    assert client.post(url(scena, "avanza"), {"motivazione": " "}).status_code == 422
    assert client.post(url(scena, "avanza"), {"motivazione": "Il termine è passato"}).status_code == 302
    evento = Evento.objects.filter(verbo="avanza").get()
    assert evento.motivazione == "Il termine è passato"
    assert evento.dati["mancava"] == ["Manca 1 verbale."]


def test_indietro_solo_con_il_motivo(scena, client) -> None:
    client.force_login(scena.coordinatore)
    assert client.get(url(scena, "torna_indietro")).status_code == 404, "nothing before the first phase"
    scena.porta_a("bozza")
    assert "Riapri la fase «Focus group»" in client.get(url(scena, "torna_indietro")).content.decode()
    assert client.post(url(scena, "torna_indietro"), {}).status_code == 422
    assert client.post(url(scena, "torna_indietro"), {"motivazione": "Serve un incontro"}).status_code == 302
    assert Accordo.objects.get().fase == "focus_group"


def test_dopo_la_firma_niente_piu_passaggi(scena, client) -> None:
    scena.porta_a("sottoscritto")
    client.force_login(scena.coordinatore)
    for nome in ("avanza", "torna_indietro", "proroga"):
        assert client.get(url(scena, nome)).status_code == 404


def test_proroga(scena, client, django_capture_on_commit_callbacks) -> None:
    oggi = orologio.oggi()
    scena.scadenza("presentazione", oggi + timedelta(days=2))
    client.force_login(scena.coordinatore)
    assert client.get(url(scena, "proroga")).status_code == 200
    for giorno in (oggi + timedelta(days=2), oggi - timedelta(days=1), ""):
        risposta = client.post(url(scena, "proroga"), {"nuova_scadenza": giorno, "motivazione": "Ferie"})
        assert risposta.status_code == 422
    nuova = oggi + timedelta(days=9)
    with django_capture_on_commit_callbacks(execute=True):
        assert (
            client.post(url(scena, "proroga"), {"nuova_scadenza": nuova, "motivazione": "Ferie"}).status_code
            == 302
        )
    assert FaseAccordo.objects.get(codice="presentazione").scadenza == nuova
    assert any(f"{nuova:%d/%m/%Y}" in m.body for m in mail.outbox)


def test_le_date_si_cambiano_dalla_pagina(scena, client) -> None:
    client.force_login(scena.coordinatore)
    pagina = client.get(url(scena, "date"))
    assert pagina.status_code == 200
    dati = {
        "questionario-inizio_previsto": "2026-03-02",
        "questionario-fine_prevista": "2026-03-27",
        "questionario-scadenza": "2026-03-27",
    }
    assert client.post(url(scena, "date"), dati).status_code == 302
    fase = FaseAccordo.objects.get(accordo=scena.accordo, codice="questionario")
    assert str(fase.scadenza) == "2026-03-27"
    assert Evento.objects.get(verbo="pianifica").dati["date"]["questionario"]["scadenza"] == [
        None,
        "2026-03-27",
    ]
    sbagliate = client.post(url(scena, "date"), {**dati, "questionario-fine_prevista": "2026-03-01"})
    assert sbagliate.status_code == 422
    assert "viene prima" in sbagliate.content.decode()
    client.post(url(scena, "date"), dati)
    assert Evento.objects.filter(verbo="pianifica").count() == 1, "nothing changed, nothing written"


def test_la_scadenza_di_una_fase_cominciata_non_si_pianifica(scena) -> None:
    FaseAccordo.objects.filter(codice="presentazione").update(inizio_effettivo=orologio.oggi())
    da = scena.agente(scena.coordinatore)
    with pytest.raises(ErroreDominio, match="proroga"):
        pianifica(scena.accordo, {"presentazione": {"scadenza": orologio.oggi()}}, da=da)
    giorni = {"inizio_previsto": orologio.oggi(), "fine_prevista": orologio.oggi() - timedelta(days=1)}
    with pytest.raises(ErroreDominio, match="prima dell'inizio"):
        pianifica(scena.accordo, {"bozza": giorni}, da=da)
    with pytest.raises(NonAutorizzato):
        pianifica(scena.accordo, {}, da=scena.agente(scena.rappresentante))


def test_chi_perde_l_incarico_a_pagina_aperta_non_puo_piu(scena, mancanze) -> None:
    from accordo.enti.models import Incarico

    da = scena.agente(scena.coordinatore)
    Incarico.objects.filter(utente=scena.coordinatore).update(concluso_il=orologio.adesso())
    with pytest.raises(NonAutorizzato):
        servizi.avanza(scena.accordo, da=da)
