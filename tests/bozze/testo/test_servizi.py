"""Writing and publishing: what goes through, and what is refused."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.urls import reverse

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.base.parole import Parola
from accordo.iter.models import Evento, FaseAccordo
from accordo.iter.servizi import avanza
from accordo.rilievi.models import Rilievo
from bozze import attivita, avanzamento, requisiti
from bozze.interrogazioni import testo as interrogazioni
from bozze.models import Citazione, NodoBozza, Versione
from bozze.models.scrittura import Modifica, Traccia
from bozze.servizi import testo as servizi
from bozze.testo.albero import Tipo
from bozze.testo.operazioni import Posizione
from tests.bozze.testo.fabbriche import BREVE
from tests.fabbriche import EnteFactory, PartecipazioneFactory

pytestmark = pytest.mark.django_db

PERCHE = "La riunione si tiene dopo."
"""In the small scene no area has met."""


@pytest.fixture
def chi(scena):
    scena.porta_a("bozza")
    return scena.agente(scena.coordinatore)


@pytest.fixture
def caricata(scena, chi):
    return servizi.carica_testo(scena.accordo, BREVE, da=chi, spazio="prova")


def _albero(scena):
    return interrogazioni.testo_in_lavoro(scena.accordo).testo


def _nodo(scena, inizio):
    return NodoBozza.objects.get(bozza__accordo=scena.accordo, testo__startswith=inizio)


def test_carica_e_rilegge(scena, chi, caricata):
    from bozze.testo.lettura import leggi

    assert _albero(scena) == leggi(BREVE, "prova").testo
    assert Evento.objects.filter(accordo=scena.accordo, verbo="carica_testo").exists()


def test_ricaricare_mantiene_gli_identificativi(scena, chi, caricata):
    prima = set(_albero(scena).indice)
    servizi.carica_testo(scena.accordo, BREVE.replace("tre anni", "quattro anni"), da=chi)
    assert set(_albero(scena).indice) == prima


def test_modifica_con_la_revisione_attesa(scena, chi, caricata):
    nodo = _nodo(scena, "L'accordo dura")
    servizi.modifica_disposizione(
        scena.accordo, nodo.codice, testo="Dura “cinque” anni.", revisione_attesa=0, da=chi
    )
    nodo.refresh_from_db()
    assert (nodo.testo, nodo.revisione) == ('Dura "cinque" anni.', 1)
    with pytest.raises(servizi.TestoCambiato) as rifiuto:
        servizi.modifica_disposizione(scena.accordo, nodo.codice, testo="Altro.", revisione_attesa=0, da=chi)
    assert rifiuto.value.attuale.testo == 'Dura "cinque" anni.'


def test_vuota_non_si_salva(scena, chi, caricata):
    nodo = _nodo(scena, "L'accordo dura")
    with pytest.raises(ErroreDominio, match="vuoto"):
        servizi.modifica_disposizione(scena.accordo, nodo.codice, testo=" ", revisione_attesa=0, da=chi)


def test_aggiungi_sposta_elimina(scena, chi, caricata):
    primo = _nodo(scena, "Le Parti collaborano")
    nuovo = servizi.aggiungi_disposizione(
        scena.accordo,
        tipo=Tipo.COMMA,
        posizione=Posizione.DOPO,
        riferimento=primo.codice,
        testo="Nuovo.",
        da=chi,
    )
    assert [c.testo[:5] for c in _albero(scena).articoli()[0].figli] == ["Le Pa", "Nuovo", "Gli o"]
    servizi.sposta_disposizione(scena.accordo, nuovo.codice, -1, da=chi)
    assert [c.testo[:5] for c in _albero(scena).articoli()[0].figli] == ["Nuovo", "Le Pa", "Gli o"]
    servizi.sopprimi_disposizione(scena.accordo, nuovo.codice, revisione_attesa=0, da=chi)
    assert [c.testo[:5] for c in _albero(scena).articoli()[0].figli] == ["Le Pa", "Gli o"]
    assert Evento.objects.get(verbo="sopprimi_disposizione").dati["disposizione"]["testo"] == "Nuovo."
    with pytest.raises(StatoCambiato):
        servizi.sposta_disposizione(scena.accordo, nuovo.codice, -1, da=chi)


def test_un_articolo_passa_al_titolo_seguente(scena, chi, caricata):
    secondo = NodoBozza.objects.get(rubrica="Durata")
    servizi.sposta_disposizione(scena.accordo, secondo.codice, 1, da=chi)
    radici = [nodo for nodo in _albero(scena).radici if nodo.tipo is Tipo.TITOLO]
    assert [[a.rubrica for a in titolo.figli] for titolo in radici] == [["Oggetto"], ["Durata", "Firma"]]
    with pytest.raises(ErroreDominio, match="in basso"):
        servizi.sposta_disposizione(scena.accordo, NodoBozza.objects.get(rubrica="Firma").codice, 1, da=chi)


def test_ogni_cosa_al_suo_posto(scena, chi, caricata):
    with pytest.raises(ErroreDominio, match="non può stare"):
        servizi.aggiungi_disposizione(
            scena.accordo,
            tipo=Tipo.LETTERA,
            posizione=Posizione.IN_FONDO,
            riferimento=None,
            testo="x",
            da=chi,
        )


def test_pubblica_e_immutabile(scena, chi, caricata, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        versione = servizi.pubblica_versione(scena.accordo, "Prima.", motivazione=PERCHE, da=chi)
    assert (versione.numero, versione.definitiva, versione.impronta) == (1, False, _albero(scena).impronta)
    assert Versione.objects.get().integra
    assert mailoutbox
    versione.nota = "Altra."
    with pytest.raises(ValidationError):
        versione.save()
    with pytest.raises(ValidationError):
        versione.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Versione.objects.update(nota="Altra.")
    scena.accordo.__class__.objects.filter(pk=scena.accordo.pk).update(dimostrativo=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        Versione.objects.all()._raw_delete("default")
    with pytest.raises(ErroreDominio, match="uguale"):
        servizi.pubblica_versione(scena.accordo, da=chi)


def test_solo_chi_coordina_e_solo_in_fase(scena, chi, caricata):
    nodo = _nodo(scena, "L'accordo dura")
    altro = scena.agente(scena.rappresentante)
    with pytest.raises(NonAutorizzato):
        servizi.modifica_disposizione(scena.accordo, nodo.codice, testo="x", revisione_attesa=0, da=altro)
    with pytest.raises(NonAutorizzato):
        servizi.pubblica_versione(scena.accordo, da=altro)
    servizi.pubblica_versione(scena.accordo, motivazione=PERCHE, da=chi)
    scena.porta_a("osservazioni")
    with pytest.raises(ErroreDominio, match="base degli emendamenti"):
        servizi.modifica_disposizione(scena.accordo, nodo.codice, testo="x", revisione_attesa=0, da=chi)
    with pytest.raises(ErroreDominio, match="base degli emendamenti"):
        servizi.carica_testo(scena.accordo, BREVE, da=chi)


def test_definitiva(scena, chi, caricata):
    servizi.pubblica_versione(scena.accordo, motivazione=PERCHE, da=chi)
    scena.porta_a("proposta_definitiva")
    definitiva = servizi.pubblica_definitiva(scena.accordo, _albero(scena), "Ecco.", da=chi)
    assert (definitiva.numero, definitiva.definitiva) == (2, True)
    assert interrogazioni.versione_definitiva(scena.accordo) == definitiva


def test_requisiti_avanzamento_attivita(scena, chi):
    referente = scena.agente(scena.referente)
    assert [m.testo for m in requisiti.bozza(scena.accordo)] == [
        "La bozza d'accordo è da scrivere o da caricare."
    ]
    servizi.carica_testo(scena.accordo, BREVE, da=chi)
    assert [m.testo for m in requisiti.bozza(scena.accordo)] == ["La bozza è scritta ma non è pubblicata."]
    assert avanzamento.bozza(scena.accordo)[scena.ente_a.pk] == Parola.PIU_AVANTI
    versione = servizi.pubblica_versione(scena.accordo, motivazione=PERCHE, da=chi)
    assert list(requisiti.bozza(scena.accordo)) == []
    assert avanzamento.bozza(scena.accordo)[scena.ente_a.pk] == Parola.DA_FARE
    assert [a.fatta_il for a in attivita.bozza(scena.accordo, referente)] == [None]
    servizi.segna_letta(versione, da=referente)
    servizi.segna_letta(versione, da=referente)
    assert avanzamento.bozza(scena.accordo)[scena.ente_a.pk] == Parola.FATTO
    assert avanzamento.bozza(scena.accordo)[scena.ente_b.pk] == Parola.DA_FARE
    assert all(a.fatta_il for a in attivita.bozza(scena.accordo, referente))
    nodo = _nodo(scena, "L'accordo dura")
    servizi.modifica_disposizione(scena.accordo, nodo.codice, testo="Dura.", revisione_attesa=0, da=chi)
    assert [m.superabile for m in requisiti.bozza(scena.accordo)] == [True]


def test_storia_di_una_disposizione(scena, chi, caricata):
    servizi.pubblica_versione(scena.accordo, motivazione=PERCHE, da=chi)
    nodo = _nodo(scena, "L'accordo dura")
    servizi.modifica_disposizione(
        scena.accordo, nodo.codice, testo="Dura un anno.", revisione_attesa=0, da=chi
    )
    servizi.pubblica_versione(scena.accordo, da=chi)
    storia = interrogazioni.storia(scena.accordo, str(nodo.codice))
    assert storia.in_parole() == "Nata nella versione 1, cambiata nella versione 2."
    assert len(interrogazioni.storia_in_passi(scena.accordo, str(nodo.codice))) == 2


def test_cita_rilievi(scena, chi, caricata):
    rilievo = Rilievo.objects.create(
        accordo=scena.accordo, numero=1, ambito=scena.ambito, tipo="criticita", testo="Mancano dati.",
        stato="confermato", creato_da=scena.coordinatore,
    )  # fmt: skip
    nodo = _nodo(scena, "L'accordo dura")
    servizi.cita_rilievi(scena.accordo, nodo.codice, [rilievo], da=chi)
    assert interrogazioni.conteggi_citazioni(chi, scena.accordo) == {str(nodo.codice): 1}
    servizi.cita_rilievi(scena.accordo, nodo.codice, [], da=chi)
    assert not Citazione.objects.exists()
    servizi.annulla_ultima(scena.accordo, da=chi)
    assert Citazione.objects.get().rilievo == rilievo
    servizi.annulla_ultima(scena.accordo, da=chi)
    assert not Citazione.objects.exists()
    servizi.ripeti_ultima(scena.accordo, da=chi)
    assert Citazione.objects.get().rilievo == rilievo
    tracce = Traccia.objects.filter(disposizione=nodo.codice, genere="collegata").order_by("pk")
    assert [(t.testo_prima, t.testo_dopo) for t in tracce][:2] == [("", "Rilievi 1"), ("Rilievi 1", "")]
    assert _nodo(scena, "L'accordo dura").revisione == 0, "the words are as they were"


def test_i_rilievi_si_collegano_anche_dopo_ma_non_si_annullano(scena, chi, caricata):
    """Once the published text is the base of the amendments the draft has no more changes; its story may still grow."""
    rilievi = [
        Rilievo.objects.create(
            accordo=scena.accordo, numero=numero, ambito=scena.ambito, tipo="criticita", testo="Mancano dati.",
            stato="confermato", creato_da=scena.coordinatore,
        ) for numero in (1, 2)
    ]  # fmt: skip
    nodo = _nodo(scena, "L'accordo dura")
    servizi.cita_rilievi(scena.accordo, nodo.codice, rilievi[:1], da=chi)
    Citazione.objects.create(accordo=scena.accordo, disposizione=nodo.codice, rilievo=rilievi[1])
    with pytest.raises(StatoCambiato, match="rilievi collegati a questa disposizione sono cambiati"):
        servizi.annulla_ultima(scena.accordo, da=chi)
    scena.porta_a("osservazioni")
    fatte = Modifica.objects.count()
    servizi.cita_rilievi(scena.accordo, nodo.codice, rilievi[1:], da=chi)
    assert Citazione.objects.get().rilievo == rilievi[1]
    assert Modifica.objects.count() == fatte


def test_importa_da_riga_di_comando(scena, chi, tmp_path, capsys):
    file = tmp_path / "bozza.txt"
    file.write_text(BREVE)
    call_command("importa_bozza", scena.accordo.slug, str(file), "--prova")
    assert interrogazioni.bozza_di(scena.accordo) is None
    assert "articolo 3" in capsys.readouterr().out
    call_command("importa_bozza", scena.accordo.slug, str(file), "--json")
    scritto = tmp_path / "bozza.json"
    scritto.write_text(capsys.readouterr().out)
    prima = _albero(scena)
    call_command("importa_bozza", scena.accordo.slug, str(scritto))
    assert _albero(scena) == prima
    scritto.write_text('{"titolo": "T", "radici": [{"id": "a", "tipo": "formula", "testo": "x"}]}')
    with pytest.raises(CommandError, match="non è un UUID"):
        call_command("importa_bozza", scena.accordo.slug, str(scritto))
    scritto.write_text('{"radici": [{"tipo": "boh"}]}')
    with pytest.raises(CommandError, match="non è quello di una versione"):
        call_command("importa_bozza", scena.accordo.slug, str(scritto))
    with pytest.raises(CommandError, match="Non c'è un accordo"):
        call_command("importa_bozza", "altro", str(file))


def test_i_rinvii_della_bozza_seguono_i_numeri(scena):
    scena.porta_a("bozza")
    chi = scena.agente(scena.coordinatore)
    sorgente = (
        "Accordo\n\nArt. 1 - Oggetto\n1. Si collabora.\n\nArt. 2 - Durata\n1. Vale l'articolo 1, comma 1.\n"
    )
    servizi.carica_testo(scena.accordo, sorgente, da=chi)
    primo = _albero(scena).articoli()[0]
    servizi.aggiungi_disposizione(
        scena.accordo,
        tipo=Tipo.ARTICOLO,
        posizione=Posizione.PRIMA,
        riferimento=primo.id,
        rubrica="Definizioni",
        da=chi,
    )
    durata = _albero(scena).articoli()[2]
    assert durata.figli[0].testo == "Vale l'articolo 2, comma 1."
    assert NodoBozza.objects.get(codice=durata.figli[0].id).revisione == 1
    assert Evento.objects.filter(verbo="aggiorna_rinvii").count() == 1
    servizi.sposta_disposizione(scena.accordo, durata.id, -1, da=chi)
    assert _albero(scena).articoli()[1].figli[0].testo == "Vale l'articolo 3, comma 1."


# ------------------------------------------------------------------------------------------ the minutes, before the text
def test_senza_i_verbali_si_pubblica_solo_con_una_motivazione(scena, chi, caricata):
    with pytest.raises(ErroreDominio, match="motivazione scritta") as rifiuto:
        servizi.pubblica_versione(scena.accordo, da=chi)
    assert [m.testo for m in rifiuto.value.mancanze] == ["Manca il verbale approvato: Piana di Lucca."]
    assert not Versione.objects.exists()
    servizi.pubblica_versione(scena.accordo, motivazione=PERCHE, da=chi)
    evento = Evento.objects.get(verbo="pubblica_versione")
    assert evento.motivazione == PERCHE
    assert evento.dati["mancava"] == ["Manca il verbale approvato: Piana di Lucca."]


def _dai_focus_group(scena, chi):
    """Leave the meetings behind without their minutes, with a reason."""
    scena.porta_a("focus_group")
    FaseAccordo.objects.filter(codice="focus_group").update(inizio_effettivo=orologio.oggi())
    avanza(scena.accordo, motivazione="L'ambito non si riunisce.", da=chi)


def test_chi_ha_gia_detto_perche_non_lo_ridice(scena, chi):
    _dai_focus_group(scena, chi)
    servizi.carica_testo(scena.accordo, BREVE, da=chi)
    servizi.pubblica_versione(scena.accordo, da=chi)
    assert "mancava" not in Evento.objects.get(verbo="pubblica_versione").dati


def test_un_ambito_che_arriva_dopo_si_chiede(scena, chi):
    _dai_focus_group(scena, chi)
    servizi.carica_testo(scena.accordo, BREVE, da=chi)
    PartecipazioneFactory(accordo=scena.accordo, ente=EnteFactory(ambito__nome="Versilia"))
    with pytest.raises(ErroreDominio) as rifiuto:
        servizi.pubblica_versione(scena.accordo, da=chi)
    assert [m.testo for m in rifiuto.value.mancanze] == ["Manca il verbale approvato: Versilia."]


def test_la_pagina_dice_che_cosa_manca_e_chiede_perche(scena, chi, caricata, client):
    client.force_login(scena.coordinatore)
    url = reverse("bozze:pubblica", args=["prova"])
    pagina = client.get(url).content.decode()
    assert "Manca il verbale approvato: Piana di Lucca." in pagina
    assert "Perché pubblichi lo stesso" in pagina
    assert client.post(url, {"nota": "Prima.", "motivazione": " "}).status_code == 422
    assert client.post(url, {"nota": "Prima.", "motivazione": PERCHE}).status_code == 302
    assert Versione.objects.get().nota == "Prima."
