"""Questions and tables of an XLSForm, each with its line in the report."""

from questionari import definizione as q
from questionari.scambio.cantiere import Fonte, Pagina
from questionari.scambio.condizioni import Bersaglio
from questionari.scambio.rapporto import Genere
from questionari.scambio.testo import da_markdown
from questionari.scambio.xlsform import proprie, tabelle, tipi
from questionari.scambio.xlsform.banco import SI, Banco, nome_di, ripetute
from questionari.scambio.xlsform.modulo import Nodo


class Domande(Banco):
    """Puts questions and tables on a page."""

    def domanda(self, pagina: Pagina, nodo: Nodo, sopra: list[Fonte]) -> None:
        try:
            fatta = tipi.converti(nodo, self.m)
        except tipi.SenzaEquivalente as errore:
            return self.fuori(nodo, str(errore))
        codice, motivo = self.cantiere.codici.dai(proprie.codice(nodo) or nodo.nome, f"domanda-{nodo.numero}")
        motivi = [*nodo.motivi, *fatta.motivi, motivo]
        if nodo.lista:
            self.usate.setdefault(nodo.lista, None)
        dati = self.di_base(nodo, codice, motivi) | fatta.dati
        esito_vincolo = self.vincolo(nodo, dati, fatta.voci)
        motivi = proprie.applica(nodo, dati, motivi)
        posto = self.rapporto.segna(
            Genere.DOMANDA, nodo.nome or f"riga {nodo.numero}", motivi, testo=dati["testo"], codice=codice
        )
        if esito_vincolo:
            self.rapporto.segna(
                Genere.VINCOLO,
                nome_di(nodo),
                esito_vincolo[0],
                escluso=esito_vincolo[1],
                testo=nodo.celle["constraint"],
            )
        self.resto(nodo)
        self.cantiere.posa(
            pagina, dati, posto,
            nomi={nodo.nome: Bersaglio(codice, dati["tipo"], fatta.voci)},
            fonti=[*sopra, *self.fonti(nodo)],
        )  # fmt: skip
        sopra[:] = ripetute(sopra)
        if nodo.altro:
            self.cantiere.assente(
                f"{nodo.nome}_other", f"il testo di «altro» di «{nodo.nome}» non si può guardare"
            )

    def tabella(self, pagina: Pagina, tabella: tabelle.Tabella, sopra: list[Fonte]) -> None:
        testa = tabella.testa
        gradi, mappa = tipi.scala_di(tabella.lista, self.m)
        if len(gradi) < 2:
            if testa.gruppo:
                self.rapporto.segna(
                    Genere.GRUPPO, nome_di(testa), "la scala ha meno di due gradi: non è una tabella"
                )
                self.resto(testa)
                sopra = [*sopra, *self.fonti(testa)]
            for nodo in (*tabella.intestazioni, *tabella.righe):
                self.domanda(pagina, nodo, sopra)
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
        dati = self.di_base(testa, codice, motivi) | {"tipo": q.MATRICE, "scala": gradi}
        righe, righe_motivi = tabelle.righe(tabella)
        dati["righe"] = righe
        if len(gradi) < len(mappa):
            dati["consenti_non_so"] = True
        obbligate = [n.celle.get("required", "").lower() in SI for n in tabella.righe]
        if all(obbligate):
            dati["obbligatoria"] = True
        elif any(obbligate):
            motivi.append("solo alcune righe erano obbligatorie: qui è facoltativa")
        motivi = proprie.applica(testa, dati, motivi)
        if proprie.codice(testa) or "accordo_tipo" in testa.celle:
            motivi = [m for m in motivi if "diventa una tabella" not in m]
        genere = Genere.GRUPPO if testa.gruppo else Genere.DOMANDA
        posto = self.rapporto.segna(genere, nome_di(testa), motivi, testo=dati["testo"], codice=codice)
        for nodo in tabella.intestazioni:
            if nodo is not testa:
                self.rapporto.segna(
                    Genere.DOMANDA,
                    nome_di(nodo),
                    "diventa l'intestazione della tabella",
                    testo=da_markdown(nodo.testo),
                )
                self.resto(nodo)
        for nodo, riga, di_riga in zip(tabella.righe, righe, righe_motivi, strict=True):
            self.rapporto.segna(
                Genere.DOMANDA,
                nome_di(nodo),
                di_riga,
                testo=riga["etichetta"],
                codice=f"{codice} / {riga['codice']}",
            )
            self.resto(nodo)
            for cella, perche in (
                ("relevant", "una riga di tabella si mostra sempre"),
                ("constraint", "una riga di tabella non ha controlli"),
            ):
                if nodo.celle.get(cella):
                    genere = Genere.CONDIZIONE if cella == "relevant" else Genere.VINCOLO
                    self.rapporto.segna(genere, nome_di(nodo), perche, escluso=True, testo=nodo.celle[cella])
        if testa.celle.get("constraint"):
            self.rapporto.segna(
                Genere.VINCOLO,
                nome_di(testa),
                "una tabella non ha controlli",
                escluso=True,
                testo=testa.celle["constraint"],
            )
        self.usate[tabella.lista] = mappa
        self.resto(testa)
        nota = "" if "accordo_tipo" in testa.celle else "si guarda l'intera tabella, non una riga"
        nomi = {nodo.nome: Bersaglio(codice, q.MATRICE, nota=nota) for nodo in (testa, *tabella.righe)}
        self.cantiere.posa(pagina, dati, posto, nomi=nomi, fonti=[*sopra, *self.fonti(testa)])
        sopra[:] = ripetute(sopra)
