"""What other people's files hold, written from the public documentation of the two formats.

Everything with an equivalent comes in; for the rest the report has a line that says why.
"""

from typing import Any

import pytest

from questionari.scambio.importa import Importazione, importa
from questionari.scambio.rapporto import Esito, Genere
from tests.questionari.scambio.moduli import Sondaggio, lss, xlsx

SCALE = [
    {"list_name": "accordo", "name": str(n), "label::Italiano (it)": it, "label::English (en)": en}
    for n, (it, en) in enumerate(
        (("Per niente", "Not at all"), ("Abbastanza", "Fairly"), ("Molto", "Very")), 1
    )
]


def _domande(fatta: Importazione) -> dict[str, dict[str, Any]]:
    return {d["codice"]: d for s in fatta.dati["sezioni"] for d in s["domande"]}


def _riga(fatta: Importazione, genere: Genere, nome: str) -> Any:
    [trovata] = [r for r in fatta.rapporto.righe if r.genere == genere and r.nome == nome]
    return trovata


def _tutto_spiegato(fatta: Importazione) -> None:
    assert all(r.motivo for r in fatta.rapporto.righe if r.esito != Esito.TENUTO)


def test_un_xlsform_di_kobo_con_tutto() -> None:
    """Repeats, calculations, filtered choices, media, two languages, external choices, OR OTHER, ranges, ranks."""
    it, en = "label::Italiano (it)", "label::English (en)"
    survey = [
        {"type": "start", "name": "start"},
        {"type": "deviceid", "name": "deviceid"},
        {"type": "begin_group", "name": "chi", it: "Chi risponde", en: "Who", "appearance": "field-list"},
        {"type": "text", "name": "ente", it: "Quale ente?", en: "Which body?", "required": "yes",
         "hint::Italiano (it)": "Il nome per esteso", "hint::English (en)": "Full name", "default": "Comune di"},
        {"type": "select_one provincia", "name": "provincia", it: "Provincia", en: "Province"},
        {"type": "select_one comune", "name": "comune", it: "Comune", en: "Town",
         "choice_filter": "provincia=${provincia}"},
        {"type": "end_group"},
        {"type": "begin_repeat", "name": "sede", it: "Le sedi", en: "Offices", "repeat_count": "3"},
        {"type": "integer", "name": "addetti", it: "Quanti addetti?", en: "How many?",
         "constraint": ". >= 0 and . <= 500", "constraint_message::Italiano (it)": "Fra 0 e 500",
         "constraint_message::English (en)": "0-500"},
        {"type": "end_repeat"},
        {"type": "begin_group", "name": "giudizi", it: "Giudizi", en: "Opinions"},
        {"type": "calculate", "name": "doppio", "calculation": "${addetti} * 2"},
        {"type": "select_multiple temi or_other", "name": "temi", it: "Quali temi?", en: "Topics?",
         "media::image::Italiano (it)": "temi.png", "media::image::English (en)": "topics.png"},
        {"type": "rank temi", "name": "ordine", it: "In che ordine?", en: "Order?"},
        {"type": "range", "name": "voto", it: "Un voto", en: "A mark", "parameters": "start=0 end=10 step=1"},
        {"type": "select_one accordo", "name": "sicuro", it: "Si sente sicuro?", en: "Safe?", "appearance": "likert"},
        {"type": "geopoint", "name": "dove", it: "Dove?", en: "Where?"},
        {"type": "note", "name": "grazie", it: "Grazie, ${ente}", en: "Thanks, ${ente}",
         "relevant": "selected(${temi}, 'luce') and ${voto} > 5"},
        {"type": "date", "name": "quando", it: "Quando?", en: "When?", "relevant": "${doppio} > 4"},
        {"type": "file", "name": "atto", it: "L'atto", en: "The act"},
        {"type": "acknowledge", "name": "letto", it: "Ho letto", en: "Read"},
        {"type": "end_group"},
    ]  # fmt: skip
    choices = [
        *({"list_name": "provincia", "name": n, it: t, en: t} for n, t in (("lu", "Lucca"), ("pi", "Pisa"))),
        *(
            {"list_name": "comune", "name": n, it: t, en: t, "provincia": p, "media::image": f"{n}.png"}
            for n, t, p in (("barga", "Barga", "lu"), ("cascina", "Cascina", "pi"))
        ),
        *(
            {"list_name": "temi", "name": n, it: t, en: n}
            for n, t in (("luce", "Illuminazione"), ("strade", "Strade"))
        ),
        *SCALE,
    ]
    settings = [
        {"form_title": "Sicurezza", "form_id": "sic", "version": "3", "style": "pages", "public_key": "x"}
    ]
    fatta = importa(xlsx(survey=survey, choices=choices, settings=settings), "kobo.xlsx")
    _tutto_spiegato(fatta)
    d = _domande(fatta)
    assert fatta.dati["lingua"] == "it"
    assert [s["titolo"] for s in fatta.dati["sezioni"]] == ["Chi risponde", "Le sedi", "Giudizi"]
    assert d["ente"] == {
        "codice": "ente", "tipo": "testo", "testo": "Quale ente?", "aiuto": "Il nome per esteso", "obbligatoria": True,
    }  # fmt: skip
    assert (d["addetti"]["min"], d["addetti"]["max"]) == (0, 500)
    assert [v["etichetta"] for v in d["comune"]["opzioni"]] == ["Barga", "Cascina"]
    assert (d["temi"]["tipo"], d["temi"]["consenti_altro"]) == ("multipla", True)
    assert d["ordine"]["tipo"] == "graduatoria"
    assert (d["voto"]["min"], d["voto"]["max"]) == (0, 10)
    assert d["grazie"]["visibile_se"] == {
        "tutte": [
            {"domanda": "temi", "operatore": "contiene", "valore": "luce"},
            {"domanda": "voto", "operatore": "maggiore", "valore": 5},
        ]
    }
    assert "visibile_se" not in d["quando"]
    assert {"doppio", "dove", "start", "deviceid"}.isdisjoint(d)
    for genere, nome, esito, parola in (
        (Genere.GRUPPO, "sede", Esito.CAMBIATO, "si ripeteva"),
        (Genere.DOMANDA, "doppio", Esito.ESCLUSO, "calcolo"),
        (Genere.DOMANDA, "dove", Esito.ESCLUSO, "mappa"),
        (Genere.DOMANDA, "start", Esito.ESCLUSO, "servizio"),
        (Genere.CONDIZIONE, "quando", Esito.ESCLUSO, "doppio"),
        (Genere.DOMANDA, "grazie", Esito.CAMBIATO, "richiama"),
        (Genere.LINGUA, "English (en)", Esito.ESCLUSO, "una lingua sola"),
        (Genere.IMPOSTAZIONE, "colonna choice_filter", Esito.ESCLUSO, "non si filtrano"),
        (Genere.IMPOSTAZIONE, "colonna calculation", Esito.ESCLUSO, "calcoli"),
        (Genere.IMPOSTAZIONE, "colonna default", Esito.ESCLUSO, "già scritte"),
        (Genere.IMPOSTAZIONE, "colonna media::image", Esito.ESCLUSO, ""),
        (Genere.IMPOSTAZIONE, "colonna choices: media::image", Esito.ESCLUSO, ""),
        (Genere.IMPOSTAZIONE, "style", Esito.ESCLUSO, "equivalente"),
    ):
        riga = _riga(fatta, genere, nome)
        assert riga.esito == esito, (nome, riga)
        assert parola in riga.motivo, (nome, riga.motivo)


def test_le_scelte_in_un_altro_foglio_o_in_un_altro_file() -> None:
    """`select_one_external` and `select_one_from_file`: the options are not in the form."""
    survey = [
        {"type": "text", "name": "resta", "label": "Resta"},
        {"type": "select_one_from_file comuni.csv", "name": "comune", "label": "Comune"},
        {"type": "select_one_external frazioni", "name": "frazione", "label": "Frazione",
         "choice_filter": "comune=${resta}"},
        {"type": "select_one_external vie", "name": "via", "label": "Via", "choice_filter": "comune=${resta}"},
    ]  # fmt: skip
    esterne = [{"list_name": "frazioni", "name": n, "label": n.upper(), "comune": "barga"} for n in "ab"]
    esterne += [{"list_name": "vie", "name": f"v{i}", "label": f"Via {i}", "comune": "x"} for i in range(201)]
    fatta = importa(
        xlsx(survey=survey, external_choices=esterne, settings=[{"form_title": "P"}]), "esterne.xlsx"
    )
    _tutto_spiegato(fatta)
    d = _domande(fatta)
    assert d["resta"]["tipo"] == "testo"
    riga = _riga(fatta, Genere.DOMANDA, "comune")
    assert (riga.esito, "in un altro file" in riga.motivo) == (Esito.ESCLUSO, True)
    assert [v["etichetta"] for v in d["frazione"]["opzioni"]] == ["A", "B"]
    assert "non si filtrano" in _riga(fatta, Genere.DOMANDA, "frazione").motivo
    assert "più di 200" in _riga(fatta, Genere.DOMANDA, "via").motivo


def _vecchio(versione: int) -> bytes:
    """A survey as versions before 4 wrote it: texts in the tables, a language a row."""
    s = Sondaggio()
    s.gruppo(1)
    s.domanda("L", "Q1", "Avete un piano?", risposte=["Y=Sì", "N=No"], other="Y")
    s.domanda(
        "F", "Q2", "Giudizi", sotto=["luce=La luce", "strade=Le strade"], risposte=["1=Poco", "2=Molto"]
    )
    s.domanda("M", "Q3", "Quali?", sotto=["a=Uno", "b=Due"], relevance='Q1.NAOK == "Y"')
    return s.file(versione=versione)


@pytest.mark.parametrize("versione", [130, 146, 155, 178, 258, 366, 411, 480, 640])
def test_ogni_versione_di_limesurvey(versione: int) -> None:
    fatta = importa(_vecchio(versione), "vecchio.lss")
    _tutto_spiegato(fatta)
    d = _domande(fatta)
    assert (d["Q1"]["tipo"], d["Q1"]["consenti_altro"]) == ("singola", True)
    assert (d["Q2"]["tipo"], len(d["Q2"]["righe"]), len(d["Q2"]["scala"])) == ("matrice", 2, 2)
    assert d["Q3"]["visibile_se"] == {"domanda": "Q1", "operatore": "uguale", "valore": "Y"}


def test_un_limesurvey_con_quote_valutazioni_e_righe_condizionate() -> None:
    """Quotas, assessments, default answers, URL parameters; a row of an array with a relevance of its own."""
    s = Sondaggio()
    s.gruppo(1, "Territorio", grelevance="1")
    s.domanda("L", "Q1", "Avete un piano?", risposte=["Y=Sì", "N=No"])
    s.domanda(
        "F", "Q2", "Giudizi", sotto=["luce=La luce", "strade=Le strade"], risposte=["1=Poco", "2=Molto"]
    )
    s.domanda("*", "CALC", "Somma", attributi={"equation": "{Q2_luce + Q2_strade}"})
    s.domanda("R", "Q3", "In che ordine?", risposte=["a=Uno", "b=Due", "c=Tre"], attributi={"max_answers": 2})
    s.domanda("X", "Q4", "Grazie {TOKEN:FIRSTNAME}", relevance="CALC > 3")
    righe = [r for r in s.tabelle["subquestions"] if r["title"] == "strade"]
    for riga in righe:
        riga["relevance"] = 'Q1 == "Y"'
    tabelle: dict[str, Any] = {k: v for k, v in s.tabelle.items() if v}
    tabelle |= {
        "quota": [{"id": 1, "sid": 9, "name": "Al massimo cento", "qlimit": 100, "action": 1, "active": 1}],
        "quota_members": [{"id": 1, "sid": 9, "qid": 1, "quota_id": 1, "code": "Y"}],
        "quota_languagesettings": [{"quotals_id": 1, "quotals_quota_id": 1, "quotals_language": "it"}],
        "assessments": [
            {
                "id": 1,
                "sid": 9,
                "scope": "T",
                "gid": 0,
                "name": "Alto",
                "minimum": 1,
                "maximum": 9,
                "message": "Bravi",
            }
        ],
        "defaultvalues": [
            {"qid": 1, "specialtype": "", "scale_id": 0, "language": "it", "defaultvalue": "Y"}
        ],
        "survey_url_parameters": [{"id": 1, "sid": 9, "parameter": "ente", "targetqid": 1}],
    }
    fatta = importa(lss(tabelle), "quote.lss")
    _tutto_spiegato(fatta)
    d = _domande(fatta)
    assert list(d) == ["Q1", "Q2", "Q3", "Q4"]
    assert d["Q3"]["max_scelte"] == 2
    assert "visibile_se" not in d["Q4"]
    escluse = [r for r in fatta.rapporto.righe if r.esito == Esito.ESCLUSO]
    detto = "\n".join(f"{r.genere} {r.nome}: {r.motivo}" for r in escluse)
    for parola in (
        "quot",
        "assessment|valutazion",
        "defaultvalues|già scritt|predefinit",
        "parametr|url",
        "CALC",
    ):
        assert any(p.lower() in detto.lower() for p in parola.split("|")), (parola, detto)
    riga = _riga(fatta, Genere.SOTTODOMANDA, "Q2 / strade")
    assert (riga.esito, "si mostra sempre" in riga.motivo) == (Esito.CAMBIATO, True)
