"""The first four phases of the demo: the proposal, the survey, its results, the focus groups."""

from datetime import datetime, timedelta

from django.core.files.base import ContentFile

import questionari.servizi as questionari
from accordo.base import orologio
from accordo.base.pdf import componi
from accordo.demo.cammino import NON_LEGGONO_GLI_ESITI, NON_RISPONDONO, QUESTIONARIO, SLUG, Cammino, Evento
from accordo.demo.contenuti import proposta as parole
from accordo.demo.contenuti.rilievi import RILIEVI
from accordo.demo.contenuti.verbali import INCONTRI
from accordo.demo.risposte import Generatore
from accordo.demo.tempi import PROROGA_QUESTIONARIO
from accordo.iter import presentazione
from accordo.iter import servizi as iter_servizi
from accordo.iter.models import Partecipazione
from accordo.rilievi import servizi as rilievi
from accordo.rilievi.models import GenereFonte, Rilievo
from focusgroup import servizi as riunioni
from focusgroup.models import Riunione
from questionari.models import Compilazione


class Rilevazione(Cammino):
    """What happens from the proposal to the findings."""

    # ------------------------------------------------------------------ 1. presentazione

    def _crea(self) -> None:
        mondo = self.mondo
        with orologio.fermo(min(self.tempi.giorno("presentazione", 0, 9), self.adesso)):
            self.accordo = iter_servizi.crea_accordo(
                slug=SLUG,
                titolo=parole.TITOLO,
                sottotitolo=parole.SOTTOTITOLO,
                promotore=mondo.promotore,
                sottoscrittori=mondo.sottoscrittori,
                soggetti_coinvolti=mondo.coinvolti,
                date_previste=self.tempi.previste(),
                dimostrativo=True,
                da=mondo.coordina(),
            )
            rilievi.assicura_obiettivi(self.accordo)
            questionari.carica_questionario(
                self.accordo, QUESTIONARIO.read_text(encoding="utf-8"), da=mondo.coordina()
            )

    def _presentazione(self) -> list[Evento]:
        pdf = componi(
            "stampa/proposta_di_prova.html",
            {"ente": self.mondo.promotore.denominazione, "testo": parole.TESTO},
            titolo=parole.TITOLO,
            creato=self.tempi.giorno("presentazione", 0, 9),
        )
        allegato = ContentFile(pdf, name="proposta.pdf")

        def pubblica() -> None:
            presentazione.pubblica_proposta(self.accordo, parole.TESTO, allegato, da=self.mondo.coordina())

        righe = {
            p.ente.codice: p
            for p in Partecipazione.objects.filter(accordo=self.accordo).select_related("ente")
        }

        def rispondi(codice: str) -> None:
            segue = self.mondo.referenti.get(codice) or self.mondo.osservatori[codice]
            presentazione.prendi_visione(righe[codice], True, segue, da=self.mondo.rappresentante(codice))

        eventi: list[Evento] = [(self.tempi.giorno("presentazione", 0, 11), pubblica)]
        for quando, codice in self._sparsi("presentazione", [*self.codici, *self.mondo.osservatori], 1, 9):
            eventi.append((quando, lambda c=codice: rispondi(c)))  # type: ignore[misc]
        return eventi

    # ------------------------------------------------------------------ 2. questionario

    def _questionario(self) -> list[Evento]:
        righe = {
            c.ente.codice: c
            for c in Compilazione.objects.filter(questionario__accordo=self.accordo).select_related(
                "questionario__accordo", "ente__ambito"
            )
        }

        def compila(codice: str) -> None:
            compilazione, chi = righe[codice], self.mondo.referente(codice)
            risposte = Generatore(compilazione.ente, str(chi.utente)).risposte(
                compilazione.questionario.struttura
            )
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

        eventi: list[Evento] = [(self.tempi.giorno("questionario", 17, 12), proroga)]
        for quando, codice in self._sparsi("questionario", self.codici, 1, 18):
            eventi.append((quando, lambda c=codice: compila(c)))  # type: ignore[misc]
            if codice not in NON_RISPONDONO:
                eventi.append((quando + timedelta(days=1, hours=1), lambda c=codice: convalida(c)))  # type: ignore[misc]
        return eventi

    # ------------------------------------------------------------------ 3. restituzione

    def _restituzione(self) -> list[Evento]:
        def pubblica() -> None:
            questionari.pubblica_restituzione(self.accordo, da=self.mondo.coordina(), nota=parole.NOTA_ESITI)

        eventi: list[Evento] = [(self.tempi.giorno("restituzione", 2, 9), pubblica)]
        lettori = [codice for codice in self.codici if codice not in NON_LEGGONO_GLI_ESITI]
        for quando, codice in self._sparsi("restituzione", lettori, 3, 5):
            agente = self.mondo.rappresentante(codice)
            eventi.append((quando, lambda a=agente: questionari.segna_letti(self.accordo, da=a)))  # type: ignore[misc]
        return eventi

    # ------------------------------------------------------------------ 4. focus group

    def _focus_group(self) -> list[Evento]:
        eventi: list[Evento] = []
        da = self.mondo.coordina()
        for posto, riunione in enumerate(
            Riunione.objects.filter(accordo=self.accordo).select_related("accordo", "ambito")
        ):
            incontro = INCONTRI[riunione.ambito.codice]
            giorno = _feriale(self.tempi.giorno("focus_group", 6 + posto, 10))
            eventi += [
                (
                    self.tempi.giorno("focus_group", 1, 9, posto),
                    lambda r=riunione, g=giorno: self._convoca(r, g),  # type: ignore[misc]
                ),
                (giorno + timedelta(hours=3), lambda r=riunione: self._tieni(r)),  # type: ignore[misc]
                (
                    giorno + timedelta(days=1),
                    lambda r=riunione: riunioni.pubblica_verbale(r, da=da),  # type: ignore[misc]
                ),
                (
                    self.tempi.giorno("focus_group", 13, 10, posto),
                    lambda r=riunione: riunioni.approva_verbale(r, da=da),  # type: ignore[misc]
                ),
            ]
            for numero, convocazione in enumerate(
                riunione.convocazioni.select_related("ente", "riunione__accordo")
            ):
                codice = convocazione.ente.codice
                if codice in incontro.assenti:
                    continue
                quando = self.tempi.giorno("focus_group", 2 + numero % 3, 9 + numero % 8, numero)
                eventi.append((quando, lambda r=riunione, c=codice: self._accetta(r, c)))  # type: ignore[misc]
        eventi.append((self.tempi.giorno("focus_group", 13, 17), self._conferma_rilievi))
        return eventi

    def _convoca(self, riunione: Riunione, giorno: datetime) -> None:
        luogo = INCONTRI[riunione.ambito.codice].luogo
        a_distanza = "https://video.example.invalid/accordo" if luogo == "In videoconferenza" else ""
        riunioni.fissa_riunione(
            riunione, inizio=giorno, luogo=luogo, collegamento=a_distanza, da=self.mondo.coordina()
        )
        riunioni.convoca_riunione(riunione, da=self.mondo.coordina())

    def _accetta(self, riunione: Riunione, codice: str) -> None:
        convocazione = riunione.convocazioni.select_related("ente", "riunione__accordo").get(
            ente__codice=codice
        )
        chi = self.mondo.rappresentante(codice)
        riunioni.rispondi_convocazione(
            convocazione,
            "accettata",
            partecipante=str(chi.utente),
            qualifica=convocazione.ente.titolo_rappresentante,
            da=chi,
        )

    def _tieni(self, riunione: Riunione) -> None:
        da, incontro = self.mondo.coordina(), INCONTRI[riunione.ambito.codice]
        presenti = riunione.convocazioni.exclude(ente__codice__in=incontro.assenti).values_list(
            "ente", flat=True
        )
        riunioni.registra_presenze(riunione, presenti, da=da)
        riunioni.chiudi_riunione(riunione, da=da)
        testi = {p.pk: (t, p.revisione) for p, t in zip(riunione.punti.all(), incontro.verbale, strict=True)}
        riunioni.scrivi_verbale(riunione, testi, da=da)
        for ambito, tipo, frase, obiettivi, domanda in RILIEVI:
            if ambito == riunione.ambito.codice:
                fonti = [
                    rilievi.DatiFonte(GenereFonte.RIUNIONE, riunione.titolo, str(riunione.pk)),
                    rilievi.DatiFonte(GenereFonte.DOMANDA, f"Questionario, domanda {domanda}", domanda),
                ]
                rilievi.crea_rilievo(
                    self.accordo,
                    ambito=riunione.ambito,
                    tipo=tipo,
                    testo=frase,
                    obiettivi=obiettivi,
                    fonti=fonti,
                    da=da,
                )

    def _conferma_rilievi(self) -> None:
        for rilievo in Rilievo.objects.filter(accordo=self.accordo).select_related("accordo"):
            rilievi.muovi_rilievo(rilievo, "conferma", da=self.mondo.coordina())


def _feriale(quando: datetime) -> datetime:
    """Return the moment itself, or the same hour on the Monday after a weekend."""
    return quando + timedelta(days=max(0, 7 - quando.weekday()) if quando.weekday() > 4 else 0)
