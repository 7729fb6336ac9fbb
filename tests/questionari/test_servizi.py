"""The whole way of an answer: opening, writing, conflict, validation, sending, reopening."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.iter.models import Evento
from accordo.iter.registro import verifica
from questionari import lettura, requisiti, servizi
from questionari.models import Compilazione, Invio, Questionario, VersioneRisposta
from tests.questionari import fabbriche
from tests.questionari.strategie import DATI
from tests.scena import Scena

pytestmark = pytest.mark.django_db


def test_caricare_due_volte_non_cambia_niente(scena: Scena) -> None:
    primo = servizi.carica_questionario(scena.accordo, DATI)
    assert servizi.carica_questionario(scena.accordo, json.dumps(DATI)).pk == primo.pk
    assert Evento.objects.filter(verbo="carica_questionario").count() == 1
    diverso = servizi.carica_questionario(scena.accordo, {**DATI, "titolo": "Altro"})
    assert (diverso.pk, diverso.titolo) == (primo.pk, "Altro")
    fabbriche.apri(scena)
    with pytest.raises(ErroreDominio, match="già stato aperto"):
        servizi.carica_questionario(scena.accordo, {**DATI, "titolo": "Un altro ancora"})


def test_un_questionario_sbagliato_non_si_carica(scena: Scena) -> None:
    with pytest.raises(lettura.DefinizioneNonValida):
        servizi.carica_questionario(scena.accordo, {"titolo": "Solo il titolo"})
    assert not Questionario.objects.exists()


def test_comando(scena: Scena, tmp_path, capsys) -> None:
    file = tmp_path / "q.json"
    file.write_text(json.dumps(DATI), encoding="utf-8")
    for _ in range(2):
        call_command("carica_questionario", scena.accordo.slug, str(file))
    assert "6 sezioni, 36 domande" in capsys.readouterr().out
    file.write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match="non è un file JSON"):
        call_command("carica_questionario", scena.accordo.slug, str(file))
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(CommandError, match=r"questionario\.titolo: manca"):
        call_command("carica_questionario", scena.accordo.slug, str(file))


def test_aprire_da_un_questionario_a_chi_risponde(
    scena: Scena, mailoutbox, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        fabbriche.apri(scena)
    assert set(Compilazione.objects.values_list("ente__codice", flat=True)) == {"comune-alfa", "comune-beta"}
    assert {m.to[0] for m in mailoutbox} >= {
        "referente@example.invalid",
        "rappresentante_altro@example.invalid",
    }
    fabbriche.altri_enti(scena, 1)
    servizi.avvia_questionario(scena.accordo, da=scena.agente(scena.coordinatore))
    assert Compilazione.objects.count() == 3


def test_tutta_la_strada(scena: Scena) -> None:
    fabbriche.apri(scena)
    assert [m.testo for m in requisiti.questionari_inviati(scena.accordo)] == [
        "Mancano 2 questionari: Alfa, Beta"
    ]
    invio = fabbriche.inviata(scena)
    assert impronta(invio.canonico.encode()) == invio.impronta
    dati = json.loads(invio.canonico)
    assert dati["ente"]["codice"] == "comune-alfa"
    assert dati["risposte"]["D06"] == "molto-basso"
    propria = fabbriche.compilazione(scena)
    assert propria.stato == "inviata"
    with pytest.raises(StatoCambiato):
        servizi.salva_risposte(propria, {"D06": "alto"}, da=scena.agente(scena.referente))
    [mancanza] = requisiti.questionari_inviati(scena.accordo)
    assert (mancanza.testo, mancanza.superabile) == ("Manca un questionario: Beta", False)
    scena.scadenza("questionario", orologio.oggi() - timedelta(days=1))
    [mancanza] = requisiti.questionari_inviati(scena.accordo)
    assert mancanza.superabile


def test_chi_comincia_resta_nel_registro(scena: Scena) -> None:
    """The first field begins the answer without the accord's lock; the registro learns of it with the handing on, once."""
    fabbriche.apri(scena)
    propria = fabbriche.compilazione(scena)
    servizi.salva_risposte(propria, {"D06": "alto"}, da=scena.agente(scena.referente))
    quando = propria.iniziata_il
    assert not Evento.objects.filter(verbo="inizia").exists()
    propria = fabbriche.completa(scena)
    servizi.invia_alla_convalida(propria, da=scena.agente(scena.referente))
    servizi.rimanda(propria, da=scena.agente(scena.rappresentante), nota="Manca un dato.")
    servizi.invia_alla_convalida(propria, da=scena.agente(scena.referente))
    inizio = Evento.objects.get(verbo="inizia")
    assert (inizio.utente, inizio.ente, inizio.stato_a) == (
        scena.referente,
        scena.ente_a,
        "in_compilazione",
    )
    assert quando is not None
    assert inizio.dati == {"iniziata_il": quando.isoformat(timespec="seconds")}
    assert verifica(scena.accordo) is None


def test_si_invia_solo_cio_che_e_visibile(scena: Scena) -> None:
    fabbriche.apri(scena)
    propria = fabbriche.completa(scena)
    io = scena.agente(scena.referente)
    servizi.salva_risposte(propria, {"D20": "si", "D21": 14}, da=io)
    servizi.salva_risposte(propria, {"D20": "no"}, da=io)
    assert propria.valori["D21"] == 14
    servizi.invia_alla_convalida(propria, da=io)
    invio = servizi.convalida_e_invia(propria, da=scena.agente(scena.rappresentante))
    assert "D21" not in json.loads(invio.canonico)["risposte"]


def test_manca_qualcosa_e_si_dice_che_cosa(scena: Scena) -> None:
    fabbriche.apri(scena)
    propria = fabbriche.compilazione(scena)
    io = scena.agente(scena.referente)
    servizi.salva_risposte(propria, {"D06": "alto"}, da=io)
    with pytest.raises(ErroreDominio) as errore:
        servizi.invia_alla_convalida(propria, da=io)
    mancanze = errore.value.mancanze
    assert any(
        m.testo.startswith("3.1 Come valutate") and m.url.endswith("/sezioni/S3/#q-D12") for m in mancanze
    )
    assert propria.stato == "in_compilazione"


def test_rimandare_e_riaprire(scena: Scena) -> None:
    fabbriche.apri(scena)
    propria = fabbriche.in_convalida(scena)
    sindaca, io = scena.agente(scena.rappresentante), scena.agente(scena.referente)
    with pytest.raises(ErroreDominio, match="motivazione"):
        servizi.rimanda(propria, da=sindaca, nota=" ")
    servizi.rimanda(propria, da=sindaca, nota="Le telecamere sono 12.")
    assert (propria.stato, propria.nota) == ("in_compilazione", "Le telecamere sono 12.")
    servizi.invia_alla_convalida(propria, da=io)
    assert propria.nota == ""
    primo = servizi.convalida_e_invia(propria, da=sindaca)
    with pytest.raises(NonAutorizzato):
        servizi.riapri(propria, da=sindaca, motivazione="Mi sono sbagliata")
    servizi.riapri(propria, da=scena.agente(scena.coordinatore), motivazione="Lo chiede l'ente")
    servizi.salva_risposte(propria, {"D06": "alto"}, da=io)
    servizi.invia_alla_convalida(propria, da=io)
    secondo = servizi.convalida_e_invia(propria, da=sindaca)
    assert (primo.numero, secondo.numero) == (1, 2)
    assert Invio.objects.get(numero=1).canonico == primo.canonico


def test_due_sindaci_premono_insieme(scena: Scena) -> None:
    fabbriche.apri(scena)
    una = fabbriche.in_convalida(scena)
    altra = fabbriche.compilazione(scena)
    servizi.convalida_e_invia(una, da=scena.agente(scena.rappresentante))
    with pytest.raises(StatoCambiato, match="qualcun altro"):
        servizi.convalida_e_invia(altra, da=scena.agente(scena.rappresentante))
    assert Invio.objects.count() == 1


@pytest.mark.parametrize(
    "chi", ["rappresentante", "referente_altro", "coordinatore", "osservatore", "senza_incarico"]
)
def test_scrive_solo_il_referente_dell_ente(scena: Scena, chi: str) -> None:
    fabbriche.apri(scena)
    with pytest.raises(NonAutorizzato):
        servizi.salva_risposte(
            fabbriche.compilazione(scena), {"D06": "alto"}, da=scena.agente(getattr(scena, chi))
        )


def test_il_termine_si_guarda_quando_si_scrive(scena: Scena) -> None:
    fabbriche.apri(scena)
    propria = fabbriche.in_convalida(scena)
    scena.scadenza("questionario", orologio.oggi() - timedelta(days=1))
    with pytest.raises(ErroreDominio, match="scaduto"):
        servizi.salva_risposte(propria, {"D06": "alto"}, da=scena.agente(scena.referente))
    with pytest.raises(ErroreDominio) as errore:
        servizi.convalida_e_invia(propria, da=scena.agente(scena.rappresentante))
    assert "scaduto" in errore.value.mancanze[0].testo
    assert not Invio.objects.exists()


class TestConflitto:
    """Two colleagues on one question."""

    def test_tre_vie(self, scena: Scena) -> None:
        fabbriche.apri(scena)
        propria = fabbriche.compilazione(scena)
        io = scena.agente(scena.referente)
        servizi.salva_risposte(propria, {"D14": 9, "D06": "alto"}, da=io)
        # the colleague's page showed revision 1 of both; meanwhile both become revision 2
        servizi.salva_risposte(propria, {"D14": 6, "D06": "basso"}, da=io, revisioni={"D14": 1, "D06": 1})
        esito = servizi.salva_risposte(
            propria, {"D14": 7, "D06": "alto"}, da=io, revisioni={"D14": 1, "D06": 1}, rigoroso=False
        )
        assert set(esito.conflitti) == {"D14"}, "an answer left untouched is no conflict"
        conflitto = esito.conflitti["D14"]
        assert (conflitto.mio, conflitto.loro, conflitto.revisione) == (7, 6, 2)
        assert propria.valori == {"D14": 6, "D06": "basso"}

    def test_si_sceglie(self, scena: Scena) -> None:
        fabbriche.apri(scena)
        propria = fabbriche.compilazione(scena)
        io = scena.agente(scena.referente)
        servizi.salva_risposte(propria, {"D14": 9}, da=io)
        servizi.scegli_risposta(propria, "D14", 7, tieni_mia=False, revisione=1, da=io)
        assert propria.valori["D14"] == 9
        assert VersioneRisposta.objects.get(scartata=True).valore == 7
        servizi.scegli_risposta(propria, "D14", 7, tieni_mia=True, revisione=1, da=io)
        assert propria.valori["D14"] == 7
        esito = servizi.scegli_risposta(propria, "D14", 8, tieni_mia=True, revisione=1, da=io)
        assert esito.conflitti["D14"].loro == 7, "changed again while choosing"

    def test_prima_risposta_di_due_persone(self, scena: Scena) -> None:
        fabbriche.apri(scena)
        propria = fabbriche.compilazione(scena)
        io = scena.agente(scena.referente)
        servizi.salva_risposte(propria, {"D14": 9}, da=io, revisioni={"D14": 0})
        esito = servizi.salva_risposte(propria, {"D14": 6}, da=io, revisioni={"D14": 0}, rigoroso=False)
        assert esito.conflitti["D14"].loro == 9
        # who left it empty does not wipe it out
        esito = servizi.salva_risposte(propria, {"D14": ""}, da=io, revisioni={"D14": 0}, rigoroso=False)
        assert not esito.conflitti
        assert propria.valori["D14"] == 9


def test_risposte_sbagliate(scena: Scena) -> None:
    fabbriche.apri(scena)
    propria = fabbriche.compilazione(scena)
    io = scena.agente(scena.referente)
    with pytest.raises(ErroreDominio) as errore:
        servizi.salva_risposte(propria, {"D03": "tanti", "D06": "alto", "D99": 1}, da=io)
    assert len(errore.value.mancanze) == 2
    assert propria.valori == {}
    esito = servizi.salva_risposte(propria, {"D03": "tanti", "D06": "alto"}, da=io, rigoroso=False)
    assert (esito.salvate, set(esito.errori)) == (("D06",), {"D03"})


def test_allegati(scena: Scena) -> None:
    fabbriche.apri(scena)
    propria = fabbriche.compilazione(scena)
    io = scena.agente(scena.referente)
    servizi.salva_risposte(propria, {"D10": "si"}, da=io)
    with pytest.raises(ErroreDominio, match="contenuto"):
        servizi.allega(propria, "D11", SimpleUploadedFile("a.pdf", b"non un pdf"), da=io)
    primo = servizi.allega(propria, "D11", SimpleUploadedFile("a.pdf", b"%PDF-1.7 uno"), da=io)
    servizi.allega(propria, "D11", SimpleUploadedFile("b.pdf", b"%PDF-1.7 due"), da=io)
    with pytest.raises(ErroreDominio, match="al massimo 2"):
        servizi.allega(propria, "D11", SimpleUploadedFile("c.pdf", b"%PDF-1.7 tre"), da=io)
    servizi.togli_allegato(primo, da=io)
    assert [f["nome"] for f in propria.valori["D11"]] == ["b.pdf"]
    primo.refresh_from_db()
    assert primo.rimosso_il


def test_un_invio_non_si_tocca(scena: Scena) -> None:
    fabbriche.apri(scena)
    invio = fabbriche.inviata(scena)
    with pytest.raises(TypeError):
        invio.save()
    with pytest.raises(TypeError):
        invio.delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursore:
        cursore.execute("UPDATE questionari_invio SET canonico = '{}'")


def test_solleciti(scena: Scena, mailoutbox, django_capture_on_commit_callbacks) -> None:
    fabbriche.apri(scena)
    fabbriche.inviata(scena)
    mailoutbox.clear()
    with pytest.raises(NonAutorizzato):
        servizi.sollecita(scena.accordo, da=scena.agente(scena.referente))
    with django_capture_on_commit_callbacks(execute=True):
        sollecitati = servizi.sollecita(scena.accordo, da=scena.agente(scena.coordinatore))
    assert [c.ente.codice for c in sollecitati] == ["comune-beta"]
    assert {m.to[0] for m in mailoutbox} == {
        "referente_altro@example.invalid",
        "rappresentante_altro@example.invalid",
    }
    with pytest.raises(ErroreDominio, match="di recente"):
        servizi.sollecita(scena.accordo, da=scena.agente(scena.coordinatore))
    assert Evento.objects.get(verbo="sollecita").dati == {"enti": ["comune-beta"]}


def test_restituzione(scena: Scena) -> None:
    fabbriche.apri(scena)
    fabbriche.inviata(scena)
    guida = scena.agente(scena.coordinatore)
    with pytest.raises(ErroreDominio, match="Si può fare solo nella fase"):
        servizi.pubblica_restituzione(scena.accordo, da=guida)
    scena.porta_a("restituzione")
    servizi.avvia_restituzione(scena.accordo, da=guida)
    assert Questionario.objects.get().stato == "chiuso"
    assert list(requisiti.esiti_pubblicati(scena.accordo))
    with pytest.raises(ErroreDominio, match="non sono ancora pubblicati"):
        servizi.segna_letti(scena.accordo, da=scena.agente(scena.referente))
    with pytest.raises(NonAutorizzato):
        servizi.pubblica_restituzione(scena.accordo, da=scena.agente(scena.rappresentante))
    servizi.pubblica_restituzione(scena.accordo, da=guida, nota="Grazie a tutti.")
    assert not list(requisiti.esiti_pubblicati(scena.accordo))
    with pytest.raises(ErroreDominio, match="già pubblicati"):
        servizi.pubblica_restituzione(scena.accordo, da=guida)
    servizi.segna_letti(scena.accordo, da=scena.agente(scena.referente))
    servizi.segna_letti(scena.accordo, da=scena.agente(scena.rappresentante))
    assert Evento.objects.filter(verbo="legge_esiti").count() == 1
