"""The form of one question as a whole: its fields, its options, its scale, its conditions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.http import QueryDict

from questionari import modifiche, valori
from questionari.condizioni import MAX_CONDIZIONI, MAX_PROFONDITA
from questionari.definizione import (
    AMMESSI,
    BLOCCO,
    DATA,
    FILE,
    GRADUATORIA,
    MATRICE,
    MULTIPLA,
    RISPOSTO,
    SINGOLA,
    TESTO,
    TESTO_LUNGO,
    TIPI,
    Definizione,
    Domanda,
    Grado,
)
from questionari.moduli import condizioni, righe
from questionari.moduli.semplici import NOMI_TIPI, DomandaForm

CON_VOCI = {
    SINGOLA: ("Opzioni", "opzione"),
    MULTIPLA: ("Opzioni", "opzione"),
    MATRICE: ("Righe", "riga"),
    GRADUATORIA: ("Voci da ordinare", "voce"),
}
SCALA_SOLITA = (Grado(1, "Per niente"), Grado(2, "Poco"), Grado(3, "Abbastanza"), Grado(4, "Molto"))


class ModuloDomanda:
    """A question being written. `precedenti`: the questions that its conditions may look at, by code."""

    def __init__(
        self,
        definizione: Definizione,
        domanda: Domanda,
        in_sezione: str,
        *,
        nuova: bool,
        obiettivi: Mapping[str, str],
        dati: QueryDict | None = None,
    ) -> None:
        self.definizione, self.originale, self.nuova = definizione, domanda, nuova
        self.in_sezione, self.obiettivi = in_sezione, obiettivi
        tipo = dati.get("tipo", "") if dati is not None else domanda.tipo
        self.tipo = tipo if tipo in TIPI else domanda.tipo
        self.dati = dati
        self.errori: list[tuple[str, str]] = []
        """Anchor and words of what is wrong in the rows."""
        self.errori_condizioni = condizioni.Errori()
        if dati is None:
            self.voci = list(domanda.voci)
            self.gradi = [(str(g.valore), g.etichetta) for g in domanda.scala]
            self.esclusiva = domanda.esclusiva
            self.condizioni = condizioni.da_regola(domanda.visibile_se)
        else:
            self.voci = righe.leggi_voci(dati)
            self.gradi = righe.leggi_gradi(dati)
            self.esclusiva = dati.get("esclusiva", "") or ""
            self.condizioni = condizioni.leggi(dati)
        self._completa()
        self.form = DomandaForm(
            self.dati,
            tipo=self.tipo,
            obiettivi=[(codice, testo) for codice, testo in obiettivi.items()],
            sezioni=[(s.codice, f"{i}. {s.titolo}") for i, s in enumerate(definizione.sezioni, 1)],
            initial=_iniziali(domanda, in_sezione),
        )

    def _completa(self) -> None:
        """What a type begins with: two empty options, a usual scale."""
        if self.tipo in CON_VOCI:
            while len(self.voci) < (1 if self.tipo == MATRICE else 2):
                self.voci.append(righe.nuova_voce(self.voci))
        if self.tipo == MATRICE and not self.gradi:
            self.gradi = [(str(g.valore), g.etichetta) for g in SCALA_SOLITA]
        self.condizioni = condizioni.aggiusta(self.condizioni, self.precedenti)

    # What the page shows

    @property
    def codice(self) -> str:
        """The code of the question."""
        return self.originale.codice

    @property
    def nome_tipo(self) -> str:
        """The type in words."""
        return NOMI_TIPI[self.tipo]

    @property
    def tipi(self) -> list[tuple[str, str]]:
        """All types, for the select."""
        return list(NOMI_TIPI.items())

    @property
    def nome_voci(self) -> tuple[str, str] | None:
        """What the options of this type are called, all and one; None if it has none."""
        return CON_VOCI.get(self.tipo)

    @property
    def ha_scala(self) -> bool:
        """Whether there is a scale to write."""
        return self.tipo == MATRICE

    @property
    def ha_esclusiva(self) -> bool:
        """Whether one option may exclude the others."""
        return self.tipo == MULTIPLA

    @property
    def chiede(self) -> bool:
        """Whether it takes an answer."""
        return self.tipo != BLOCCO

    @cached_property
    def precedenti(self) -> dict[str, Domanda]:
        """The earlier questions that a condition may look at."""
        prima: dict[str, Domanda] = {}
        for sezione in self.definizione.sezioni:
            for domanda in sezione.domande:
                if domanda.codice == self.codice:
                    return prima
                if AMMESSI[domanda.tipo]:
                    prima[domanda.codice] = domanda
            if self.nuova and sezione.codice == self.in_sezione:
                return prima
        return prima

    @property
    def scelte_precedenti(self) -> list[tuple[str, str]]:
        """The earlier questions, for the select."""
        numeri = self.definizione.numeri
        return [(c, f"{numeri[c]} {_corto(d.testo)}") for c, d in self.precedenti.items()]

    @property
    def albero(self) -> dict[str, Any]:
        """The conditions as the page shows them: groups with their parts in `parti`."""
        return self._insieme((), self.condizioni)

    def _insieme(self, posto: condizioni.Posto, insieme: condizioni.Insieme) -> dict[str, Any]:
        parti = [
            self._insieme((*posto, i), parte)
            if isinstance(parte, condizioni.Insieme)
            else self._riga((*posto, i), parte)
            for i, parte in enumerate(insieme.parti)
        ]
        return {
            "id": _chiave(posto),
            "livello": len(posto),
            "gruppo": True,
            "modo": insieme.modo,
            "parti": parti,
            "annidabile": len(posto) < MAX_PROFONDITA - 1,
        }

    def _riga(self, posto: condizioni.Posto, riga: condizioni.Riga) -> dict[str, Any]:
        altra = self.precedenti.get(riga.domanda)
        operatori = [(o, condizioni.PAROLE_OPERATORI[o]) for o in AMMESSI[altra.tipo]] if altra else []
        if altra and altra.tipo == DATA:
            operatori = [
                (o, {"maggiore": "è dopo il", "minore": "è prima del"}.get(o, p)) for o, p in operatori
            ]
        elif altra and altra.tipo in (TESTO, TESTO_LUNGO):
            operatori = [
                (o, {"contiene": "contiene", "non_contiene": "non contiene"}.get(o, p)) for o, p in operatori
            ]
        return {
            "id": _chiave(posto),
            "livello": len(posto),
            "riga": riga,
            "altra": altra,
            "operatori": operatori,
            "chiede_valore": altra is not None and riga.operatore != RISPOSTO,
            "tipo_valore": "date" if altra and altra.tipo == DATA else "text",
            "errore": self.errori_condizioni.per_posto.get(posto, ""),
        }

    # Buttons that change the form without saving

    def premi(self, azione: str) -> None:
        """Apply one press: "voce:su:2", "grado:aggiungi", "cond:togli:0-1", "tipo"."""
        cosa, verbo, dove = [*azione.split(":"), "", ""][:3]
        posto = _intero(dove)
        if cosa == "voce":
            if verbo == "aggiungi":
                self.voci.append(righe.nuova_voce(self.voci))
            else:
                self.voci = righe.muovi(self.voci, verbo, posto)
        elif cosa == "grado":
            if verbo == "aggiungi":
                numeri = [int(v) for v, _ in self.gradi if v.lstrip("-").isdecimal() and len(v) < 6]
                self.gradi.append((str(max(numeri, default=0) + 1), ""))
            else:
                self.gradi = righe.muovi(self.gradi, verbo, posto)
        elif cosa == "cond":
            self.condizioni = condizioni.premi(
                self.condizioni, verbo, tuple(map(_intero, filter(None, dove.split("-"))))
            )
        self._completa()

    # Saving

    def is_valid(self) -> bool:
        """Check fields and rows; what is wrong is in form.errors, errori and errori_condizioni."""
        bene = self.form.is_valid()
        self.regola, self.errori_condizioni = condizioni.in_regola(self.condizioni, self.precedenti)
        for posto, parole in self.errori_condizioni.per_posto.items():
            self.errori.append((f"cond-{_chiave(posto)}-domanda", f"Condizione: {parole}"))
        if self.errori_condizioni.troppe:
            self.errori.append(("condizioni", f"Le condizioni possono essere al massimo {MAX_CONDIZIONI}."))
        self.scala: tuple[Grado, ...] = ()
        if self.ha_scala:
            self.scala, sbagliati = righe.in_scala(self.gradi)
            self.errori += [("gradi", f"Scala: {parole}") for parole in sbagliati]
        if self.nome_voci:
            if any(len(voce.etichetta) > 500 for voce in self.voci):
                self.errori.append(("voci", f"{self.nome_voci[0]}: al massimo 500 caratteri ciascuna."))
            codici = [voce.codice for voce in self.voci]
            if len(set(codici)) != len(codici) or any(not _codice_buono(c) for c in codici):
                self.errori.append(
                    ("voci", f"{self.nome_voci[0]}: ricarica la pagina, i codici non tornano.")
                )
        return bene and not self.errori

    def domanda(self) -> Domanda:
        """The question written. Empty options fall away; fields of other types go back to their defaults."""
        dati = self.form.cleaned_data
        piena: Domanda = Domanda(codice=self.codice, tipo=self.tipo, testo=" ".join(dati["testo"].split()))
        if self.tipo == BLOCCO:
            piena = replace(piena, testo=dati["testo"].replace("\r\n", "\n").strip())
        diretti = {
            nome: dati[nome]
            for nome in ("aiuto", "obbligatoria", "ordinata", "consenti_altro", "consenti_non_so", "max_scelte",
                         "minimo", "massimo", "unita", "max_caratteri", "max_file", "max_mb", "riservatezza",
                         "dato_personale")
            if nome in dati
        }  # fmt: skip
        voci = tuple(voce for voce in self.voci if voce.etichetta) if self.nome_voci else ()
        return replace(
            piena,
            **diretti,
            decimali=dati.get("decimali") or 0,
            dal=dati["dal"].isoformat() if dati.get("dal") else "",
            al=dati["al"].isoformat() if dati.get("al") else "",
            estensioni=tuple(dati["estensioni"].split(", ")) if self.tipo == FILE else (),
            obiettivi=tuple(dati.get("obiettivi", self.originale.obiettivi if self.chiede else ())),
            destinatari=tuple(dati["destinatari"]),
            voci=voci,
            scala=self.scala,
            esclusiva=self.esclusiva
            if self.esclusiva in {v.codice for v in voci} and self.ha_esclusiva
            else "",
            visibile_se=self.regola,
        )


def _iniziali(domanda: Domanda, in_sezione: str) -> dict[str, Any]:
    semplici = ("testo", "aiuto", "obbligatoria", "ordinata", "consenti_altro", "consenti_non_so", "max_scelte",
                "decimali", "unita", "max_caratteri", "max_file", "max_mb", "riservatezza", "dato_personale")  # fmt: skip
    iniziali: dict[str, Any] = {nome: getattr(domanda, nome) for nome in semplici}
    for nome in ("minimo", "massimo"):
        numero = getattr(domanda, nome)
        iniziali[nome] = "" if numero is None else valori.in_cifre(numero).replace(".", "")
    return iniziali | {
        "dal": domanda.dal or None,
        "al": domanda.al or None,
        "estensioni": ", ".join(domanda.estensioni) or "pdf",
        "obiettivi": list(domanda.obiettivi),
        "destinatari": list(domanda.destinatari),
        "sezione": in_sezione,
    }


def domanda_vuota(definizione: Definizione, tipo: str, mai: Iterable[str] = ()) -> Domanda:
    """A question to begin with."""
    return Domanda(modifiche.codice_domanda(definizione, mai), tipo if tipo in TIPI else SINGOLA, "")


def _codice_buono(codice: str) -> bool:
    from questionari.lettore import CODICE

    return bool(CODICE.match(codice))


def _chiave(posto: condizioni.Posto) -> str:
    return "-".join(map(str, posto))


def _corto(testo: str) -> str:
    return testo if len(testo) <= 80 else testo[:79].rstrip() + "…"


def _intero(testo: str) -> int:
    return int(testo) if testo.isdecimal() and len(testo) < 6 else -1
