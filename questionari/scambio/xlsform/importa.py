"""From an XLSForm to our JSON, with the report of each row of questions and of choices, and of each other cell."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from questionari import definizione as q
from questionari.scambio.cantiere import Cantiere, Fonte, Pagina
from questionari.scambio.condizioni import Bersaglio
from questionari.scambio.espressioni import leggi_xpath
from questionari.scambio.rapporto import Genere, Rapporto
from questionari.scambio.testo import codice_da, da_markdown
from questionari.scambio.xlsform import proprie, tabelle, tipi, vincoli
from questionari.scambio.xlsform.modulo import Modulo, Nodo, leggi_modulo

_RICHIAMO = re.compile(r"\$\{[^{}\s]{1,200}\}")
_SI = frozenset({"yes", "true", "true()", "sì", "si", "1"})
_NO = frozenset({"", "no", "false", "false()", "0"})
_RIGA = frozenset({"type", "name", "label", "hint", "required", "relevant", "constraint", "disabled"})
_MOTIVI_COLONNE = {
    "appearance": "l'aspetto qui lo decide il portale",
    "calculation": "i calcoli non si importano",
    "default": "le risposte già scritte non si importano",
    "choice_filter": "le opzioni non si filtrano: si mostrano tutte",
    "constraint_message": "il messaggio d'errore lo scrive il portale",
    "required_message": "il messaggio d'errore lo scrive il portale",
    "guidance_hint": "la guida per l'intervistatore qui non serve",
    "readonly": "qui a ogni domanda si risponde",
    "repeat_count": "qui una domanda si risponde una volta",
    "parameters": "alcuni parametri non hanno un equivalente",
    "trigger": "i calcoli non si importano",
}
_LETTE = {"parameters": ("range",), "appearance": ()}


def importa(contenuto: bytes, rapporto: Rapporto, nome_file: str = "") -> dict[str, Any]:
    """Return the questionnaire as our JSON. Raises FileRifiutato."""
    return _Importazione(leggi_modulo(contenuto), rapporto, nome_file).fai()


class _Importazione:
    def __init__(self, modulo: Modulo, rapporto: Rapporto, nome_file: str) -> None:
        self.m, self.rapporto, self.nome_file = modulo, rapporto, nome_file
        self.cantiere = Cantiere(rapporto)
        self.usate: dict[str, dict[str, str] | None] = {}
        """Lists in use; for a scale what its names became."""
        self.celle: Counter[tuple[str, bool]] = Counter()

    def fai(self) -> dict[str, Any]:
        imp = self.m.impostazioni
        titolo = da_markdown(imp.get("title", "")) or self.nome_file or "Questionario importato da XLSForm"
        self.rapporto.segna(Genere.QUESTIONARIO, titolo, "" if imp.get("title") else "non ha titolo")
        self.rapporto.segna(Genere.LINGUA, self.m.lingua or "lingua di base", testo="la lingua importata")
        for lingua in self.m.altre_lingue:
            self.rapporto.segna(
                Genere.LINGUA, lingua or "lingua di base", "si importa una lingua sola", escluso=True
            )
        self._radici()
        self._scelte()
        for (nome, letta), quanti in sorted(self.celle.items()):
            motivo = "" if letta else _MOTIVI_COLONNE.get(nome, "questa colonna non ha un equivalente")
            self.rapporto.segna(
                Genere.IMPOSTAZIONE, f"colonna {nome}", motivo, escluso=not letta, quanti=quanti
            )
        testata = {
            "codice": codice_da(imp.get("id_string", ""), "xlsform"),
            "titolo": titolo[:300],
            "lingua": proprie.lingua(imp, self.m.lingua),
        } | proprie.testata(imp)
        for nome in imp:
            letta = nome in ("title", "id_string", "default_language", "version") or nome.startswith(
                proprie.PREFISSO
            )
            motivo = "" if letta else "questa impostazione non ha un equivalente"
            self.rapporto.segna(Genere.IMPOSTAZIONE, nome, motivo, escluso=not letta)
        for foglio, numero in self.m.interrotti.items():
            self.rapporto.segna(
                Genere.IMPOSTAZIONE, f"foglio {foglio}", escluso=True,
                motivi=f"dalla riga {numero}, dopo più di 60 righe vuote, non si legge più (così fa anche pyxform)",
            )  # fmt: skip
        return self.cantiere.finisci(testata)

    # Groups

    def _radici(self) -> None:
        """Outer groups become sections; loose questions between them a section of their own."""
        sciolte: Pagina | None = None
        for nodo in self._aperte(self.m.radici):
            if nodo.gruppo and not tabelle.e_tabella(nodo):
                sciolte = None
                self._sezione(nodo)
                continue
            if sciolte is None:
                titolo = da_markdown(self.m.impostazioni.get("title", "")) or "Domande"
                sciolte, _ = self.cantiere.pagina("", titolo if not self.cantiere.pagine else "Altre domande")
            self._figli(sciolte, [nodo], [])

    def _aperte(self, radici: Sequence[Nodo]) -> list[Nodo]:
        """A lone group around nothing but groups is a wrapping: its children are the sections."""
        while (
            len(radici) == 1
            and radici[0].gruppo
            and not radici[0].celle.get("relevant")
            and len(radici[0].figli) > 1
            and all(figlio.gruppo and not tabelle.e_tabella(figlio) for figlio in radici[0].figli)
        ):
            self.rapporto.segna(
                Genere.GRUPPO, _nome(radici[0]), "conteneva tutto: i suoi gruppi diventano le sezioni"
            )
            self._resto(radici[0])
            radici = radici[0].figli
        return list(radici)

    def _sezione(self, nodo: Nodo) -> None:
        titolo = proprie.esatto(nodo, "testo") or da_markdown(nodo.testo)
        motivi = list(nodo.motivi)
        if not titolo:
            motivi.append("non ha titolo")
        if nodo.genere != "group":
            motivi.append("si ripeteva: qui si risponde una volta")
        if nodo.aiuto:
            motivi.append("l'aiuto diventa la descrizione della sezione")
        pagina, motivo = self.cantiere.pagina(
            proprie.codice(nodo) or nodo.nome,
            titolo or f"Sezione {len(self.cantiere.pagine) + 1}",
            descrizione=proprie.esatto(nodo, "aiuto") or da_markdown(nodo.aiuto),
            destinatari=proprie.destinatari(nodo),
            fonti=self._fonti(nodo),
        )
        if proprie.codice(nodo):
            motivi = [m for m in motivi if not m.startswith("l'aiuto")]
        posto = self.rapporto.segna(
            Genere.GRUPPO, _nome(nodo), [*motivi, motivo], testo=titolo, codice=pagina.codice
        )
        self._resto(nodo)
        self._figli(pagina, nodo.figli, [])
        if not pagina.posate:
            self.rapporto.escludi(posto, "nessuna delle sue domande ha un equivalente")
            for fonte in pagina.fonti:
                self.rapporto.segna(
                    Genere.CONDIZIONE,
                    fonte.nome,
                    "il gruppo è lasciato fuori",
                    escluso=True,
                    testo=fonte.testo,
                )

    def _figli(self, pagina: Pagina, figli: Sequence[Nodo], sopra: list[Fonte]) -> None:
        i = 0
        while i < len(figli):
            nodo = figli[i]
            if tabella := tabelle.da_gruppo(nodo) if nodo.gruppo else tabelle.da_seguito(figli, i):
                self._tabella(pagina, tabella, sopra)
                i += 1 if nodo.gruppo else len(tabella.righe) + 1
                continue
            if nodo.gruppo:
                self._gruppo_interno(pagina, nodo, sopra)
            else:
                self._domanda(pagina, nodo, sopra)
            i += 1

    def _gruppo_interno(self, pagina: Pagina, nodo: Nodo, sopra: list[Fonte]) -> None:
        """A group in a group: its title becomes a block of text, its condition goes to each question."""
        titolo = da_markdown(nodo.testo)
        motivi = [
            *nodo.motivi,
            "era dentro un altro gruppo: il titolo diventa un blocco di testo"
            if titolo
            else "era dentro un altro gruppo: le sue domande passano nella sezione",
        ]
        if nodo.genere != "group":
            motivi.append("si ripeteva: qui si risponde una volta")
        posto = self.rapporto.segna(Genere.GRUPPO, _nome(nodo), motivi, testo=titolo)
        self._resto(nodo)
        fonti = [*sopra, *self._fonti(nodo)]
        prima = len(pagina.posate)
        if titolo and any(not n.gruppo for n in nodo.tutti()):
            codice, _ = self.cantiere.codici.dai(nodo.nome, f"blocco-{nodo.numero}")
            dati = {"codice": codice, "tipo": q.BLOCCO, "testo": titolo}
            if aiuto := da_markdown(nodo.aiuto):
                dati["aiuto"] = aiuto
            self.cantiere.posa(pagina, dati, posto, fonti=fonti)
            self.rapporto.codice(posto, codice)
            fonti = _ripetute(fonti)
        self._figli(pagina, nodo.figli, fonti)
        if len(pagina.posate) == prima:
            self.rapporto.escludi(posto, "nessuna delle sue domande ha un equivalente")
            for fonte in self._fonti(nodo):
                self.rapporto.segna(
                    Genere.CONDIZIONE,
                    fonte.nome,
                    "il gruppo è lasciato fuori",
                    escluso=True,
                    testo=fonte.testo,
                )

    # Questions

    def _domanda(self, pagina: Pagina, nodo: Nodo, sopra: list[Fonte]) -> None:
        try:
            fatta = tipi.converti(nodo, self.m)
        except tipi.SenzaEquivalente as errore:
            return self._fuori(nodo, str(errore))
        codice, motivo = self.cantiere.codici.dai(proprie.codice(nodo) or nodo.nome, f"domanda-{nodo.numero}")
        motivi = [*nodo.motivi, *fatta.motivi, motivo]
        if nodo.lista:
            self.usate.setdefault(nodo.lista, None)
        dati = self._di_base(nodo, codice, motivi) | fatta.dati
        esito_vincolo = self._vincolo(nodo, dati, fatta.voci)
        motivi = proprie.applica(nodo, dati, motivi)
        posto = self.rapporto.segna(
            Genere.DOMANDA, nodo.nome or f"riga {nodo.numero}", motivi, testo=dati["testo"], codice=codice
        )
        if esito_vincolo:
            self.rapporto.segna(
                Genere.VINCOLO,
                _nome(nodo),
                esito_vincolo[0],
                escluso=esito_vincolo[1],
                testo=nodo.celle["constraint"],
            )
        self._resto(nodo)
        self.cantiere.posa(
            pagina, dati, posto,
            nomi={nodo.nome: Bersaglio(codice, dati["tipo"], fatta.voci)},
            fonti=[*sopra, *self._fonti(nodo)],
        )  # fmt: skip
        sopra[:] = _ripetute(sopra)
        if nodo.altro:
            self.cantiere.assente(
                f"{nodo.nome}_other", f"il testo di «altro» di «{nodo.nome}» non si può guardare"
            )

    def _di_base(self, nodo: Nodo, codice: str, motivi: list[str]) -> dict[str, Any]:
        testo = da_markdown(nodo.testo)
        if not testo:
            motivi.append("non ha testo: resta il nome")
            testo = nodo.nome or f"Domanda {nodo.numero}"
        if _RICHIAMO.search(testo):
            motivi.append("il testo richiama altre risposte con ${…}: va riletto")
        dati: dict[str, Any] = {"codice": codice, "tipo": "", "testo": testo}
        if aiuto := da_markdown(nodo.aiuto):
            dati["aiuto"] = aiuto
        obbligo = nodo.celle.get("required", "").strip().lower()
        if obbligo in _SI:
            dati["obbligatoria"] = True
        elif obbligo not in _NO:
            motivi.append("è obbligatoria solo in certi casi: qui è facoltativa")
        return dati

    def _vincolo(
        self, nodo: Nodo, dati: dict[str, Any], voci: dict[str, str]
    ) -> tuple[list[str], bool] | None:
        testo = nodo.celle.get("constraint", "")
        return vincoli.applica(testo, dati, voci) if testo else None

    def _fonti(self, nodo: Nodo) -> list[Fonte]:
        testo = nodo.celle.get("relevant", "")
        return [Fonte(_nome(nodo), testo, leggi_xpath)] if testo else []

    def _tabella(self, pagina: Pagina, tabella: tabelle.Tabella, sopra: list[Fonte]) -> None:
        testa = tabella.testa
        gradi, mappa = tipi.scala_di(tabella.lista, self.m)
        if len(gradi) < 2:
            if testa.gruppo:
                self.rapporto.segna(
                    Genere.GRUPPO, _nome(testa), "la scala ha meno di due gradi: non è una tabella"
                )
                self._resto(testa)
                sopra = [*sopra, *self._fonti(testa)]
            for nodo in (*tabella.intestazioni, *tabella.righe):
                self._domanda(pagina, nodo, sopra)
            return
        codice, motivo = self.cantiere.codici.dai(
            proprie.codice(testa) or testa.nome, f"tabella-{testa.numero}"
        )
        motivi = [
            *testa.motivi,
            "il gruppo diventa una tabella"
            if testa.gruppo
            else "con le righe che seguono diventa una tabella",
            motivo,
        ]
        dati = self._di_base(testa, codice, motivi) | {"tipo": q.MATRICE, "scala": gradi}
        righe, righe_motivi = tabelle.righe(tabella)
        dati["righe"] = righe
        if len(gradi) < len(mappa):
            dati["consenti_non_so"] = True
        obbligate = [n.celle.get("required", "").lower() in _SI for n in tabella.righe]
        if all(obbligate):
            dati["obbligatoria"] = True
        elif any(obbligate):
            motivi.append("solo alcune righe erano obbligatorie: qui è facoltativa")
        motivi = proprie.applica(testa, dati, motivi)
        if proprie.codice(testa) or "accordo_tipo" in testa.celle:
            motivi = [m for m in motivi if "diventa una tabella" not in m]
        genere = Genere.GRUPPO if testa.gruppo else Genere.DOMANDA
        posto = self.rapporto.segna(genere, _nome(testa), motivi, testo=dati["testo"], codice=codice)
        for nodo in tabella.intestazioni:
            if nodo is not testa:
                self.rapporto.segna(
                    Genere.DOMANDA,
                    _nome(nodo),
                    "diventa l'intestazione della tabella",
                    testo=da_markdown(nodo.testo),
                )
                self._resto(nodo)
        for nodo, riga, di_riga in zip(tabella.righe, righe, righe_motivi, strict=True):
            self.rapporto.segna(
                Genere.DOMANDA,
                _nome(nodo),
                di_riga,
                testo=riga["etichetta"],
                codice=f"{codice} / {riga['codice']}",
            )
            self._resto(nodo)
            for cella, perche in (
                ("relevant", "una riga di tabella si mostra sempre"),
                ("constraint", "una riga di tabella non ha controlli"),
            ):
                if nodo.celle.get(cella):
                    genere = Genere.CONDIZIONE if cella == "relevant" else Genere.VINCOLO
                    self.rapporto.segna(genere, _nome(nodo), perche, escluso=True, testo=nodo.celle[cella])
        if testa.celle.get("constraint"):
            self.rapporto.segna(
                Genere.VINCOLO,
                _nome(testa),
                "una tabella non ha controlli",
                escluso=True,
                testo=testa.celle["constraint"],
            )
        self.usate[tabella.lista] = mappa
        self._resto(testa)
        nota = "" if "accordo_tipo" in testa.celle else "si guarda l'intera tabella, non una riga"
        nomi = {nodo.nome: Bersaglio(codice, q.MATRICE, nota=nota) for nodo in (testa, *tabella.righe)}
        self.cantiere.posa(pagina, dati, posto, nomi=nomi, fonti=[*sopra, *self._fonti(testa)])
        sopra[:] = _ripetute(sopra)

    def _fuori(self, nodo: Nodo, motivo: str) -> None:
        self.rapporto.segna(
            Genere.DOMANDA, _nome(nodo), motivo, escluso=True, testo=nodo.testo or nodo.genere
        )
        self.cantiere.assente(nodo.nome, f"«{nodo.nome}» è lasciata fuori")
        for cella, genere in (("relevant", Genere.CONDIZIONE), ("constraint", Genere.VINCOLO)):
            if nodo.celle.get(cella):
                self.rapporto.segna(
                    genere, _nome(nodo), "la domanda è lasciata fuori", escluso=True, testo=nodo.celle[cella]
                )
        self._resto(nodo)

    # The rest of the cells, and the choices

    def _resto(self, nodo: Nodo) -> None:
        for nome in nodo.celle:
            if nome not in _RIGA:
                letta = nome.startswith(proprie.PREFISSO) or nodo.genere.lower() in _LETTE.get(nome, ())
                if nome == "appearance":
                    letta = bool(nodo.aspetto & tabelle.ASPETTI_LETTI)
                self.celle[nome, letta] += 1

    def _scelte(self) -> None:
        for lista, scelte in self.m.scelte.items():
            gradi = self.usate.get(lista)
            codici = [voce["codice"] for voce in tipi.voci_di(lista, self.m)[0]]
            for scelta, codice in zip(scelte, codici, strict=True):
                nome, testo = f"{lista} / {scelta.nome}", da_markdown(scelta.testo)
                for altra in scelta.altre:
                    self.celle[f"choices: {altra}", altra.startswith(proprie.PREFISSO)] += 1
                if lista not in self.usate:
                    motivo = "nessuna domanda che sia entrata usa questo elenco"
                    self.rapporto.segna(Genere.OPZIONE, nome, motivo, escluso=True, testo=testo)
                    continue
                if gradi is not None:
                    codice = gradi.get(scelta.nome, "")
                    motivo = f"diventa il grado {codice}" if codice else "diventa «Non so»"
                    codice = codice or (proprie.NON_SO if scelta.nome == proprie.NON_SO else "")
                else:
                    motivo = f"il codice «{scelta.nome}» diventa «{codice}»"
                if codice == scelta.nome or proprie.PREFISSO + "codice" in scelta.altre:
                    motivo = ""
                senza = "" if testo else "non ha testo: resta il codice"
                self.rapporto.segna(
                    Genere.OPZIONE, nome, [scelta.motivo, motivo, senza], testo=testo, codice=codice
                )


def _ripetute(fonti: Sequence[Fonte]) -> list[Fonte]:
    """The same conditions for further questions: they have their line already."""
    return [Fonte(f.nome, f.testo, f.leggi, 0) for f in fonti]


def _nome(nodo: Nodo) -> str:
    return nodo.nome or f"riga {nodo.numero}"
