"""Small files of the foreign formats, written here."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook

DATI = Path(__file__).parent / "dati"
LSS_VERO = DATI / "limesurvey_survey_it.lss"
XLSX_VERO = DATI / "mitwirken_umfrage.xlsx"

type Tabelle = Mapping[str, Sequence[Mapping[str, object]]]


def xlsx(**fogli: Sequence[Mapping[str, object]]) -> bytes:
    """A workbook with these rows in each sheet."""
    libro = Workbook()
    libro.remove(libro.worksheets[0])
    for nome, righe in fogli.items():
        foglio = libro.create_sheet(nome)
        colonne = list(dict.fromkeys(colonna for riga in righe for colonna in riga))
        foglio.append(colonne)
        for riga in righe:
            foglio.append([riga.get(colonna) for colonna in colonne])
    uscita = BytesIO()
    libro.save(uscita)
    return uscita.getvalue()


def modulo(*survey: Mapping[str, object], scelte: str = "", **settings: object) -> bytes:
    """An XLSForm; `scelte` is "list: name=label, name=label; list: …"."""
    righe = []
    for elenco in filter(None, scelte.split(";")):
        lista, _, voci = elenco.partition(":")
        for voce in voci.split(","):
            nome, _, testo = voce.strip().partition("=")
            righe.append({"list_name": lista.strip(), "name": nome, "label": testo or nome})
    return xlsx(
        survey=survey, choices=righe, settings=[{"form_title": "Prova", "form_id": "prova"} | settings]
    )


def lss(tabelle: Tabelle, *, versione: int = 360, genere: str = "Survey", testa: str = "") -> bytes:
    """A LimeSurvey export with these tables."""
    pezzi = [f'<?xml version="1.0" encoding="UTF-8"?>{testa}<document>']
    pezzi.append(f"<LimeSurveyDocType>{genere}</LimeSurveyDocType><DBVersion>{versione}</DBVersion>")
    for nome, righe in tabelle.items():
        campi = dict.fromkeys(campo for riga in righe for campo in riga)
        pezzi.append(
            f"<{nome}><fields>" + "".join(f"<fieldname>{c}</fieldname>" for c in campi) + "</fields><rows>"
        )
        for riga in righe:
            celle = "".join(f"<{c}>{escape(str(v))}</{c}>" for c, v in riga.items())
            pezzi.append(f"<row>{celle}</row>")
        pezzi.append(f"</rows></{nome}>")
    return ("".join(pezzi) + "</document>").encode()


class Sondaggio:
    """A survey of LimeSurvey under construction, in the old layout (language columns) or the new one (l10ns)."""

    def __init__(self, *lingue: str, nuovo: bool = False) -> None:
        self.lingue = lingue or ("it",)
        self.nuovo = nuovo
        self.qid = 0
        self.tabelle: dict[str, list[dict[str, object]]] = {
            nome: []
            for nome in (
                "groups",
                "questions",
                "subquestions",
                "answers",
                "question_attributes",
                "conditions",
            )
        }
        altre = " ".join(self.lingue[1:])
        self.tabelle["surveys"] = [{"sid": 9, "language": self.lingue[0], "additional_languages": altre}]
        self.tabelle["surveys_languagesettings"] = [
            {"surveyls_language": lingua, "surveyls_title": f"Sondaggio <b>{lingua}</b>"}
            for lingua in self.lingue
        ]

    def _metti(self, tabella: str, riga: dict[str, object], l10n: str, testi: dict[str, object]) -> None:
        if not self.nuovo:
            self.tabelle[tabella] += [
                riga | self._in(testi, lingua) | {"language": lingua} for lingua in self.lingue
            ]
            return
        chiave = {"groups": "gid", "answers": "aid"}.get(tabella, "qid")
        self.tabelle[tabella].append(riga)
        self.tabelle.setdefault(l10n, []).extend(
            {chiave: riga[chiave], "language": lingua} | self._in(testi, lingua) for lingua in self.lingue
        )

    def _in(self, testi: dict[str, object], lingua: str) -> dict[str, object]:
        return {k: (v if lingua == self.lingue[0] or not v else f"{v} [{lingua}]") for k, v in testi.items()}

    def gruppo(self, gid: int, nome: str = "Gruppo", **altro: object) -> "Sondaggio":
        """Add a group."""
        riga = {"gid": gid, "group_order": gid, "grelevance": ""} | altro
        self._metti("groups", riga, "group_l10ns", {"group_name": nome, "description": ""})
        return self

    def domanda(
        self,
        tipo: str,
        titolo: str,
        testo: str = "Che cosa?",
        *,
        gid: int = 1,
        sotto: Sequence[str] = (),
        colonne: Sequence[str] = (),
        risposte: Sequence[str] = (),
        risposte2: Sequence[str] = (),
        attributi: Mapping[str, object] | None = None,
        **altro: object,
    ) -> "Sondaggio":
        """Add a question; parts are written "code=words"."""
        self.qid += 1
        qid = self.qid
        riga = {
            "qid": qid, "parent_qid": 0, "sid": 9, "gid": gid, "type": tipo, "title": titolo, "other": "N",
            "mandatory": "N", "question_order": qid, "relevance": "1", "preg": "",
        } | altro  # fmt: skip
        self._metti("questions", riga, "question_l10ns", {"question": testo, "help": ""})
        for scala, parti in (("0", sotto), ("1", colonne)):
            for i, parte in enumerate(parti):
                codice, _, parole = parte.partition("=")
                self.qid += 1
                sua = {
                    "qid": self.qid, "parent_qid": qid, "gid": gid, "type": "T", "title": codice,
                    "question_order": i, "scale_id": scala, "relevance": "1",
                }  # fmt: skip
                self._metti("subquestions", sua, "question_l10ns", {"question": parole or codice, "help": ""})
        for scala, parti in (("0", risposte), ("1", risposte2)):
            for i, parte in enumerate(parti):
                codice, _, parole = parte.partition("=")
                sua = {
                    "aid": len(self.tabelle["answers"]) + 1,
                    "qid": qid,
                    "code": codice,
                    "sortorder": i,
                    "scale_id": scala,
                }
                self._metti("answers", sua, "answer_l10ns", {"answer": parole or codice})
        for nome, valore in (attributi or {}).items():
            self.tabelle["question_attributes"].append(
                {"qid": qid, "attribute": nome, "value": valore, "language": ""}
            )
        return self

    def file(self, **altro: str) -> bytes:
        """The .lss."""
        return lss({k: v for k, v in self.tabelle.items() if v}, **altro)  # type: ignore[arg-type]
