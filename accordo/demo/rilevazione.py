"""The first four phases of the demo: the proposal and the focus groups; the survey between them is in questionario.py."""

from datetime import datetime, timedelta

from django.core.files.base import ContentFile

import questionari.servizi as questionari
from accordo.base import orologio
from accordo.base.pdf import componi
from accordo.demo.cammino import QUESTIONARIO, SLUG, Evento
from accordo.demo.contenuti import proposta as parole
from accordo.demo.contenuti.rilievi import DOPPIONE, RILIEVI
from accordo.demo.contenuti.verbali import CORREZIONI, INCONTRI, LETTO_DA_TUTTI, PRIORITA, PUNTI, STESSA_COSA
from accordo.demo.questionario import Questionario
from accordo.enti.models import Ente
from accordo.iter import presentazione
from accordo.iter import servizi as iter_servizi
from accordo.iter.models import Partecipazione
from accordo.rilievi import servizi as rilievi
from accordo.rilievi.models import GenereFonte, Rilievo
from accordo.rilievi.stati import StatoRilievo
from focusgroup import servizi as riunioni
from focusgroup.interrogazioni import in_discussione
from focusgroup.models import Opzione, Punto, Riunione

CON_SONDAGGIO = {"piana", "versilia"}
_PAROLE = ("no", "se_necessario", "si")


class Rilevazione(Questionario):
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

    # ------------------------------------------------------------------ 4. focus group

    def _focus_group(self) -> list[Evento]:
        eventi: list[Evento] = []
        for posto, riunione in enumerate(
            Riunione.objects.filter(accordo=self.accordo).select_related("accordo", "ambito")
        ):
            incontro = INCONTRI[riunione.ambito.codice]
            giorno = _feriale(self.tempi.giorno("focus_group", 6 + posto, 10))
            if riunione.ambito.codice in CON_SONDAGGIO:
                eventi += self._sondaggio(riunione, giorno)
            else:
                quando = self.tempi.giorno("focus_group", 1, 9, posto)
                eventi.append((quando, lambda r=riunione, g=giorno: self._convoca(r, g)))  # type: ignore[misc]
            eventi += [
                (giorno + timedelta(hours=3), lambda r=riunione: self._tieni(r)),  # type: ignore[misc]
                (
                    giorno + timedelta(days=1),
                    lambda r=riunione: self._manda_in_lettura(r),  # type: ignore[misc]
                ),
                (
                    self.tempi.giorno("focus_group", 13, 12, posto),
                    lambda r=riunione: self._approva_verbale(r),  # type: ignore[misc]
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

    def _sondaggio(self, riunione: Riunione, giorno: datetime) -> list[Evento]:
        """The date is searched for with the bodies: three proposals in the morning, answers, the choice at five."""
        da, luogo = self.mondo.coordina(), INCONTRI[riunione.ambito.codice].luogo
        date = [giorno, _feriale(giorno + timedelta(days=1)), _feriale(giorno + timedelta(days=3, hours=5))]

        def apri() -> None:
            sondaggio = riunioni.prepara_sondaggio(riunione, da=da)
            for inizio in date:
                riunioni.proponi_data(sondaggio, inizio=inizio, luogo=luogo, da=da)
            termine = self.tempi.giorno("focus_group", 1, 18)
            riunioni.apri_sondaggio(sondaggio, scadenza=termine, da=da)

        def risponde(numero: int, codice: str) -> None:
            sondaggio = riunione.sondaggi.select_related("riunione__accordo").get()
            valori = ["se_necessario" if numero % 5 == 4 else "si", _PAROLE[numero % 3], _PAROLE[numero % 2]]
            riunioni.rispondi_sondaggio(
                sondaggio,
                dict(zip(sondaggio.opzioni.values_list("pk", flat=True), valori, strict=True)),
                revisione=0,
                da=self.mondo.referente(codice),
            )

        def scegli() -> None:
            opzione = Opzione.objects.select_related("sondaggio__riunione__accordo").get(
                sondaggio__riunione=riunione, inizio=giorno
            )
            riunioni.scegli_data(opzione, da=da)
            riunione.refresh_from_db()

        eventi: list[Evento] = [
            (self.tempi.giorno("focus_group", 1, 8), apri),
            (self.tempi.giorno("focus_group", 1, 17), scegli),
        ]
        assenti = INCONTRI[riunione.ambito.codice].assenti
        codici = [c.ente.codice for c in riunione.convocazioni.select_related("ente")]
        for numero, codice in enumerate(c for c in codici if c not in assenti):
            quando = self.tempi.giorno("focus_group", 1, 9 + numero % 7, numero)
            eventi.append((quando, lambda n=numero, c=codice: risponde(n, c)))  # type: ignore[misc]
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
        punti = list(riunione.punti.all())
        for ambito, tipo, frase, obiettivi, domanda in RILIEVI:
            if ambito == riunione.ambito.codice:
                fonti = [
                    _detto(riunione, punti[_PUNTO[tipo]]),
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

        self._da_i_punti(riunione, list(presenti))

    def _da_i_punti(self, riunione: Riunione, enti: list[int]) -> None:
        """Each body that was there gives its five points; where there is more than one, the sum is agreed."""
        da = self.mondo.coordina()
        priorita = riunioni.apri_priorita(riunione, PUNTI, da=da)
        in_gara = [r.pk for r in in_discussione(riunione)]
        if not in_gara:
            return
        for posto, ente in enumerate(Ente.objects.filter(pk__in=enti).order_by("codice")):
            primo, secondo = in_gara[posto % len(in_gara)], in_gara[-1]
            dati = {primo: PUNTI} if primo == secondo else {primo: 2, secondo: 3}
            riunioni.dai_punti(priorita, ente, dati, da=da)
        riunioni.concorda(priorita, PRIORITA[riunione.ambito.codice], da=da)

    def _manda_in_lettura(self, riunione: Riunione) -> None:
        """Send the minutes to be read; in the area of the mayor of the demo a body asks for a correction."""
        da = self.mondo.coordina()
        ultimo = self.tempi.giorno("focus_group", 12).date()
        riunioni.pubblica_verbale(riunione, entro=max(ultimo, orologio.oggi()), da=da)
        for ambito, ente, ordine, chiede, accolta, risposta in CORREZIONI:
            if ambito != riunione.ambito.codice:
                continue
            punto = riunione.punti.select_related("riunione__accordo").get(ordine=ordine)
            correzione = riunioni.chiedi_correzione(punto, chiede, da=self.mondo.rappresentante(ente))
            if accolta:
                nuovo = f"{punto.verbale} {accolta}"
                riunioni.accogli_correzione(
                    correzione, testo=nuovo, vista=punto.revisione, risposta=risposta, da=da
                )
            else:
                riunioni.non_accogliere_correzione(correzione, risposta=risposta, da=da)

    def _approva_verbale(self, riunione: Riunione) -> None:
        motivo = (
            LETTO_DA_TUTTI
            if riunione.correzioni_entro and riunione.correzioni_entro >= orologio.oggi()
            else ""
        )
        riunioni.approva_verbale(riunione, motivazione=motivo, da=self.mondo.coordina())

    def _conferma_rilievi(self) -> None:
        """Confirm the findings; two of one area say the same, and become one."""
        da = self.mondo.coordina()
        doppio, meta = DOPPIONE
        trovati = Rilievo.objects.filter(accordo=self.accordo).select_related("accordo")
        rilievi.unisci_rilievi(
            trovati.get(testo=doppio), trovati.get(testo=meta), da=da, motivazione=STESSA_COSA
        )
        for rilievo in trovati.filter(stato=StatoRilievo.PROPOSTO):
            rilievi.muovi_rilievo(rilievo, "conferma", da=da)


_PUNTO = {"forza": 1, "criticita": 2, "proposta": 3}
"""Which item of the agenda a finding of each kind comes out of."""


def _detto(riunione: Riunione, punto: Punto) -> rilievi.DatiFonte:
    testo = f"{riunione.titolo}, punto {punto.ordine}: {punto.titolo}"
    return rilievi.DatiFonte(GenereFonte.RIUNIONE, testo, f"{riunione.pk}.{punto.pk}")


def _feriale(quando: datetime) -> datetime:
    """Return the moment itself, or the same hour on the Monday after a weekend."""
    return quando + timedelta(days=max(0, 7 - quando.weekday()) if quando.weekday() > 4 else 0)
