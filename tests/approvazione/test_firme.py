"""Signed files: what is accepted, and the many things that are not, each with its reason."""

import base64
import subprocess
import zipfile
import zlib
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

import pytest
from asn1crypto import cms
from asn1crypto import x509 as asn1
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from accordo.approvazione.firma_di_prova import firma_p7m, firma_pdf
from accordo.approvazione.firme import (
    Atteso,
    FirmaRifiutata,
    NonEsaminabile,
    cades,
    catena,
    coda,
    esamina,
    isolato,
    pades,
)
from accordo.approvazione.firme.isolato import esamina_isolato
from accordo.base import orologio
from accordo.base.pdf.composizione import impagina
from tests.approvazione import autorita

HTML = (
    '<html lang="it"><head><title>Testo</title></head><body><h1>Testo</h1><p><a href="#a">Articolo</a></p>'
    '<p id="a">{}</p></body></html>'
)
CF = "RSSNNA80A41E715X"


@cache
def congelato(parole: str = "Il testo definitivo.") -> bytes:
    return impagina(HTML.format(parole))


@cache
def pdf_firmato() -> bytes:
    return firma_pdf(congelato(), "Anna Rossi", codice_fiscale=CF)


@cache
def p7m() -> bytes:
    return firma_p7m(congelato(), "Anna Rossi", codice_fiscale=CF)


def legge(contenuto: bytes, **altro):
    return esamina(contenuto, Atteso(pdf=congelato(), **altro), adesso=orologio.adesso())


def aggiornato(cambia, base: bytes | None = None) -> bytes:
    """The frozen file with an incremental update of its first page (or catalog)."""
    scrittore = IncrementalPdfFileWriter(BytesIO(base or congelato()))
    cambia(scrittore)
    uscita = BytesIO()
    scrittore.write(uscita)
    return uscita.getvalue()


def _ruota(scrittore):
    pagina = scrittore.root["/Pages"]["/Kids"][0]
    pagina["/Rotate"] = generic.NumberObject(90)
    scrittore.update_container(pagina)


def _nota(scrittore, sottotipo: str = "/FreeText"):
    pagina = scrittore.root["/Pages"]["/Kids"][0]
    nota = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name(sottotipo),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 500, 500))),
            generic.pdf_name("/Contents"): generic.pdf_string("Un altro testo"),
        }
    )
    pagina["/Annots"].append(scrittore.add_object(nota))
    scrittore.update_container(pagina["/Annots"])
    scrittore.update_container(pagina)


def _timbro(scrittore):
    _nota(scrittore, "/Stamp")


def _azione(scrittore):
    scrittore.root["/OpenAction"] = generic.DictionaryObject(
        {
            generic.pdf_name("/S"): generic.pdf_name("/JavaScript"),
            generic.pdf_name("/JS"): generic.pdf_string("1"),
        }
    )
    scrittore.update_root()


def _bomba(scrittore):
    """A few kilobytes that unpack to 32 MB."""
    compressore = zlib.compressobj(9)
    zeri = b"".join(compressore.compress(bytes(1_000_000)) for _ in range(32)) + compressore.flush()
    flusso = generic.StreamObject(
        {generic.pdf_name("/Filter"): generic.pdf_name("/FlateDecode")}, encoded_data=zeri
    )
    scrittore.add_object(flusso)


def _campi(scrittore):
    """More empty fields of signature than anybody signs."""
    campi = generic.ArrayObject()
    for numero in range(pades.MASSIMI_CAMPI + 1):
        campo = {"/FT": generic.pdf_name("/Sig"), "/T": generic.pdf_string(f"C{numero}")}
        campi.append(
            scrittore.add_object(
                generic.DictionaryObject({generic.pdf_name(nome): v for nome, v in campo.items()})
            )
        )
    scrittore.root["/AcroForm"] = generic.DictionaryObject({generic.pdf_name("/Fields"): campi})
    scrittore.update_root()


def _guasto(contenuto: bytes, dove: float) -> bytes:
    byte = bytearray(contenuto)
    byte[int(len(byte) * dove)] ^= 1
    return bytes(byte)


def _annidate(quante: int) -> bytes:
    contenuto = b"niente"
    for _ in range(quante):
        contenuto = autorita.p7m(contenuto)
    return contenuto


def _asic(quale: str, *, dichiara: bool = True) -> bytes:
    """The text and its detached signature in a container of ETSI EN 319 162-1."""
    uscita = BytesIO()
    with zipfile.ZipFile(uscita, "w") as pacco:
        if dichiara:
            pacco.writestr("mimetype", f"application/vnd.etsi.asic-{quale}+zip")
        pacco.writestr("testo.pdf", congelato())
        pacco.writestr("META-INF/signature.p7s", autorita.p7m(congelato(), staccata=True))
    return uscita.getvalue()


def _con_altro_certificato() -> bytes:
    """Anna's signature with Bea's certificate under Anna's serial number: nothing fits."""
    busta = cms.ContentInfo.load(autorita.p7m(congelato(), cades=False))
    altra = cms.ContentInfo.load(autorita.p7m(congelato(), "Bea Verdi", cades=False))
    busta["content"]["signer_infos"][0]["signature"] = altra["content"]["signer_infos"][0]["signature"].native
    return busta.dump(force=True)


def _marca_di_altro() -> bytes:
    busta = cms.ContentInfo.load(autorita.p7m(congelato()))
    marcata = cms.ContentInfo.load(autorita.p7m(congelato(), marca=autorita.marcatrice()))
    busta["content"]["signer_infos"][0]["unsigned_attrs"] = marcata["content"]["signer_infos"][0][
        "unsigned_attrs"
    ]
    return busta.dump(force=True)


def _cifrato() -> bytes:
    return cms.ContentInfo({"content_type": "enveloped_data", "content": _busta_vuota()}).dump()


def _busta_vuota() -> cms.EnvelopedData:
    return cms.EnvelopedData(
        {
            "version": "v0",
            "recipient_infos": [],
            "encrypted_content_info": {
                "content_type": "data",
                "content_encryption_algorithm": {"algorithm": "aes256_cbc", "parameters": bytes(16)},
                "encrypted_content": b"x",
            },
        }
    )


def _bomba_guasta() -> bytes:
    """A stream that unpacks to 40 MB before it turns out to be broken."""
    compressi = zlib.compress(bytes(40 * 1024 * 1024), 9)
    return b"stream\n" + compressi[:-40] + b"\xff" * 40 + b"\nendstream\nstartxref\n0\n%%EOF\n"


def test_ogni_flusso_si_apre_a_pezzi():
    """Behind each stream stands the rest of the file: zlib is never given all of it."""
    piccoli = b"".join(b"stream\n" + zlib.compress(b"breve") + bytes(9000) for _ in range(400))
    assert not coda.coda_eccessiva(piccoli)
    assert coda.coda_eccessiva(b"stream\n" * (coda.MASSIMI_FLUSSI + 1))


RIFIUTATI = {
    "vuoto": (lambda: b"", "vuoto"),
    "non firmato": (congelato, "non è firmato"),
    "scansione": (lambda: congelato("Una scansione."), "nessuna firma digitale"),
    "immagine": (lambda: b"\x89PNG\r\n\x1a\n....", "non è un documento firmato"),
    "testo semplice": (lambda: b"Firmato: Anna Rossi", "non è un documento firmato"),
    "documento di Word": (lambda: b"PK\x03\x04" + bytes(200), "non è un documento firmato: è un archivio"),
    "contenitore ASiC-E": (lambda: _asic("e"), "contenitore ASiC"),
    "contenitore ASiC-S senza dichiararlo": (lambda: _asic("s", dichiara=False), "contenitore ASiC"),
    "altro PDF firmato": (
        lambda: firma_pdf(congelato("Un altro testo."), "Anna"),
        "non è il testo definitivo",
    ),
    "altro testo in busta": (
        lambda: firma_p7m(congelato("Un altro testo."), "Anna"),
        "non è il testo definitivo",
    ),
    "immagine di una firma": (lambda: aggiornato(_timbro), "non una firma digitale"),
    "pagina girata, poi firmato": (lambda: firma_pdf(aggiornato(_ruota), "Anna"), "oltre alla firma"),
    "nota sul testo, poi firmato": (lambda: firma_pdf(aggiornato(_nota), "Anna"), "oltre alla firma"),
    "programma nel PDF, poi firmato": (lambda: firma_pdf(aggiornato(_azione), "Anna"), "oltre alla firma"),
    "nota dopo la firma": (lambda: aggiornato(_nota, pdf_firmato()), "dopo la firma"),
    "byte dopo la firma": (lambda: pdf_firmato() + b"\n%aggiunto\n", "dopo la firma"),
    "PDF cambiato": (lambda: _guasto(pdf_firmato(), 0.2), "non è il testo definitivo"),
    "busta cambiata": (lambda: _guasto(p7m(), 0.3), "cambiato dopo la firma|non è il testo definitivo"),
    "busta a metà": (lambda: p7m()[:-30], "rovinato"),
    "PDF a metà": (lambda: pdf_firmato()[:-1200], "rovinato"),
    "busta finta": (lambda: b"\x30\x82\x01\x00aaaa", "rovinato"),
    "PDF finto": (lambda: b"%PDF-1.7\nniente", "rovinato"),
    "troppo grande": (lambda: b"x" * (30 * 1024 * 1024 + 1), "30 MB"),
    "aggiunta smisurata": (lambda: pdf_firmato() + b"%" * (12 * 1024 * 1024 + 1), "molto più di una firma"),
    "byte senza la fine di un PDF": (lambda: pdf_firmato() + b"%" * 4096, "rovinato"),
    "dati compressi a dismisura, poi guasti": (
        lambda: aggiornato(_timbro) + _bomba_guasta(),
        "dati compressi",
    ),
    "dati compressi a dismisura": (lambda: firma_pdf(aggiornato(_bomba), "Anna"), "dati compressi"),
    "campi di firma a migliaia": (lambda: aggiornato(_campi), "troppi campi"),
    "firma staccata": (lambda: autorita.p7m(congelato(), staccata=True), "separata"),
    "SHA-1": (lambda: autorita.p7m(congelato(), digest="sha1"), "non più ammesso"),
    "chiave corta": (lambda: autorita.p7m(congelato(), bit_rsa=1024), "troppo corta"),
    "certificato di accesso": (lambda: autorita.p7m(congelato(), accesso=True), "autenticazione"),
    "certificato di un'autorità": (
        lambda: autorita.p7m(congelato(), autorita_essa_stessa=True),
        "di un'autorità",
    ),
    "certificato scaduto": (
        lambda: autorita.p7m(congelato(), al=datetime(2021, 1, 1, tzinfo=UTC)),
        "non era in corso",
    ),
    "data futura": (
        lambda: autorita.p7m(congelato(), quando=datetime(2040, 1, 1, tzinfo=UTC)),
        "data futura",
    ),
    "firma di un altro certificato": (_con_altro_certificato, "non è valida"),
    "marca di un'altra firma": (_marca_di_altro, "non riguarda questa firma"),
    "busta cifrata": (_cifrato, "non contiene dati firmati"),
}


@pytest.mark.parametrize("quale", RIFIUTATI)
def test_file_rifiutato_con_la_sua_ragione(quale):
    crea, ragione = RIFIUTATI[quale]
    with pytest.raises(FirmaRifiutata, match=ragione):
        legge(crea())


def test_delle_buste_si_guarda_prima_il_contenuto_e_si_contano_le_firme(monkeypatch):
    """Neither a file that is not the text nor one with too many signatures costs a single check of a signature."""
    monkeypatch.setattr(cades, "leggi_firme", None)
    with pytest.raises(FirmaRifiutata, match="non è il testo definitivo"):
        legge(_annidate(3))
    monkeypatch.setattr(cades, "MASSIME_FIRME", 1)
    with pytest.raises(FirmaRifiutata, match="firme: controlla"):
        legge(firma_p7m(p7m(), "Bea Verdi"))


def test_buste_senza_fine(monkeypatch):
    monkeypatch.setattr(cades, "MASSIME_BUSTE", 3)
    with pytest.raises(FirmaRifiutata, match="troppe buste"):
        legge(_annidate(4))


@pytest.mark.parametrize("contenuto", [pdf_firmato, p7m], ids=["PAdES", "CAdES"])
def test_firma_accettata(contenuto):
    esito = legge(contenuto())
    [firma] = esito.firme
    assert (firma.nome, firma.codice_fiscale, firma.algoritmo) == ("Anna Rossi", CF, "SHA-256")
    assert firma.quando is not None
    assert firma.riferito
    assert esito.avvertenze == ()
    assert esito.come_dati()["firme"][0]["emittente"] == "Autorità di prova senza valore"


def test_relazione_in_parole_dice_che_cosa_non_e_controllato():
    controlli = {controllo.nome: controllo for controllo in legge(p7m()).controlli}
    assert list(controlli) == [
        "Struttura", "Contenuto", "Integrità", "Algoritmi", "Certificato", "Prestatore", "Marca temporale", "Revoca",
    ]  # fmt: skip
    assert controlli["Contenuto"].parole == "Dentro la busta c'è il testo definitivo, uguale byte per byte."
    assert controlli["Prestatore"].esito == controlli["Revoca"].esito == "non_controllato"
    assert "https://dss.agid.gov.it/validation" in controlli["Revoca"].parole


def test_piu_firme_in_un_pdf_e_buste_annidate():
    assert [f.nome for f in legge(firma_pdf(pdf_firmato(), "Bea Verdi")).firme] == ["Anna Rossi", "Bea Verdi"]
    annidata = legge(firma_p7m(p7m(), "Bea Verdi"))
    assert [(f.nome, f.sul_testo) for f in annidata.firme] == [("Anna Rossi", True), ("Bea Verdi", False)]
    assert "Buste annidate" in [controllo.nome for controllo in annidata.controlli]


def test_busta_in_base64_e_in_pem():
    assert legge(base64.encodebytes(p7m())).formato == "CAdES"
    pem = b"-----BEGIN PKCS7-----\n" + base64.encodebytes(p7m()) + b"-----END PKCS7-----\n"
    assert legge(pem).formato == "CAdES"


def test_busta_scritta_a_pezzi_da_openssl(tmp_path, openssl):
    """Streaming tools write BER of indefinite length, not DER."""
    from cryptography.hazmat.primitives import serialization

    chiave, certificato = autorita.identita("Anna Rossi")
    pezzi = {
        "testo.pdf": congelato(),
        "chiave.pem": chiave.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
        "certificato.pem": certificato.public_bytes(serialization.Encoding.PEM),
    }
    for nome, contenuto in pezzi.items():
        (tmp_path / nome).write_bytes(contenuto)
    comando = (
        "openssl cms -sign -binary -nodetach -stream -md sha256 -in testo.pdf -signer certificato.pem -inkey chiave.pem "
        "-outform DER -out firmato.p7m"
    )
    subprocess.run(comando.split(), cwd=tmp_path, check=True, capture_output=True)  # fmt: skip
    busta = (tmp_path / "firmato.p7m").read_bytes()
    assert busta[:2] == b"\x30\x80"
    assert [firma.nome for firma in legge(busta).firme] == ["Anna Rossi"]


@pytest.mark.parametrize("firma", [autorita.p7m, autorita.pdf], ids=["CAdES", "PAdES"])
def test_marca_temporale_letta_e_creduta(firma):
    quando = orologio.adesso() - timedelta(days=3)
    esito = legge(
        firma(congelato(), marca=autorita.marcatrice(quando)),
        fidati=(autorita.radice_der(),),
        fidati_marche=(autorita.radice_der(),),
    )
    [letta] = esito.firme
    assert abs(letta.marca - quando) < timedelta(seconds=2)
    assert letta.momento == letta.marca
    assert any(c.nome == "Marca temporale" and c.esito == "bene" for c in esito.controlli)


def test_catena_fino_a_un_prestatore_conosciuto():
    fidati = (autorita.radice_der("Altra CA"), autorita.radice_der())
    esito = legge(autorita.p7m(congelato()), fidati=fidati)
    assert esito.firme[0].ancora == "CA dei test"
    assert esito.firme[0].qualificato
    assert esito.avvertenze == ()


def test_un_labirinto_di_autorita_non_si_percorre(monkeypatch):
    """Hundreds of certificates, each by all others: looking for a way up among them would not end."""
    nodi = [f"Nodo {numero}" for numero in range(catena.MASSIMI_INTERMEDI + 1)]
    tutti = [
        asn1.Certificate.load(
            autorita.identita("Nodo", di=nodo, autorita_essa_stessa=True)[1].public_bytes(autorita.DER)
        )
        for nodo in nodi
    ]
    foglia = asn1.Certificate.load(autorita.identita("Eva", di=nodi[0])[1].public_bytes(autorita.DER))
    ca = asn1.Certificate.load(autorita.radice_der(nodi[0]))
    assert catena._in_salita(foglia, (*tutti, ca, ca)) == (ca,), "only who may stand above, once"
    monkeypatch.setattr(catena, "MASSIMI_INTERMEDI", 0)
    assert catena._in_salita(foglia, (*tutti, ca)) == ()


@pytest.mark.parametrize("come", [{"di": "Altra CA"}, {"da_se": True}], ids=["altra CA", "da sé"])
def test_prestatore_sconosciuto_rifiutato(come):
    with pytest.raises(FirmaRifiutata, match="non è tra i prestatori"):
        legge(autorita.p7m(congelato(), **come), fidati=(autorita.radice_der(),))


def test_certificato_scaduto_dopo_la_firma_e_un_avvertenza():
    ieri = datetime.now(UTC) - timedelta(days=1)
    contenuto = autorita.p7m(congelato(), al=ieri, quando=ieri - timedelta(days=9))
    [avvertenza] = legge(contenuto).avvertenze
    assert "è scaduto" in avvertenza


# ------------------------------------------------------------------ in a process of its own
def test_nel_processo_a_parte_le_stesse_risposte():
    atteso = Atteso(pdf=congelato())
    assert esamina_isolato(p7m(), atteso, adesso=orologio.adesso()).firme[0].nome == "Anna Rossi"
    with pytest.raises(FirmaRifiutata, match="nessuna firma digitale"):
        esamina_isolato(congelato("Una scansione."), atteso, adesso=orologio.adesso())


def test_chi_impiega_troppo_e_fermato_e_il_prossimo_trova_posto():
    atteso = Atteso(pdf=congelato())
    with pytest.raises(FirmaRifiutata, match="troppo complesso"):
        esamina_isolato(p7m(), atteso, adesso=orologio.adesso(), tempo=0.0)
    assert esamina_isolato(p7m(), atteso, adesso=orologio.adesso()).formato == "CAdES"


def test_chi_aspetta_troppo_sente_che_il_portale_e_occupato():
    custode = isolato._Custode()
    with custode._serratura, pytest.raises(NonEsaminabile, match="Riprova fra un minuto"):
        custode.chiedi(p7m(), Atteso(pdf=congelato()), orologio.adesso(), 0.01)
