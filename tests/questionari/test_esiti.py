"""The results as people read them: pages, publication, exports, strengths, texts; each by its reader's rules."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accordo.base.errori import ErroreDominio
from accordo.enti.models import Ente
from accordo.rilievi.models import Rilievo
from questionari import servizi
from questionari.esiti import esporta, forze, incroci, letture, numeri, prospetti
from questionari.esiti.esporta import Lettore
from questionari.esiti.quadro import Quadro, quadro_di
from questionari.esiti.quesiti import Quesito
from questionari.models import Compilazione, Passo, Restituzione, Scheda, TestoRisposta
from tests.questionari.fabbriche import risposte_complete
from tests.questionari.strategie import DEFINIZIONE
from tests.scena import Scena

D = DEFINIZIONE.per_codice


class TestNumeri:
    """Counts and means by hand."""

    def test_scelte(self) -> None:
        conto = Counter({"basso": 2, "alto": 1})
        assert numeri.scelte(D["D06"], conto)["basso"] == 2
        assert numeri.media_scelta(D["D06"], conto) == (2 + 2 + 4) / 3

    def test_altro_si_conta(self) -> None:
        conti = numeri.scelte(D["D04"], Counter({"scuole|+": 1}))
        assert (conti["scuole"], conti["+"], conti["stampa"]) == (1, 1, 0)

    def test_non_so_fuori_dalla_media(self) -> None:
        conto = Counter({"5": 1, "?": 1, "2": 1})
        assert numeri.media_gradi(conto) == 3.5
        assert numeri.gradi(D["D01"], conto)[None] == 1
        assert numeri.media_gradi(Counter({"?": 2})) is None

    def test_quartili_solo_se_bastano(self) -> None:
        assert numeri.riassumi(Counter({"1": 2, "3": 2})).quartili is None
        riassunto = numeri.riassumi(Counter({"1": 1, "2": 1, "3": 1, "4": 1, "5.5": 1}))
        assert (riassunto.media, riassunto.quartili) == (3.1, (2, 3, 4))

    def test_graduatoria(self) -> None:
        prima, seconda, *_ = numeri.classifica(
            D["D31"], Counter({"video|scuole": 1, "scuole": 1, "video": 1})
        )
        assert (prima.codice, prima.primi, prima.media) == ("video", 2, 1.0)
        assert (seconda.codice, seconda.scelte, seconda.primi) == ("scuole", 2, 1)

    def test_date_per_anno(self) -> None:
        assert numeri.anni(Counter({"2026-01-31": 2, "2024-12-01": 1})) == {"2024": 1, "2026": 2}


def _quadro(scena: Scena, **altro: Any) -> Quadro:
    quadro = quadro_di(scena.accordo, Restituzione.objects.filter(accordo=scena.accordo).first(), **altro)
    assert quadro is not None
    return quadro


def _pubblica(scena: Scena, nota: str = "") -> None:
    with patch("questionari.relazione.stampa", return_value=b"%PDF-1.7 di prova"):
        servizi.pubblica_restituzione(scena.accordo, da=scena.agente(scena.coordinatore), nota=nota)


def _client(utente: Any) -> Client:
    client = Client()
    client.force_login(utente)
    return client


@pytest.mark.django_db
class TestProspetti:
    """Question by question."""

    def test_chi_e_solo_resta_fuori_anche_dai_totali(self, raccolti: Scena) -> None:
        quadro = _quadro(raccolti)
        assert quadro.rispondenti == 11
        assert [strato.ambito for strato in quadro.fuori] == ["Ambito solo"]
        esito = prospetti.esiti(quadro, [D["D06"]])[0]
        assert esito.rispondenti == 10
        assert esito.tabella is not None
        assert sum(int(riga.celle[0] or 0) for riga in esito.tabella.righe) == 10
        assert esito.confronto is not None
        solo = esito.confronto.tabella.colonne.index("Ambito solo")
        assert [riga.celle[solo] for riga in esito.confronto.tabella.righe] == [None] * 6

    def test_riservata_non_da_niente(self, raccolti: Scena) -> None:
        esito = prospetti.esiti(_quadro(raccolti), [D["D17"]])[0]
        assert (esito.rispondenti, esito.tabella, esito.grafico) == (0, None, None)
        assert prospetti.esiti(_quadro(raccolti, segreteria=True), [D["D17"]])[0].rispondenti == 11

    @pytest.mark.parametrize("per", ["ambito", "tipo", "classe"])
    def test_ogni_domanda_ha_grafico_e_tabella(self, raccolti: Scena, per: str) -> None:
        quadro = _quadro(raccolti, segreteria=True)
        for domanda in DEFINIZIONE.domande:
            esito = prospetti.esiti(quadro, [domanda], per)[0]
            if domanda.tipo not in ("testo", "testo_lungo", "file"):
                assert esito.tabella, domanda.codice
                assert esito.confronto, domanda.codice
                assert esito.grafico or per != "ambito", domanda.codice

    def test_l_incrocio_torna_con_i_totali(self, raccolti: Scena) -> None:
        quadro = _quadro(raccolti)
        tabella = incroci.incrocia(quadro, Quesito("D06"), Quesito("D34"))
        assert not tabella.rifiuto
        assert tabella.enti == 10
        assert sum((tabella.celle or {}).values()) == 10
        assert incroci.incrocia(quadro, Quesito("D06"), Quesito("D06")).rifiuto
        assert incroci.incrocia(quadro, Quesito("D06"), Quesito("D17")).rifiuto
        assert incroci.incrocia(_quadro(raccolti, segreteria=True), Quesito("D06"), Quesito("D17")).enti == 11


@pytest.mark.django_db
class TestPubblicazione:
    """What is given back does not move any more."""

    def test_dopo_i_numeri_non_cambiano(self, raccolti: Scena) -> None:
        _pubblica(raccolti)
        prima = list(esporta.esiti(_quadro(raccolti)))
        raccolti.porta_a("questionario")
        sua = Compilazione.objects.select_related("questionario__accordo", "ente").get(ente=raccolti.ente_b)
        servizi.riapri(sua, da=raccolti.agente(raccolti.coordinatore), motivazione="Da correggere")
        io = raccolti.agente(raccolti.referente_altro)
        servizi.salva_risposte(sua, risposte_complete(DEFINIZIONE, 3), da=io)
        servizi.invia_alla_convalida(sua, da=io)
        servizi.convalida_e_invia(sua, da=raccolti.agente(raccolti.rappresentante_altro))
        raccolti.accordo.soglia_aggregati = 2
        raccolti.accordo.save()
        uscito = raccolti.accordo.partecipazioni.exclude(
            ente__in=[raccolti.ente_b, raccolti.provincia]
        ).last()
        uscito.stato = "non_partecipa"
        uscito.save()
        assert list(esporta.esiti(_quadro(raccolti))) == prima
        assert Scheda.objects.filter(pubblicata=True).count() == 11
        assert Scheda.objects.filter(superata=False).count() == 11

    def test_la_relazione_si_conserva(self, raccolti: Scena) -> None:
        """The printing itself is seen in test_esiti_norme.py."""
        _pubblica(raccolti, nota="Grazie")
        restituzione = Restituzione.objects.get(accordo=raccolti.accordo)
        with restituzione.relazione.open("rb") as file:
            assert file.read() == b"%PDF-1.7 di prova"
        risposta = _client(raccolti.referente).get(reverse("questionari:relazione", args=["prova"]))
        assert risposta["Content-Type"] == "application/pdf"
        assert b"".join(risposta.streaming_content) == b"%PDF-1.7 di prova"  # type: ignore[attr-defined]
        risposta.close()


@pytest.mark.django_db
class TestEsportazioni:
    """The same rules in files."""

    def test_il_libro_ha_tre_fogli(self, raccolti: Scena) -> None:
        libro = load_workbook(esporta.excel(_quadro(raccolti), Lettore(tutto=True)), read_only=True)
        assert libro.sheetnames == ["Risposte", "Codici", "Esiti"]
        assert sum(1 for _ in libro["Risposte"].rows) == 12

    def test_chi_partecipa_ha_solo_le_pubbliche_e_le_proprie(self, raccolti: Scena) -> None:
        righe = list(esporta.risposte(_quadro(raccolti), Lettore(ente=raccolti.ente_b.pk)))
        posto = next(n for n, nome in enumerate(righe[0]) if str(nome).startswith("2.1 "))
        pubblica = next(n for n, nome in enumerate(righe[0]) if str(nome).startswith("3.5 "))
        propria = next(r for r in righe if r[0] == raccolti.ente_b.denominazione)
        altre = [r for r in righe[1:] if r is not propria]
        assert propria[posto]
        assert not any(r[posto] for r in altre)
        assert all(r[pubblica] for r in altre)
        da_fuori = list(esporta.risposte(_quadro(raccolti), Lettore(ente=raccolti.ente_osservatore.pk)))
        assert len(da_fuori[0]) == 7

    def test_niente_formule(self, raccolti: Scena) -> None:
        righe = [["=1+1", "-2", "@x", 3, None, "a\x01b"]]
        testo = "".join(esporta.csv(righe)).lstrip("\ufeff")
        assert next(csv.reader(io.StringIO(testo), delimiter=";"))[:4] == ["'=1+1", "'-2", "'@x", "3"]
        sua = Compilazione.objects.get(ente=raccolti.ente_b)
        TestoRisposta.objects.filter(scheda__compilazione=sua).update(testo="=HYPERLINK(1)")
        _ente_con_formula(raccolti)
        libro = load_workbook(esporta.excel(_quadro(raccolti), Lettore(tutto=True)))
        assert all(c.data_type != "f" for riga in libro["Risposte"].rows for c in riga)

    def test_le_stesse_tabelle_delle_pagine(self, raccolti: Scena) -> None:
        for _, _, _, _, _, valore in list(esporta.esiti(_quadro(raccolti)))[1:]:
            assert valore is not None


def _ente_con_formula(scena: Scena) -> None:
    Ente.objects.filter(pk=scena.ente_b.pk).update(denominazione="=1+1")


@pytest.mark.django_db
class TestPuntiERilievi:
    """From the results to what is put before the bodies."""

    def test_verso_delle_scale(self) -> None:
        assert [forze.verso(D[c]) for c in ("D01", "D09", "D06", "D26")] == [-1, 1, 1, 1]

    def test_un_giudizio_diventa_un_rilievo_con_la_sua_fonte(self, raccolti: Scena) -> None:
        _pubblica(raccolti)
        quadro = _quadro(raccolti)
        ambito, lati = next(iter(forze.per_ambito(quadro).items()))
        giudizio = next(g for lato in lati for g in lato)
        url = reverse("questionari:esiti_punti", args=["prova"])
        risposta = _client(raccolti.coordinatore).post(url, {"ambito": ambito, "giudizio": giudizio.chiave})
        assert risposta.status_code == 302
        rilievo = Rilievo.objects.get(accordo=raccolti.accordo)
        assert rilievo.ambito.nome == ambito
        assert rilievo.fonti.get().riferimento == giudizio.quesito.domanda
        assert f"Rilievo {rilievo.numero}" in _client(raccolti.coordinatore).get(url).text

    def test_un_passo_pubblico_porta_le_sue_parole(self, raccolti: Scena) -> None:
        io = raccolti.agente(raccolti.coordinatore)
        testo = TestoRisposta.objects.select_related("scheda__invio").filter(domanda="D16").first()
        assert testo is not None
        passo = servizi.segna_passo(testo, " luce ", "di prova", accordo=raccolti.accordo, da=io)
        assert testo.testo[passo.inizio : passo.fine] == "di prova"
        assert servizi.segna_passo(testo, "Luce", "di prova", accordo=raccolti.accordo, da=io) == passo
        rilievo = servizi.rilievo_da_passo(_quadro(raccolti), passo, tipo="forza", testo="Più luce", da=io)
        assert "«di prova»" in rilievo.fonti.get().testo
        with pytest.raises(ErroreDominio, match="già nato"):
            servizi.rilievo_da_passo(_quadro(raccolti), passo, tipo="forza", testo="Più luce", da=io)
        with pytest.raises(ErroreDominio, match="ne è la fonte"):
            servizi.togli_passo(passo, da=io)

    def test_un_passo_riservato_non_si_riporta(self, raccolti: Scena) -> None:
        io = raccolti.agente(raccolti.coordinatore)
        testo = TestoRisposta.objects.select_related("scheda__invio").filter(domanda="D05").first()
        assert testo is not None
        with pytest.raises(ErroreDominio, match="copialo"):
            servizi.segna_passo(testo, "Luce", "parole mai scritte", accordo=raccolti.accordo, da=io)
        passo = servizi.segna_passo(testo, "Luce", testo.testo, accordo=raccolti.accordo, da=io)
        with pytest.raises(ErroreDominio, match="parole tue"):
            servizi.rilievo_da_passo(_quadro(raccolti), passo, tipo="forza", testo=testo.testo, da=io)
        rilievo = servizi.rilievo_da_passo(
            _quadro(raccolti), passo, tipo="criticita", testo="Manca luce", da=io
        )
        fonte = rilievo.fonti.get().testo
        assert testo.testo not in fonte
        assert passo.invio.compilazione.ente.nome_breve not in fonte
        servizi.togli_passo(
            servizi.segna_passo(testo, "Altro", testo.testo, accordo=raccolti.accordo, da=io), da=io
        )
        assert Passo.objects.count() == 1

    def test_da_un_ambito_con_un_ente_solo_non_nasce(self, raccolti: Scena) -> None:
        io = raccolti.agente(raccolti.coordinatore)
        testo = TestoRisposta.objects.select_related("scheda__invio").get(
            domanda="D05", scheda__strato__ambito__codice="sola"
        )
        passo = servizi.segna_passo(testo, "Luce", testo.testo, accordo=raccolti.accordo, da=io)
        with pytest.raises(ErroreDominio, match="meno di 3 enti"):
            servizi.rilievo_da_passo(_quadro(raccolti), passo, tipo="forza", testo="Più luce", da=io)

    def test_si_cerca(self, raccolti: Scena) -> None:
        testi = letture.leggibili(_quadro(raccolti), tutte=True)
        assert letture.cerca(testi, "numero 4").count() > 0
        assert letture.cerca(testi, "inesistente").count() == 0
        assert {t.domanda for t in letture.leggibili(_quadro(raccolti), tutte=False)} == {"D16"}


@pytest.mark.django_db
def test_la_sola_segreteria_apre_la_sua_vista(raccolti: Scena) -> None:
    _pubblica(raccolti)
    url = reverse("questionari:esiti_sezione", args=["prova", "S4"]) + "?vista=segreteria"
    assert "Vista della segreteria." in _client(raccolti.coordinatore).get(url).text
    sindaca = _client(raccolti.rappresentante).get(url).text
    assert "Vista della segreteria" not in sindaca
    assert "Domanda riservata" in sindaca


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("chi", "nome", "argomenti", "massimo"),
    [
        ("coordinatore", "esiti", (), 20),
        ("rappresentante_altro", "esiti", (), 22),
        ("coordinatore", "esiti_sezione", ("S1",), 14),
        ("rappresentante_altro", "esiti_sezione", ("S6",), 14),
        ("coordinatore", "esiti_punti", (), 14),
        ("coordinatore", "esiti_testi", (), 16),
        ("rappresentante_altro", "esiti_ente", ("comune-beta",), 14),
    ],
)
def test_le_query_non_crescono(
    raccolti: Scena,
    chi: str,
    nome: str,
    argomenti: tuple[str, ...],
    massimo: int,
    django_assert_max_num_queries: Any,
) -> None:
    """Eleven bodies or one more, the queries are the same, and never more than 25."""
    _pubblica(raccolti)
    client = _client(getattr(raccolti, chi))
    url = reverse(f"questionari:{nome}", args=["prova", *argomenti])
    client.get(url)
    with django_assert_max_num_queries(massimo):
        assert client.get(url).status_code == 200
