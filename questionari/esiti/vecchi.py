"""The results of an accord's survey, question by question and in all, by the rules of their confidentiality."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.safestring import SafeString

from accordo.base.parole import elenca
from questionari import statistica
from questionari.definizione import PUBBLICA, RISERVATA, Definizione, Domanda, Sezione
from questionari.grafici import larga_e_stretta
from questionari.prospetti import COSTRUTTORI, Esito, Riga, Tabella, testi
from questionari.statistica import Raccolta, RispostaEnte


@dataclass(frozen=True)
class Esiti:
    """What is needed to work out the results of an accord."""

    struttura: Definizione
    risposte: Sequence[RispostaEnte]
    ambiti: Sequence[str]
    soglia: int
    consultati: dict[str, int] = field(default_factory=dict)
    """Bodies consulted, by area."""

    def sezione(self, sezione: Sezione) -> list[Esito]:
        """The results of a section, question by question."""
        return [self.domanda(domanda) for domanda in sezione.domande if domanda.chiede]

    def domanda(self, domanda: Domanda) -> Esito:
        """The result of one question, by the rules of its confidentiality."""
        numero = self.struttura.numeri[domanda.codice]
        if domanda.riservatezza == RISERVATA:
            return Esito(
                numero,
                domanda,
                avvisi=("Domanda riservata: le risposte le vedono solo l'ente e la segreteria tecnica.",),
            )
        raccolta = statistica.raccogli(domanda, self.risposte, self.ambiti, soglia=self.soglia)
        avvisi = _avvisi(raccolta, self.soglia)
        rispondenti = len(raccolta.totale)
        if not rispondenti:
            return Esito(numero, domanda, avvisi=avvisi or ("Nessun ente ha risposto a questa domanda.",))
        costruttore = COSTRUTTORI.get(domanda.tipo, testi)
        return replace(
            costruttore(domanda, raccolta),
            numero=numero,
            rispondenti=rispondenti,
            avvisi=avvisi,
            testi=self._testi_pubblici(domanda) if domanda.tipo not in COSTRUTTORI else (),
        )

    def _testi_pubblici(self, domanda: Domanda) -> tuple[tuple[str, str], ...]:
        if domanda.riservatezza != PUBBLICA:
            return ()
        return tuple(
            (risposta.ente, str(risposta.risposte[domanda.codice]))
            for risposta in self.risposte
            if risposta.risposte.get(domanda.codice) is not None
        )

    @property
    def tasso(self) -> Tabella:
        """Response rate by area, with its total."""
        hanno = dict.fromkeys(self.ambiti, 0)
        for risposta in self.risposte:
            hanno[risposta.ambito] = hanno.get(risposta.ambito, 0) + 1
        righe = [
            Riga(a, (str(self.consultati.get(a, 0)), str(n), statistica.quota(n, self.consultati.get(a, 0))))
            for a, n in hanno.items()
        ]
        tutti = sum(self.consultati.values())
        totale = Riga(
            "Tutti gli enti",
            (str(tutti), str(len(self.risposte)), statistica.quota(len(self.risposte), tutti)),
        )
        return Tabella(
            "Enti che hanno risposto, per ambito",
            "Ambito",
            ("Consultati", "Hanno risposto", "Quota"),
            (*righe, totale),
        )

    @property
    def grafico_tasso(self) -> tuple[SafeString, SafeString]:
        """Response rate by area, as a chart."""
        per_ambito = dict.fromkeys(self.ambiti, 0)
        for risposta in self.risposte:
            per_ambito[risposta.ambito] = per_ambito.get(risposta.ambito, 0) + 1
        quote = [
            100 * n / self.consultati[a] if self.consultati.get(a) else None for a, n in per_ambito.items()
        ]
        return larga_e_stretta(
            "Grafico: quota percentuale di enti che hanno risposto, per ambito. Gli stessi dati sono nella tabella.",
            list(per_ambito),
            [("Hanno risposto, %", quote)],
            massimo=100,
        )


def _avvisi(raccolta: Raccolta, soglia: int) -> tuple[str, ...]:
    if raccolta.riuniti:
        return (
            f"{elenca(list(raccolta.riuniti))} sono contati insieme: in ciascuno hanno risposto meno di {soglia} enti, "
            "e da soli si riconoscerebbero.",
        )
    if raccolta.esclusi:
        verbo = "è compreso" if len(raccolta.esclusi) == 1 else "sono compresi"
        return (
            f"{elenca(list(raccolta.esclusi))}: meno di {soglia} enti hanno risposto. Perché nessuno si riconosca, "
            f"il dato non si pubblica e non {verbo} nei totali.",
        )
    return ()
