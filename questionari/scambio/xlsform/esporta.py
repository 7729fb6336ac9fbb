"""A questionnaire of ours as an XLSForm workbook: what XLSForm can say in its own columns, the rest in ours."""

import json
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from questionari import definizione as q
from questionari.scambio.limiti import FileRifiutato
from questionari.scambio.testo import da_markdown
from questionari.scambio.xlsform import scrittura_condizioni
from questionari.scambio.xlsform.nomi import Nomi, nome_xml, numero_xpath
from questionari.scambio.xlsform.proprie import NON_SO, PREFISSO, PROPRIE
from questionari.scambio.xlsform.tipi import etichetta_di

CELLA_MASSIMA = 32_000
TIPI = {
    q.TESTO: "text", q.TESTO_LUNGO: "text", q.DATA: "date", q.FILE: "file", q.BLOCCO: "note",
    q.SINGOLA: "select_one", q.MULTIPLA: "select_multiple", q.GRADUATORIA: "rank",
}  # fmt: skip

type Riga = dict[str, str]


def esporta(definizione: q.Definizione) -> bytes:
    """Return the .xlsx. Raises FileRifiutato for a text that no cell can hold."""
    return _Esportazione(definizione).cartella()


def fogli(definizione: q.Definizione) -> dict[str, list[Riga]]:
    """The rows of each sheet, by the heading of the column."""
    return _Esportazione(definizione).fogli()


class _Esportazione:
    def __init__(self, definizione: q.Definizione) -> None:
        self.d = definizione
        self.nomi = Nomi()
        self.righe: list[Riga] = []
        self.scelte: list[Riga] = []
        self.liste: dict[str, str] = {}
        self.nomi_liste = Nomi()
        self.di_domanda: dict[str, str] = {}
        self.di_riga: dict[str, list[str]] = {}
        """The names of the rows of a matrix, by its code."""

    def fogli(self) -> dict[str, list[Riga]]:
        for domanda in self.d.domande:  # questions first: conditions call them by their names
            self.di_domanda[domanda.codice] = self.nomi.dai(
                domanda.codice, con_altro=domanda.consenti_altro and domanda.tipo in (q.SINGOLA, q.MULTIPLA)
            )
        for sezione in self.d.sezioni:
            self._sezione(sezione)
        return {"survey": self.righe, "choices": self.scelte, "settings": [self._impostazioni()]}

    def _impostazioni(self) -> Riga:
        d = self.d
        riga = {"form_title": d.titolo, "form_id": nome_xml(d.codice), "version": d.versione}
        proprie = {"codice": d.codice, "versione": d.versione, "lingua": d.lingua}
        if d.premessa:
            proprie["premessa"] = json.dumps(d.premessa)
        if da_markdown(d.titolo) != d.titolo:
            proprie["titolo"] = json.dumps(d.titolo)
        if d.obiettivi:
            proprie["obiettivi"] = json.dumps(d.obiettivi, ensure_ascii=False)
        return riga | {PREFISSO + nome: valore for nome, valore in proprie.items()}

    def _sezione(self, sezione: q.Sezione) -> None:
        nome = self.nomi.dai(sezione.codice, testa="sezione_")
        riga = {"type": "begin_group", "name": nome, "appearance": "field-list"}
        riga |= self._testi("label", "testo", sezione.titolo) | self._testi(
            "hint", "aiuto", sezione.descrizione
        )
        riga[PREFISSO + "codice"] = sezione.codice
        if sezione.destinatari:
            riga[PREFISSO + "destinatari"] = " ".join(sezione.destinatari)
        self.righe.append(riga)
        for domanda in sezione.domande:
            self._matrice(domanda) if domanda.tipo == q.MATRICE else self._domanda(domanda)
        self.righe.append({"type": "end_group"})

    def _testi(self, colonna: str, nome: str, testo: str, *, riga: bool = False) -> Riga:
        """A text in its column (`riga`: on one line); beside it the exact one, if the column's would be read otherwise."""
        if not testo:
            return {}
        if len(testo) > CELLA_MASSIMA:
            raise FileRifiutato(f"Un testo supera {CELLA_MASSIMA} caratteri: non entra in una cella.")
        cella = " ".join(ILLEGAL_CHARACTERS_RE.sub(" ", testo).replace("${", "$ {").split(" ")).strip() or "-"
        letto = etichetta_di(cella) if riga else da_markdown(cella)
        esatto = {} if letto == testo else {PREFISSO + nome: json.dumps(testo)}
        return {colonna: cella} | esatto

    def _comune(self, domanda: q.Domanda) -> Riga:
        nome = self.di_domanda[domanda.codice]
        riga = {"name": nome}
        riga |= self._testi("label", "testo", domanda.testo) | self._testi("hint", "aiuto", domanda.aiuto)
        if domanda.obbligatoria:
            riga["required"] = "yes"
        if domanda.visibile_se:
            riga["relevant"] = scrittura_condizioni.scrivi(
                domanda.visibile_se, self.d, self.di_domanda, self.di_riga
            )
        if nome != domanda.codice:
            riga[PREFISSO + "codice"] = domanda.codice
        return riga | {PREFISSO + nome: valore for nome, valore in self._proprie(domanda).items()}

    def _proprie(self, domanda: q.Domanda) -> Riga:
        """What only our own columns can say."""
        valori: dict[str, Any] = {nome: getattr(domanda, nome) for nome in PROPRIE}
        if domanda.riservatezza == q.AGGREGATA:
            del valori["riservatezza"]
        if domanda.tipo == q.MULTIPLA or not domanda.max_scelte:
            del valori["max_scelte"]
        if domanda.tipo != q.NUMERO:
            del valori["decimali"]
        for nome, usuale in (("max_file", 1), ("max_mb", 10)):
            if valori[nome] == usuale:
                del valori[nome]
        return {
            nome: " ".join(valore) if isinstance(valore, tuple) else "yes" if valore is True else str(valore)
            for nome, valore in valori.items()
            if valore
        }

    def _domanda(self, domanda: q.Domanda) -> None:
        riga = self._comune(domanda)
        tipo = TIPI.get(domanda.tipo, "")
        if domanda.tipo == q.NUMERO:
            tipo = "decimal" if domanda.decimali else "integer"
        elif domanda.voci:
            tipo = f"{tipo} {self._lista(domanda)}" + (" or_other" if self._altro(domanda) else "")
        elif domanda.tipo == q.TESTO_LUNGO:
            riga["appearance"] = "multiline"
        if domanda.consenti_altro and not self._altro(domanda):
            riga[PREFISSO + "consenti_altro"] = "yes"
        if vincolo := _vincolo(domanda, self._nomi_scelte(domanda)):
            riga["constraint"] = vincolo
        self.righe.append({"type": tipo} | riga)

    @staticmethod
    def _altro(domanda: q.Domanda) -> bool:
        return domanda.consenti_altro and domanda.tipo in (q.SINGOLA, q.MULTIPLA)

    def _nomi_scelte(self, domanda: q.Domanda) -> dict[str, str]:
        return {voce.codice: voce.codice for voce in domanda.voci}

    def _lista(self, domanda: q.Domanda) -> str:
        """The name of the list of its options; two questions with the same options share one."""
        voci = [(voce.codice, voce.etichetta) for voce in domanda.voci]
        return self._lista_di(voci, domanda.codice, altro=self._altro(domanda))

    def _lista_di(self, voci: list[tuple[str, str]], codice: str, *, altro: bool = False) -> str:
        chiave = json.dumps([voci, altro])
        if chiave not in self.liste:
            self.liste[chiave] = lista = self.nomi_liste.dai(codice)
            self.scelte += [
                {"list_name": lista, "name": nome} | self._testi("label", "etichetta", etichetta, riga=True)
                for nome, etichetta in voci
            ]
        return self.liste[chiave]

    def _matrice(self, domanda: q.Domanda) -> None:
        """A group with the appearance of a table: XLSForm's own grid."""
        riga = self._comune(domanda)
        obbligatoria = riga.pop("required", "")
        voci = [(str(grado.valore), grado.etichetta) for grado in domanda.scala]
        if domanda.consenti_non_so:
            voci.append((NON_SO, "Non so"))
        lista = self._lista_di(voci, domanda.codice)
        nome = riga["name"]
        self.righe.append(
            {"type": "begin_group", "appearance": "table-list", PREFISSO + "tipo": q.MATRICE} | riga
        )
        nomi = self.di_riga.setdefault(domanda.codice, [])
        for voce in domanda.voci:
            nomi.append(self.nomi.dai(f"{nome}_{voce.codice}"))
            scritta = {"type": f"select_one {lista}", "name": nomi[-1], PREFISSO + "codice": voce.codice}
            scritta |= self._testi("label", "testo", voce.etichetta, riga=True)
            self.righe.append(scritta | ({"required": "yes"} if obbligatoria else {}))
        self.righe.append({"type": "end_group"})

    # The workbook

    def cartella(self) -> bytes:
        libro = Workbook(write_only=True)
        for nome, righe in self.fogli().items():
            foglio = libro.create_sheet(nome)
            colonne = list(dict.fromkeys(colonna for riga in righe for colonna in riga))
            foglio.append(colonne or ["list_name", "name", "label"])
            for riga in righe:
                foglio.append([self._cella(foglio, riga.get(colonna)) for colonna in colonne])
        uscita = BytesIO()
        libro.save(uscita)
        return uscita.getvalue()

    @staticmethod
    def _cella(foglio: Any, testo: str | None) -> Any:
        if testo is None:
            return None
        cella = WriteOnlyCell(foglio, testo)
        cella.data_type = "s"  # a text that begins with "=" is a text
        return cella


def _vincolo(domanda: q.Domanda, nomi: dict[str, str]) -> str:
    parti = []
    if domanda.tipo == q.NUMERO:
        for segno, limite in ((">=", domanda.minimo), ("<=", domanda.massimo)):
            if limite is not None and abs(limite) < 10**15:
                parti.append(f". {segno} {numero_xpath(limite)}")
    if domanda.tipo == q.DATA:
        for segno, giorno in ((">=", domanda.dal), ("<=", domanda.al)):
            if giorno:
                parti.append(f". {segno} date('{giorno}')")
    if domanda.max_caratteri:
        parti.append(f"string-length(.) <= {domanda.max_caratteri}")
    if domanda.tipo == q.MULTIPLA and domanda.max_scelte:
        parti.append(f"count-selected(.) <= {domanda.max_scelte}")
    if domanda.tipo == q.MULTIPLA and domanda.esclusiva:
        parti.append(f"not(selected(., '{nomi[domanda.esclusiva]}') and count-selected(.) > 1)")
    return " and ".join(parti)
