"""The two ways to sign, to their one file: one PDF in turn, or each its own envelope; checked by other people's tools."""

import io
import subprocess
import zipfile
from datetime import timedelta

import pytest
from asn1crypto import cms
from pyhanko.pdf_utils.reader import PdfFileReader

from accordo.approvazione import interrogazioni_firme, servizi
from accordo.approvazione.firme import FirmaRifiutata
from accordo.approvazione.firme.unione import riunisci
from accordo.approvazione.models import (
    AccordoFirmato,
    DocumentoFinale,
    EsitoTurno,
    Turno,
)
from accordo.approvazione.requisiti import tutte_le_firme
from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.iter.models import Evento, Partecipazione
from accordo.iter.registro import verifica
from tests.approvazione import autorita
from tests.approvazione.fabbriche import altro_ente, approvano, avvia, congelato, di, file, registra


def turno() -> Turno:
    return interrogazioni_firme.turno_aperto(DocumentoFinale.objects.get())


def consegnato() -> bytes:
    from accordo.approvazione.servizi.turni import revisione

    return revisione(turno())


# ------------------------------------------------------------------ the choice
def test_il_modo_si_sceglie_prima_e_poi_non_piu(tre):
    with pytest.raises(NonAutorizzato):
        servizi.scegli_regola(tre.accordo, modo="turno", giorni_turno=5, da=tre.firmano[0][1])
    servizi.scegli_regola(tre.accordo, modo="turno", giorni_turno=5, da=tre.guida)
    assert interrogazioni_firme.a_turno(tre.accordo)
    avvia(tre)
    with pytest.raises(ErroreDominio, match="non si cambia più"):
        servizi.scegli_regola(tre.accordo, modo="parallelo", giorni_turno=5, da=tre.guida)


# ------------------------------------------------------------------ (a) one PDF in turn
@pytest.mark.una_volta
def test_tre_enti_a_turno_un_solo_pdf(a_turno, tmp_path, pdfsig):
    approvano(a_turno)
    for ente, agente in a_turno.firmano:
        assert turno().approvazione.ente == ente
        firmato = autorita.pdf(consegnato(), str(agente.utente))
        servizi.registra_firma(di(ente), file(firmato), da=agente)
    assert interrogazioni_firme.turno_aperto(DocumentoFinale.objects.get()) is None
    assert list(Turno.objects.values_list("esito", flat=True)) == [EsitoTurno.FIRMATO] * 3
    riunito = AccordoFirmato.objects.get()
    contenuto = riunito.file.open("rb").read()
    assert (riunito.formato, riunito.firme, riunito.sha256) == ("pdf", 3, impronta(contenuto))
    assert Evento.objects.get(verbo="riunisce_firme").dati["sha256"] == riunito.sha256
    assert verifica(a_turno.accordo) is None
    voci = list(PdfFileReader(io.BytesIO(contenuto)).embedded_signatures)
    assert len(voci) == 3
    _per_pyhanko(contenuto)
    (tmp_path / "accordo.pdf").write_bytes(contenuto)
    uscita = subprocess.run(
        ["pdfsig", "-nocert", "accordo.pdf"], cwd=tmp_path, capture_output=True, text=True
    )
    assert uscita.stdout.count("Signature Validation: Signature is Valid.") == 3
    assert "Pia Presidente" in uscita.stdout
    assert "Total document signed" in uscita.stdout


def _per_pyhanko(contenuto: bytes) -> None:
    """Every signature intact, valid and trusted by pyHanko's own validation."""
    from asn1crypto import x509
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    def convalida() -> list[bool]:
        contesto = ValidationContext(
            trust_roots=[x509.Certificate.load(autorita.radice_der())], allow_fetching=False
        )
        esiti = []
        for voce in PdfFileReader(io.BytesIO(contenuto)).embedded_signatures:
            stato = validate_pdf_signature(voce, contesto, skip_diff=True)
            esiti.append(stato.intact and stato.valid and stato.trusted)
        return esiti

    assert all(autorita.a_parte(convalida))


def test_chi_non_ha_il_turno_non_firma(a_turno):
    approvano(a_turno)
    ente, agente = a_turno.firmano[1]
    with pytest.raises(ErroreDominio, match="Ora è il turno di: Comune di Alfa"):
        servizi.registra_firma(di(ente), file(autorita.pdf(consegnato(), str(agente.utente))), da=agente)


@pytest.mark.una_volta
@pytest.mark.parametrize(
    ("crea", "ragione"),
    [
        (
            lambda s: autorita.pdf(congelato(di(s.ente_b)), "X"),
            "non parte da quello che ti è stato consegnato",
        ),
        (lambda s: consegnato(), "manca ancora la tua firma"),
        (lambda s: autorita.p7m(consegnato(), "X"), "serve il PDF firmato"),
        (lambda s: autorita.pdf(autorita.pdf(congelato(di(s.ente_b)), "Altri"), "X"), "non parte da quello"),
    ],
    ids=["copia senza le firme di prima", "non firmato", "busta", "altre firme prima"],
)
def test_solo_la_revisione_consegnata_con_la_firma_in_piu(a_turno, crea, ragione):
    approvano(a_turno)
    primo, agente = a_turno.firmano[0]
    servizi.registra_firma(di(primo), file(autorita.pdf(consegnato(), str(agente.utente))), da=agente)
    ente, agente = a_turno.firmano[1]
    with pytest.raises(FirmaRifiutata, match=ragione):
        servizi.registra_firma(di(ente), file(crea(a_turno)), da=agente)


@pytest.mark.una_volta
def test_relazione_conta_solo_la_firma_aggiunta(a_turno):
    approvano(a_turno)
    for ente, agente in a_turno.firmano[:2]:
        servizi.registra_firma(di(ente), file(autorita.pdf(consegnato(), str(agente.utente))), da=agente)
    firma = di(a_turno.ente_b).firma
    assert firma.firmatari == "Rappresentante_altro Prova"
    assert (firma.esito["precedenti"], len(firma.esito["firme"])) == (1, 2)
    assert sum(controllo["nome"] == "Integrità" for controllo in firma.esito["controlli"]) == 1


def test_turno_scaduto_passa_e_chi_lo_perde_torna_in_fondo(a_turno):
    approvano(a_turno)
    documento = DocumentoFinale.objects.get()
    assert turno().scade_il == orologio.oggi() + timedelta(days=5)
    assert servizi.aggiorna_turno(documento) is False
    with orologio.fermo(orologio.adesso() + timedelta(days=6)):
        ente, agente = a_turno.firmano[0]
        with pytest.raises(ErroreDominio, match="è scaduto"):
            servizi.registra_firma(di(ente), file(autorita.pdf(consegnato(), str(agente.utente))), da=agente)
        assert servizi.aggiorna_turno(documento)
        assert turno().approvazione.ente == a_turno.ente_b
        assert [riga.ente for riga in interrogazioni_firme.coda(documento)][-1] == a_turno.ente_a
        assert Evento.objects.filter(verbo="turno_scaduto").count() == 1


def test_prolunga_e_passa_con_motivo(a_turno):
    approvano(a_turno)
    documento = DocumentoFinale.objects.get()
    fino = turno().scade_il + timedelta(days=3)
    with pytest.raises(NonAutorizzato):
        servizi.prolunga_turno(documento, fino_al=fino, motivazione="Sì", da=a_turno.firmano[0][1])
    with pytest.raises(ErroreDominio, match="deve venire dopo"):
        servizi.prolunga_turno(documento, fino_al=turno().scade_il, motivazione="Sì", da=a_turno.guida)
    servizi.prolunga_turno(documento, fino_al=fino, motivazione="Il sindaco è malato.", da=a_turno.guida)
    assert turno().scade_il == fino
    with pytest.raises(ErroreDominio, match="motivazione"):
        servizi.passa_turno(documento, motivazione=" ", da=a_turno.guida)
    servizi.passa_turno(documento, motivazione="Il dispositivo non va.", da=a_turno.guida)
    assert turno().approvazione.ente == a_turno.ente_b
    assert Evento.objects.get(verbo="passa_turno").motivazione == "Il dispositivo non va."


def test_turno_tolto_mentre_si_firmava(a_turno, monkeypatch):
    approvano(a_turno)
    ente, agente = a_turno.firmano[0]
    firmato = autorita.pdf(consegnato(), str(agente.utente))
    mio = turno()
    servizi.passa_turno(DocumentoFinale.objects.get(), motivazione="Passa.", da=a_turno.guida)
    monkeypatch.setattr("accordo.approvazione.servizi.turni.turno_di_chi_firma", lambda approvazione: mio)
    with pytest.raises(StatoCambiato, match="passato a un altro ente"):
        servizi.registra_firma(di(ente), file(firmato), da=agente)


# ------------------------------------------------------------------ (b) in parallel
@pytest.mark.una_volta
def test_trentotto_in_parallelo_una_sola_busta(scena, tmp_path, openssl):
    """Each of them registers its act and uploads its envelope, as a person does."""
    altri = [altro_ente(scena, f"Luogo {n:02}") for n in range(36)]
    Partecipazione.objects.filter(accordo=scena.accordo, ente=scena.provincia).delete()
    avvia(scena)
    firmano = [(scena.ente_a, scena.agente(scena.rappresentante)), *altri]
    firmano.append((scena.ente_b, scena.agente(scena.rappresentante_altro)))
    testo = congelato(di(scena.ente_a))
    for ente, agente in firmano:
        assert not AccordoFirmato.objects.exists()
        registra(di(ente), agente)
        servizi.registra_firma(di(ente), file(autorita.p7m(testo, str(agente.utente))), da=agente)
        if ente == altri[-1][0]:
            assert next(tutte_le_firme(scena.accordo)).testo == "Manca una firma: Beta."
    riunito = AccordoFirmato.objects.get()
    contenuto = riunito.file.open("rb").read()
    assert (riunito.formato, riunito.firme) == ("p7m", 38)
    assert _firmatari_di_pyhanko(contenuto) == 38
    (tmp_path / "accordo.pdf.p7m").write_bytes(contenuto)
    (tmp_path / "ca.pem").write_bytes(autorita.radice_pem())
    comando = "openssl cms -verify -inform DER -in accordo.pdf.p7m -CAfile ca.pem -purpose any -binary -out testo.pdf"
    uscita = subprocess.run(comando.split(), cwd=tmp_path, capture_output=True, text=True)
    assert uscita.returncode == 0, uscita.stderr
    assert (tmp_path / "testo.pdf").read_bytes() == testo
    assert not list(tutte_le_firme(scena.accordo))
    assert verifica(scena.accordo) is None


def _firmatari_di_pyhanko(contenuto: bytes) -> int:
    """How many of the signers pyHanko's own CMS validation finds intact, valid and trusted."""
    from asn1crypto import x509
    from pyhanko.sign.validation.generic_cms import async_validate_cms_signature
    from pyhanko_certvalidator import ValidationContext

    dati = cms.ContentInfo.load(contenuto)["content"]

    def convalida() -> int:
        import asyncio

        async def uno(firmatario) -> bool:
            solo = cms.SignedData(
                {
                    "version": dati["version"],
                    "digest_algorithms": dati["digest_algorithms"],
                    "encap_content_info": dati["encap_content_info"],
                    "certificates": dati["certificates"],
                    "signer_infos": [firmatario],
                }
            )
            contesto = ValidationContext(
                trust_roots=[x509.Certificate.load(autorita.radice_der())], allow_fetching=False
            )
            stato = await async_validate_cms_signature(solo, validation_context=contesto)
            return bool(stato.intact and stato.valid and stato.trusted)

        async def tutti() -> int:
            return sum([await uno(firmatario) for firmatario in dati["signer_infos"]])

        return asyncio.run(tutti())

    return autorita.a_parte(convalida)


def test_riunione_uguale_in_qualunque_ordine_e_solo_dello_stesso_contenuto():
    buste = [autorita.p7m(b"testo", nome) for nome in ("Anna Rossi", "Bea Verdi", "Ciro Neri")]
    assert riunisci(buste, b"testo") == riunisci([*buste[::-1], buste[0]], b"testo")
    with pytest.raises(ValueError, match="non contiene"):
        riunisci([autorita.p7m(b"altro")], b"testo")


def test_buste_annidate_e_marche_nella_riunione(tmp_path, openssl):
    marcata = autorita.p7m(b"testo", "Anna Rossi", marca=autorita.marcatrice())
    annidata = autorita.p7m(autorita.p7m(b"testo", "Bea Verdi"), "Ciro Neri")
    unita = riunisci([marcata, annidata], b"testo")
    firmatari = cms.ContentInfo.load(unita)["content"]["signer_infos"]
    assert len(firmatari) == 2
    assert any(len(f["unsigned_attrs"]) for f in firmatari)
    (tmp_path / "u.p7m").write_bytes(unita)
    (tmp_path / "ca.pem").write_bytes(autorita.radice_pem())
    comando = "openssl cms -verify -inform DER -in u.p7m -CAfile ca.pem -purpose any -binary -out t"
    assert subprocess.run(comando.split(), cwd=tmp_path, capture_output=True).returncode == 0


def test_formati_diversi_finiscono_in_un_pacchetto(tre):
    avvia(tre)
    approvano(tre)
    for (ente, agente), crea in zip(tre.firmano, (autorita.p7m, autorita.pdf, autorita.p7m), strict=True):
        servizi.registra_firma(di(ente), file(crea(congelato(di(ente)), str(agente.utente))), da=agente)
    riunito = AccordoFirmato.objects.get()
    assert riunito.formato == "zip"
    with zipfile.ZipFile(riunito.file.open("rb")) as archivio:
        assert archivio.namelist() == [
            "accordo-prova.pdf.p7m",
            "firmati-a-parte/accordo-firmato-comune-beta.pdf",
        ]
        dentro = cms.ContentInfo.load(archivio.read("accordo-prova.pdf.p7m"))["content"]
    assert len(dentro["signer_infos"]) == 2


def test_lo_stesso_file_per_due_enti_e_rifiutato(tre):
    avvia(tre)
    approvano(tre)
    (alfa, sindaco), (beta, altra), _ = tre.firmano
    busta = autorita.p7m(congelato(di(alfa)), str(sindaco.utente))
    servizi.registra_firma(di(alfa), file(busta), da=sindaco)
    with pytest.raises(FirmaRifiutata, match="già stato caricato per un altro ente"):
        servizi.registra_firma(di(beta), file(busta), da=altra)
