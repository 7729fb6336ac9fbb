"""From a .lss to our JSON, with the report of each group, question, row, answer, condition and attribute."""

import re
from collections import Counter
from typing import Any

from questionari.definizione import BLOCCO
from questionari.scambio.cantiere import Cantiere, Fonte, Pagina
from questionari.scambio.condizioni import Bersaglio
from questionari.scambio.espressioni import leggi_limesurvey
from questionari.scambio.limesurvey import regole
from questionari.scambio.limesurvey.lavoro import Esito, Nuova, SenzaEquivalente, testo_di
from questionari.scambio.limesurvey.sondaggio import TIPI, Domanda, Gruppo, Sondaggio, leggi_sondaggio
from questionari.scambio.limesurvey.tabelle import leggi_tabelle
from questionari.scambio.limesurvey.tipi import converti
from questionari.scambio.rapporto import Genere, Rapporto
from questionari.scambio.testo import codice_da, da_html

_RICHIAMO = re.compile(r"\{[A-Za-z_][^{}\n]{0,300}\}")
_NULLE = frozenset({"", "1"})
_ALTRE_TABELLE = {
    "assessments": "i punteggi non hanno un equivalente",
    "defaultvalues": "le risposte già scritte non si importano",
    "defaultvalue_l10ns": "le risposte già scritte non si importano",
    "quota": "le quote non servono: rispondono tutti gli enti",
    "quota_members": "le quote non servono: rispondono tutti gli enti",
    "quota_languagesettings": "le quote non servono: rispondono tutti gli enti",
    "survey_url_parameters": "i parametri degli indirizzi non servono",
    "plugin_settings": "le estensioni di LimeSurvey non servono",
}
_MAI = frozenset({"0", "false"})
_PARTI_GENERE = {"sotto": Genere.SOTTODOMANDA, "risposte": Genere.OPZIONE}


def importa(contenuto: bytes, rapporto: Rapporto) -> dict[str, Any]:
    """Return the questionnaire as our JSON. Raises FileRifiutato."""
    tabelle = leggi_tabelle(contenuto)
    sondaggio = leggi_sondaggio(tabelle)
    importazione = _Importazione(sondaggio, rapporto)
    dati = importazione.fai()
    for nome, motivo in _ALTRE_TABELLE.items():
        if righe := tabelle.get(nome):
            rapporto.segna(Genere.IMPOSTAZIONE, nome, motivo, escluso=True, quanti=len(righe))
    for riga in tabelle.get("surveys", [])[:1]:
        quanti = sum(1 for valore in riga.values() if valore)
        motivo = "aspetto, inviti e messaggi del sondaggio: qui li decide il portale"
        if quanti:
            rapporto.segna(
                Genere.IMPOSTAZIONE, "impostazioni del sondaggio", motivo, escluso=True, quanti=quanti
            )
    return dati


class _Importazione:
    def __init__(self, sondaggio: Sondaggio, rapporto: Rapporto) -> None:
        self.s, self.rapporto = sondaggio, rapporto
        self.cantiere = Cantiere(rapporto)
        self.attributi: Counter[tuple[str, bool]] = Counter()

    def fai(self) -> dict[str, Any]:
        titolo = da_html(self.s.titolo) or "Questionario importato da LimeSurvey"
        self.rapporto.segna(Genere.QUESTIONARIO, titolo, "" if self.s.titolo else "non ha titolo")
        self.rapporto.segna(Genere.LINGUA, self.s.lingua or "senza indicazione", testo="la lingua importata")
        for lingua in self.s.altre_lingue:
            self.rapporto.segna(Genere.LINGUA, lingua, "si importa una lingua sola", escluso=True)
        for gruppo in self.s.gruppi:
            self._gruppo(gruppo)
        for (nome, letto), quanti in self.attributi.items():
            self.rapporto.segna(
                Genere.IMPOSTAZIONE,
                nome,
                "" if letto else _motivo_attributo(nome),
                escluso=not letto,
                quanti=quanti,
            )
        for che_cosa, genere in (
            ("risposte", Genere.OPZIONE),
            ("attributi", Genere.IMPOSTAZIONE),
            ("condizioni", Genere.CONDIZIONE),
        ):
            if quanti := self.s.sciolte[che_cosa]:
                self.rapporto.segna(
                    genere,
                    f"{che_cosa} sciolte",
                    "la domanda a cui appartengono non c'è",
                    escluso=True,
                    quanti=quanti,
                )
        testata = {
            "codice": codice_da(f"lime-{self.s.sid}", "limesurvey"),
            "titolo": titolo[:300],
            "lingua": (self.s.lingua or "it")[:20],
        }
        premessa = da_html(self.s.premessa)
        return self.cantiere.finisci(testata | ({"premessa": premessa} if premessa else {}))

    # One group

    def _gruppo(self, gruppo: Gruppo) -> None:
        nome = da_html(gruppo.titolo) or f"gruppo {gruppo.gid}"
        mai = gruppo.rilevanza.strip() in _MAI
        if mai or not gruppo.domande:
            motivo = "non si mostra mai: la sua condizione è 0" if mai else "non ha domande"
            self.rapporto.segna(Genere.GRUPPO, nome, motivo, escluso=True)
            for domanda in gruppo.domande:
                self._fuori(domanda, "il suo gruppo non si mostra mai")
            return
        posto = self.rapporto.segna(Genere.GRUPPO, nome, gruppo.motivi)
        fonti = (
            []
            if gruppo.rilevanza in _NULLE
            else [Fonte(f"gruppo {nome}", gruppo.rilevanza, leggi_limesurvey)]
        )
        pagina, _ = self.cantiere.pagina(
            f"G{gruppo.gid}", nome, descrizione=da_html(gruppo.descrizione), fonti=fonti
        )
        for domanda in gruppo.domande:
            self._domanda(pagina, domanda)
        if not pagina.posate:
            self.rapporto.escludi(posto, "nessuna delle sue domande ha un equivalente")
            for fonte in fonti:
                self.rapporto.segna(
                    Genere.CONDIZIONE,
                    fonte.nome,
                    "il gruppo è lasciato fuori",
                    escluso=True,
                    testo=fonte.testo,
                )

    # One question

    def _domanda(self, pagina: Pagina, domanda: Domanda) -> None:
        if domanda.rilevanza.strip() in _MAI:
            return self._fuori(domanda, "non si mostra mai: la sua condizione è 0")
        try:
            esito = converti(domanda)
        except SenzaEquivalente as errore:
            return self._fuori(domanda, str(errore))
        base = domanda.titolo or f"Q{domanda.qid}"
        motivi = [*domanda.motivi, *esito.motivi]
        if not da_html(domanda.testo):
            motivi.append("non ha testo: resta il codice")
        if _RICHIAMO.search(domanda.testo):
            motivi.append("il testo richiama altre risposte fra graffe: va riletto")
        if domanda.obbligo == "S":
            motivi.append("l'obbligo «leggero» non c'è: è facoltativa")
        posto = self.rapporto.segna(
            Genere.DOMANDA,
            domanda.titolo or domanda.qid,
            motivi,
            testo=f"{TIPI[domanda.tipo]}: {testo_di(domanda)}",
        )
        codici: list[str] = []
        fonti = self._fonti(domanda)
        for nuova in esito.nuove:
            codice, motivo = self.cantiere.codici.dai(
                codice_da(base + nuova.coda, f"Q{domanda.qid}") if nuova.coda else base, f"Q{domanda.qid}"
            )
            if motivo:
                self.rapporto.aggiungi(posto, motivo)
            self.cantiere.posa(
                pagina,
                self._completa(domanda, nuova, codice),
                posto,
                nomi=self._nomi(domanda, nuova, codice),
                fonti=[*fonti, Fonte("commento", "", regole.risposta_a(codici[0]), 0)]
                if nuova.se_scelta
                else fonti,
            )
            codici.append(codice)
            fonti = [Fonte(f.nome, f.testo, f.leggi, quanti=0) for f in fonti]
        self.rapporto.codice(posto, ", ".join(codici[:3]) + ("…" if len(codici) > 3 else ""))
        for nome in self._richiami(domanda):
            self.cantiere.assente(f"{nome}_other", f"il testo di «altro» di «{base}» non si può guardare")
            for voci in domanda.sotto.values():
                for voce in voci:
                    self.cantiere.assente(
                        f"{nome}_{voce.codice}", f"una sola riga di «{base}» non si può guardare"
                    )
                    self.cantiere.assente(
                        f"{nome}{voce.codice}", f"una sola riga di «{base}» non si può guardare"
                    )
        self._parti(domanda, esito)
        if domanda.controllo:
            self.rapporto.segna(
                Genere.VINCOLO, base, "un controllo con espressione regolare non ha un equivalente",
                escluso=True, testo=domanda.controllo,
            )  # fmt: skip
        self._conta_attributi(domanda)

    def _completa(self, domanda: Domanda, nuova: Nuova, codice: str) -> dict[str, Any]:
        dati: dict[str, Any] = {"codice": codice, "tipo": nuova.dati["tipo"], "testo": testo_di(domanda)}
        if (aiuto := da_html(domanda.aiuto)) and not nuova.se_scelta:
            dati["aiuto"] = aiuto
        if domanda.obbligo == "Y" and not nuova.se_scelta and nuova.dati["tipo"] != BLOCCO:
            dati["obbligatoria"] = True
        return dati | nuova.dati

    def _richiami(self, domanda: Domanda) -> list[str]:
        """How conditions call a question: by its code, or by numbers."""
        numeri = f"{domanda.sid or self.s.sid}X{domanda.gid}X{domanda.qid}"
        return [nome for nome in (domanda.titolo, numeri, f"Q{domanda.qid}") if nome]

    def _nomi(self, domanda: Domanda, nuova: Nuova, codice: str) -> dict[str, Bersaglio]:
        tipo = nuova.dati["tipo"]
        intero = Bersaglio(codice, tipo, nuova.voci)
        nomi: dict[str, Bersaglio] = {}
        for nome in self._richiami(domanda):
            if nuova.parte:
                nomi |= {f"{nome}_{nuova.parte}": intero, f"{nome}{nuova.parte}": intero}
            elif not nuova.coda:
                nomi[nome] = intero
            for parte, voce in nuova.scelte.items():
                scelta = Bersaglio(codice, tipo, nuova.voci, parte=voce)
                nomi |= {f"{nome}_{parte}": scelta, f"{nome}{parte}": scelta}
        return nomi

    def _fonti(self, domanda: Domanda) -> list[Fonte]:
        nome = domanda.titolo or domanda.qid
        if domanda.rilevanza not in _NULLE:
            if domanda.regole:
                self.rapporto.segna(
                    Genere.CONDIZIONE, nome, quanti=len(domanda.regole),
                    testo="regole già comprese nella condizione della domanda",
                )  # fmt: skip
            return [Fonte(nome, domanda.rilevanza, leggi_limesurvey)]
        if not domanda.regole:
            return []
        return [
            Fonte(
                nome,
                regole.in_parole(domanda.regole),
                lambda _: regole.albero(domanda.regole),
                len(domanda.regole),
            )
        ]

    # The parts and the rest

    def _parti(self, domanda: Domanda, esito: Esito) -> None:
        nome = domanda.titolo or domanda.qid
        for genere, elenchi in (("sotto", domanda.sotto), ("risposte", domanda.risposte)):
            for scala, voci in elenchi.items():
                if (genere, scala) not in esito.usate:
                    self.rapporto.segna(
                        _PARTI_GENERE[genere], nome, "la domanda è di un tipo che non ne ha",
                        escluso=True, quanti=len(voci),
                    )  # fmt: skip
                    continue
                for i, voce in enumerate(voci):
                    motivo, codice = esito.parti.get((genere, scala, i), ("", ""))
                    self.rapporto.segna(
                        _PARTI_GENERE[genere], f"{nome} / {voce.codice}", motivo,
                        testo=da_html(voce.testo), codice=codice,
                    )  # fmt: skip

    def _fuori(self, domanda: Domanda, motivo: str) -> None:
        """A question left out, with all that hangs on it."""
        nome = domanda.titolo or domanda.qid
        self.rapporto.segna(
            Genere.DOMANDA,
            nome,
            motivo,
            escluso=True,
            testo=f"{TIPI[domanda.tipo]}: {da_html(domanda.testo)}",
        )
        perche = "la domanda è lasciata fuori"
        for genere, elenchi in (("sotto", domanda.sotto), ("risposte", domanda.risposte)):
            if quanti := sum(len(voci) for voci in elenchi.values()):
                self.rapporto.segna(_PARTI_GENERE[genere], nome, perche, escluso=True, quanti=quanti)
        if domanda.rilevanza not in _NULLE:
            self.rapporto.segna(Genere.CONDIZIONE, nome, perche, escluso=True, testo=domanda.rilevanza)
        if domanda.regole:
            self.rapporto.segna(Genere.CONDIZIONE, nome, perche, escluso=True, quanti=len(domanda.regole))
        if domanda.controllo:
            self.rapporto.segna(Genere.VINCOLO, nome, perche, escluso=True, testo=domanda.controllo)
        domanda.letti &= {"hidden"}
        self._conta_attributi(domanda)
        for richiamo in self._richiami(domanda):
            self.cantiere.assente(richiamo, f"«{nome}» è lasciata fuori")
            for voci in domanda.sotto.values():
                for voce in voci:
                    self.cantiere.assente(f"{richiamo}_{voce.codice}", f"«{nome}» è lasciata fuori")
                    self.cantiere.assente(f"{richiamo}{voce.codice}", f"«{nome}» è lasciata fuori")

    def _conta_attributi(self, domanda: Domanda) -> None:
        for nome, (valore, quanti) in domanda.righe_attributi().items():
            self.attributi[nome, nome in domanda.letti or not valore] += quanti


def _motivo_attributo(nome: str) -> str:
    if nome.startswith("em_validation") or nome in ("equals_num_value", "min_num_value", "max_num_value"):
        return "questo controllo non ha un equivalente"
    if nome.startswith("random") or nome in ("answer_order", "subquestion_order", "alphasort"):
        return "l'ordine è uguale per tutti"
    if nome.startswith("array_filter"):
        return "le righe non si filtrano secondo un'altra risposta"
    if nome.startswith(("statistics", "public_statistics", "scale_export", "save_as_default")):
        return "gli esiti hanno grafici propri"
    return "riguarda l'aspetto o un comportamento che qui decide il portale"
