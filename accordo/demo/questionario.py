"""Phases 2 and 3 of the demo: the survey that the bodies answer, each in its way, and the results given back."""

from datetime import timedelta

from django.core.files.base import ContentFile

import questionari.servizi as questionari
from accordo.base.pdf import componi
from accordo.demo.cammino import (
    NON_LEGGONO_GLI_ESITI,
    NON_RISPONDONO,
    PER_PEC,
    SI_PROVA,
    SLUG,
    Cammino,
    Evento,
)
from accordo.demo.contenuti import proposta as parole
from accordo.demo.contenuti.temi import RILIEVO_DA_UN_PASSO, TEMI
from accordo.demo.risposte import Generatore
from accordo.demo.tempi import PROROGA_QUESTIONARIO
from accordo.iter import servizi as iter_servizi
from questionari.definizione import Definizione
from questionari.esiti.quadro import quadro_di
from questionari.models import Compilazione, Origine, TestoRisposta


class Questionario(Cammino):
    """The survey and its results."""

    def _questionario(self, senza: str = "") -> list[Evento]:
        righe = {
            c.ente.codice: c
            for c in Compilazione.objects.filter(questionario__accordo=self.accordo).select_related(
                "questionario__accordo", "ente__ambito"
            )
        }

        def compila(codice: str) -> None:
            compilazione, chi = righe[codice], self.mondo.referente(codice)
            risposte = _risposte(compilazione, str(chi.utente))
            questionari.salva_risposte(compilazione, risposte, da=chi)
            if codice not in NON_RISPONDONO:
                questionari.invia_alla_convalida(compilazione, da=chi)

        def convalida(codice: str) -> None:
            questionari.convalida_e_invia(righe[codice], da=self.mondo.rappresentante(codice))

        fine = self.tempi.previste()["questionario"][1]
        nuova = fine + timedelta(days=PROROGA_QUESTIONARIO - 1)

        def proroga() -> None:
            iter_servizi.proroga(
                self.accordo,
                "questionario",
                nuova,
                da=self.mondo.coordina(),
                motivazione=parole.MOTIVO_PROROGA,
            )

        eventi: list[Evento] = [
            (self.tempi.giorno("questionario", 17, 12), proroga),
            (self.tempi.giorno("questionario", 9, 15), lambda: self._riporta_la_pec(righe[PER_PEC])),
        ]
        for quando, codice in self._sparsi("questionario", self.codici, 1, 18):
            if codice in {PER_PEC, senza}:
                continue
            eventi.append((quando, lambda c=codice: compila(c)))  # type: ignore[misc]
            if codice not in NON_RISPONDONO:
                eventi.append((quando + timedelta(days=1, hours=1), lambda c=codice: convalida(c)))  # type: ignore[misc]
        return eventi

    def _questionario_finora(self) -> list[Evento]:
        """Where the survey stands on the day on which the demo stops: the body one logs in for is half-way."""
        sua = Compilazione.objects.select_related("questionario__accordo", "ente__ambito").get(
            questionario__accordo=self.accordo, ente__codice=SI_PROVA
        )
        chi = self.mondo.referente(SI_PROVA)
        struttura = sua.questionario.struttura

        def comincia() -> None:
            tutte = _risposte(sua, str(chi.utente))
            prime = {d.codice for sezione in struttura.sezioni[:2] for d in sezione.domande}
            questionari.salva_risposte(sua, {c: v for c, v in tutte.items() if c in prime}, da=chi)

        def affida() -> None:
            questionari.affida_sezione(
                sua, struttura.sezioni[3], questionari.Collega(**parole.COLLEGA), da=chi
            )

        finora = [evento for evento in self._questionario(senza=SI_PROVA) if evento[0] <= self.adesso]
        return [
            *finora,
            (self.tempi.giorno("questionario", 8, 9), comincia),
            (self.tempi.giorno("questionario", 8, 10), affida),
        ]

    def _riporta_la_pec(self, compilazione: Compilazione) -> None:
        """The answers of a body without hands for the portal, as they came on paper."""
        da = self.mondo.coordina()
        sindaco = str(self.mondo.rappresentante(PER_PEC).utente)
        risposte = _risposte(compilazione, sindaco)
        documento = componi(
            "stampa/proposta_di_prova.html",
            {"ente": compilazione.ente.denominazione, "testo": parole.RISPOSTE_PER_PEC},
            titolo="Risposte al questionario",
            creato=self.tempi.giorno("questionario", 8, 12),
        )
        arrivo = questionari.Arrivo(
            origine=Origine.PEC,
            protocollo="1187/2026",
            arrivata_il=self.tempi.giorno("questionario", 8).date(),
            firmata_da=sindaco,
            motivo=parole.MOTIVO_TRASCRIZIONE,
        )
        file = ContentFile(documento, name="risposte-al-questionario.pdf")
        questionari.comincia_trascrizione(compilazione, arrivo, file, da=da)
        with questionari.in_trascrizione(da, SLUG, PER_PEC) as in_scrittura:
            questionari.salva_risposte(in_scrittura, risposte, da=da)
        compilazione.refresh_from_db()
        questionari.invia_trascrizione(compilazione, da=da, motivazione=parole.MOTIVO_INCOMPLETA)

    # ------------------------------------------------------------------ 3. restituzione

    def _restituzione(self) -> list[Evento]:
        def pubblica() -> None:
            questionari.pubblica_restituzione(self.accordo, da=self.mondo.coordina(), nota=parole.NOTA_ESITI)
            questionari.apri_ai_cittadini(self.accordo, da=self.mondo.coordina())

        eventi: list[Evento] = [
            *self._lettura(),
            (self.tempi.giorno("restituzione", 2, 9), pubblica),
            (self.tempi.giorno("restituzione", 2, 10), self._rilievo_da_un_passo),
        ]
        lettori = [codice for codice in self.codici if codice not in NON_LEGGONO_GLI_ESITI]
        for quando, codice in self._sparsi("restituzione", lettori, 3, 5):
            agente = self.mondo.rappresentante(codice)
            eventi.append((quando, lambda a=agente: questionari.segna_letti(self.accordo, da=a)))  # type: ignore[misc]
        return eventi

    def _lettura(self) -> list[Evento]:
        """The free texts are read on the first morning, and passages put under themes."""

        def leggi() -> None:
            for tema, codice, citazione in TEMI:
                testo = self._testo(codice, citazione)
                questionari.segna_passo(
                    testo, tema, citazione, accordo=self.accordo, da=self.mondo.coordina()
                )

        return [(self.tempi.giorno("restituzione", 0, 10), leggi)]

    def _rilievo_da_un_passo(self) -> None:
        codice, citazione, tipo, frase = RILIEVO_DA_UN_PASSO
        testo = self._testo(codice, citazione)
        passo = testo.scheda.invio.passi.get(domanda=codice, citazione=citazione)
        quadro = quadro_di(self.accordo, self.accordo.restituzione)
        assert quadro is not None, "the results have been published"
        questionari.rilievo_da_passo(quadro, passo, tipo=tipo, testo=frase, da=self.mondo.coordina())

    def _testo(self, codice: str, citazione: str) -> TestoRisposta:
        """The first answer, in the order of the bodies, that holds these words."""
        return TestoRisposta.objects.select_related("scheda__invio").filter(
            scheda__compilazione__questionario__accordo=self.accordo, domanda=codice, testo__contains=citazione
        ).order_by("scheda__compilazione__ente__codice")[0]  # fmt: skip


def _risposte(compilazione: Compilazione, chi: str) -> dict[str, object]:
    struttura: Definizione = compilazione.questionario.struttura
    return Generatore(compilazione.ente, chi).risposte(struttura)
