"""From an XLSForm to our JSON, with the report of each row of questions and of choices, and of each other cell."""

from collections.abc import Sequence
from typing import Any

from questionari import definizione as q
from questionari.scambio.cantiere import Fonte, Pagina
from questionari.scambio.rapporto import Genere, Rapporto
from questionari.scambio.testo import codice_da, da_markdown
from questionari.scambio.xlsform import proprie, tabelle, tipi
from questionari.scambio.xlsform.banco import nome_di, ripetute
from questionari.scambio.xlsform.domande import Domande
from questionari.scambio.xlsform.modulo import Nodo, leggi_modulo

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


def importa(contenuto: bytes, rapporto: Rapporto, nome_file: str = "") -> dict[str, Any]:
    """Return the questionnaire as our JSON. Raises FileRifiutato."""
    return _Importazione(leggi_modulo(contenuto), rapporto, nome_file).fai()


class _Importazione(Domande):
    """Sections, what stands in them, and the choices."""

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
                Genere.GRUPPO, nome_di(radici[0]), "conteneva tutto: i suoi gruppi diventano le sezioni"
            )
            self.resto(radici[0])
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
            fonti=self.fonti(nodo),
        )
        if proprie.codice(nodo):
            motivi = [m for m in motivi if not m.startswith("l'aiuto")]
        posto = self.rapporto.segna(
            Genere.GRUPPO, nome_di(nodo), [*motivi, motivo], testo=titolo, codice=pagina.codice
        )
        self.resto(nodo)
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
                self.tabella(pagina, tabella, sopra)
                i += 1 if nodo.gruppo else len(tabella.righe) + 1
                continue
            if nodo.gruppo:
                self._gruppo_interno(pagina, nodo, sopra)
            else:
                self.domanda(pagina, nodo, sopra)
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
        posto = self.rapporto.segna(Genere.GRUPPO, nome_di(nodo), motivi, testo=titolo)
        self.resto(nodo)
        fonti = [*sopra, *self.fonti(nodo)]
        prima = len(pagina.posate)
        if titolo and any(not n.gruppo for n in nodo.tutti()):
            codice, _ = self.cantiere.codici.dai(nodo.nome, f"blocco-{nodo.numero}")
            dati = {"codice": codice, "tipo": q.BLOCCO, "testo": titolo}
            if aiuto := da_markdown(nodo.aiuto):
                dati["aiuto"] = aiuto
            self.cantiere.posa(pagina, dati, posto, fonti=fonti)
            self.rapporto.codice(posto, codice)
            fonti = ripetute(fonti)
        self._figli(pagina, nodo.figli, fonti)
        if len(pagina.posate) == prima:
            self.rapporto.escludi(posto, "nessuna delle sue domande ha un equivalente")
            for fonte in self.fonti(nodo):
                self.rapporto.segna(
                    Genere.CONDIZIONE,
                    fonte.nome,
                    "il gruppo è lasciato fuori",
                    escluso=True,
                    testo=fonte.testo,
                )

    def _scelte(self) -> None:
        for lista in sorted(self.m.esterne.keys() - self.m.scelte.keys()):
            quante = len(self.m.esterne[lista])
            motivo = "nessuna domanda che sia entrata usa questo elenco"
            self.rapporto.segna(
                Genere.OPZIONE, f"external_choices / {lista}", motivo, escluso=True, quanti=quante
            )
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
