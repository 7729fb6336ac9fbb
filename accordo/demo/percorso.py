"""The eight phases of the demo: the same services that people drive, at the times of accordo.demo.tempi."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import ContentFile

import questionari.servizi as questionari
from accordo.approvazione import servizi as approvazione
from accordo.approvazione.firma_di_prova import firma_p7m, firma_pdf
from accordo.approvazione.models import Approvazione
from accordo.approvazione.stati import TipoAtto
from accordo.base import orologio
from accordo.base.pdf import componi
from accordo.demo import testo as operazioni
from accordo.demo.contenuti import emendamenti as contenuti
from accordo.demo.contenuti import proposta as parole
from accordo.demo.contenuti.rilievi import CITAZIONI, RILIEVI
from accordo.demo.contenuti.verbali import INCONTRI
from accordo.demo.mondo import Mondo
from accordo.demo.risposte import Generatore
from accordo.demo.tempi import PROROGA_QUESTIONARIO, Tempi
from accordo.iter import presentazione
from accordo.iter import servizi as iter_servizi
from accordo.iter.models import Accordo, FaseAccordo, Partecipazione
from accordo.iter.procedura import processo
from accordo.rilievi import servizi as rilievi
from accordo.rilievi.models import GenereFonte, Rilievo
from bozze.models import Contributo, Emendamento, Osservazione, Versione
from bozze.servizi import emendamenti, esame, osservazioni
from bozze.servizi import testo as bozze
from bozze.testo.albero import Testo
from bozze.testo.lettura import leggi
from focusgroup import servizi as riunioni
from focusgroup.models import Riunione
from questionari.models import Compilazione

SLUG = "lucca"
QUI = Path(__file__).parent
ACCORDO_TXT = QUI / "dati" / "accordo_esempio.txt"
QUESTIONARIO = QUI.parent.parent / "questionari" / "dati" / "questionario_sicurezza.json"

NON_RISPONDONO = {"comune-vagli-sotto", "comune-stazzema"}
NON_LEGGONO_GLI_ESITI = {"comune-careggine", "comune-fosciandora"}
# Phase 6, on its ninth day: who has not begun, who is writing, who waits for the mayor.
NON_COMINCIANO = {"comune-careggine", "comune-fosciandora", "comune-villa-collemandina", "comune-camporgiano"}
SCRIVONO = {
    "comune-barga", "comune-massarosa", "unione-garfagnana", "comune-pescaglia", "comune-villa-basilica",
    "comune-molazzana", "unione-versilia",
}  # fmt: skip

Evento = tuple[datetime, Callable[[], object]]


class Percorso:
    """One demo being built."""

    def __init__(self, mondo: Mondo, tempi: Tempi, adesso: datetime) -> None:
        self.mondo, self.tempi, self.adesso = mondo, tempi, adesso
        self.accordo = Accordo()
        self._atti: dict[str, bytes] = {}
        self.codici = [ente.codice for ente in mondo.sottoscrittori]

    def fino_a(self, codice: str) -> Accordo:
        """Walk to the phase `codice`, or past the last one; return the accord."""
        self._crea()
        for fase in processo().fasi:
            in_corso = fase.codice == codice
            if fase.codice != processo().fasi[0].codice:
                self._avanza(fase.codice)
            if in_corso:
                if codice == "osservazioni":
                    self._svolgi(self._osservazioni(parziale=True))
                return self.accordo
            self._svolgi(getattr(self, f"_{fase.codice}")())
        self._avanza(processo().stato_finale)
        return self.accordo

    # ------------------------------------------------------------------ plumbing

    def _svolgi(self, eventi: Iterable[Evento]) -> None:
        """Do things at their times, in order."""
        for quando, fai in sorted(eventi, key=lambda evento: evento[0]):
            with orologio.fermo(min(quando, self.adesso)):
                fai()

    def _avanza(self, codice: str) -> None:
        if codice == processo().stato_finale:
            quando = self.tempi.giorno("approvazione", 28, 12)
        else:
            quando = self.tempi.giorno(codice, 0, 9)
        motivo = parole.MOTIVO_CHIUSURA if codice == "restituzione" else ""
        with orologio.fermo(min(quando, self.adesso)):
            iter_servizi.avanza(self.accordo, da=self.mondo.coordina(), motivazione=motivo)
            self._accorda_scadenza(codice)

    def _accorda_scadenza(self, codice: str) -> None:
        """Extend the deadline of a phase that began late."""
        fase = FaseAccordo.objects.filter(accordo=self.accordo, codice=codice).first()
        if fase is None or fase.scadenza is None or codice == "questionario":
            return
        seguenti = [f for f, giorno in self.tempi.inizi.items() if giorno > self.tempi.inizi[codice]]
        fine = self.tempi.inizi[seguenti[0]] if seguenti else fase.scadenza + timedelta(days=5)
        if fine - timedelta(days=1) > fase.scadenza:
            giorno = fine - timedelta(days=1)
            iter_servizi.proroga(
                self.accordo, codice, giorno, da=self.mondo.coordina(), motivazione=parole.PROMEMORIA_FASE
            )

    def _sparsi(self, fase: str, codici: list[str], da: int, a: int) -> list[tuple[datetime, str]]:
        """Spread the bodies over the days from `da` to `a` of a phase, each at an hour of its own."""
        giorni = a - da + 1
        return [
            (self.tempi.giorno(fase, da + posto * 5 % giorni, 9 + posto * 3 % 8, posto * 7 % 60), codice)
            for posto, codice in enumerate(codici)
        ]

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

    # ------------------------------------------------------------------ 5. bozza

    def _bozza(self) -> list[Evento]:
        da = self.mondo.coordina()

        def scrivi() -> None:
            sorgente = ACCORDO_TXT.read_text(encoding="utf-8")
            bozze.carica_testo(self.accordo, sorgente, da=da, spazio="accordo-lucca")

        def cita() -> None:
            testo = leggi(ACCORDO_TXT.read_text(encoding="utf-8"), "accordo-lucca").testo
            per_frase = {r.testo: r for r in Rilievo.objects.filter(accordo=self.accordo)}
            for (articolo, comma), posti in CITAZIONI.items():
                scelti = [per_frase[RILIEVI[posto - 1][2]] for posto in posti]
                bozze.cita_rilievi(self.accordo, operazioni.dove(testo, articolo, comma).id, scelti, da=da)

        def pubblica() -> None:
            bozze.pubblica_versione(self.accordo, parole.NOTA_VERSIONE, da=da)

        eventi: list[Evento] = [
            (self.tempi.giorno("bozza", 1, 10), scrivi),
            (self.tempi.giorno("bozza", 3, 16), cita),
            (self.tempi.giorno("bozza", 9, 12), pubblica),
        ]
        lettori = [codice for codice in self.codici if codice not in NON_COMINCIANO]
        for quando, codice in self._sparsi("bozza", lettori, 10, 12):
            agente = self.mondo.rappresentante(codice)
            eventi.append((quando, lambda a=agente: bozze.segna_letta(self._versione(), da=a)))  # type: ignore[misc]
        return eventi

    def _versione(self) -> Versione:
        return Versione.objects.select_related("accordo").filter(accordo=self.accordo).latest("numero")

    # ------------------------------------------------------------------ 6. osservazioni

    def _osservazioni(self, *, parziale: bool = False) -> list[Evento]:
        versione = self._versione()
        testo = Testo.da_dati(versione.testo)
        eventi: list[Evento] = []
        fermi = NON_COMINCIANO if parziale else set()
        aperti = SCRIVONO if parziale else set()
        for quando, codice in self._sparsi("osservazioni", self.codici, 1, 6):
            if codice in fermi:
                continue
            eventi.append((quando, lambda c=codice: self._scrivi_proposte(versione, testo, c)))  # type: ignore[misc]
            if codice not in aperti:
                eventi.append((quando + timedelta(hours=20), lambda c=codice: self._conferma(c)))  # type: ignore[misc]
        for codice in self.mondo.osservatori:
            quando = self.tempi.giorno("osservazioni", 4, 11)
            eventi.append((quando, lambda c=codice: self._osserva_da_fuori(versione, testo, c)))  # type: ignore[misc]
        return eventi

    def _scrivi_proposte(self, versione: Versione, testo: Testo, codice: str) -> None:
        chi = self.mondo.referente(codice)
        for proposta in contenuti.EMENDAMENTI:
            if proposta.ente == codice:
                emendamenti.crea_emendamento(
                    versione, [operazioni.operazione(testo, proposta)], proposta.motivo, da=chi
                )
        self._osserva(versione, testo, codice)
        emendamenti.apri_contributo(self.accordo, chi)

    def _osserva(self, versione: Versione, testo: Testo, codice: str) -> list[Osservazione]:
        chi = (
            self.mondo.osservatore(codice)
            if codice in self.mondo.osservatori
            else self.mondo.referente(codice)
        )
        return [
            osservazioni.crea_osservazione(
                versione, operazioni.dove(testo, articolo, comma).id, frase, citazione, da=chi
            )
            for ente, articolo, comma, citazione, frase in contenuti.OSSERVAZIONI
            if ente == codice
        ]

    def _osserva_da_fuori(self, versione: Versione, testo: Testo, codice: str) -> None:
        for osservazione in self._osserva(versione, testo, codice):
            osservazioni.presenta_osservazione(osservazione, da=self.mondo.osservatore(codice))

    def _conferma(self, codice: str) -> None:
        contributo = Contributo.objects.select_related("accordo", "ente").get(
            accordo=self.accordo, ente__codice=codice
        )
        emendamenti.conferma_contributo(contributo, da=self.mondo.rappresentante(codice))

    # ------------------------------------------------------------------ 7. proposta definitiva

    def _proposta_definitiva(self) -> list[Evento]:
        def pubblica() -> None:
            esame.pubblica_proposta_definitiva(self.accordo, parole.NOTA_DEFINITIVA, da=self.mondo.coordina())

        return [
            (self.tempi.giorno("proposta_definitiva", 1, 10), self._ritira),
            (self.tempi.giorno("proposta_definitiva", 3, 10), self._decidi),
            (self.tempi.giorno("proposta_definitiva", 5, 10), self._rispondi),
            (self.tempi.giorno("proposta_definitiva", 7, 10), pubblica),
        ]

    def _presentati(self) -> list[tuple[contenuti.Proposta, Emendamento]]:
        """Return the proposals of the demo, each with the amendment that came of it."""
        righe = list(
            Emendamento.objects.filter(accordo=self.accordo).select_related("accordo", "ente", "versione")
        )
        per_chiave = {(e.ente.codice, e.motivazione): e for e in righe}
        return [(p, per_chiave[p.ente, p.motivo]) for p in contenuti.EMENDAMENTI]

    def _ritira(self) -> None:
        for proposta, emendamento in self._presentati():
            if proposta.esito == "ritirato":
                chi = self.mondo.rappresentante(proposta.ente)
                emendamenti.ritira_emendamento(emendamento, proposta.perche, da=chi)

    def _decidi(self) -> None:
        """First what is accepted: only then can what it excludes be called precluded."""
        ordine = ("accolto", "riformulato", "respinto", "assorbito", "precluso")
        da_decidere = [coppia for coppia in self._presentati() if coppia[0].esito in ordine]
        for proposta, emendamento in sorted(da_decidere, key=lambda coppia: ordine.index(coppia[0].esito)):
            esame.decidi_emendamento(
                emendamento,
                proposta.esito,
                proposta.perche,
                proposta.riformulata or None,
                da=self.mondo.coordina(),
            )

    def _rispondi(self) -> None:
        for osservazione in Osservazione.objects.filter(
            accordo=self.accordo, stato="presentata"
        ).select_related("accordo", "ente"):
            osservazioni.rispondi(osservazione, contenuti.RISPOSTA_OSSERVAZIONE, da=self.mondo.coordina())

    # ------------------------------------------------------------------ 8. approvazione

    def _approvazione(self) -> list[Evento]:
        eventi: list[Evento] = []
        righe = {
            a.ente.codice: a
            for a in Approvazione.objects.filter(accordo=self.accordo).select_related(
                "accordo", "ente", "documento__versione"
            )
        }
        for posto, (quando, codice) in enumerate(self._sparsi("approvazione", sorted(righe), 3, 19)):
            riga = righe[codice]
            eventi += [
                (
                    quando - timedelta(days=2),
                    lambda a=riga, c=codice: approvazione.avvia_istruttoria(a, da=self.mondo.referente(c)),  # type: ignore[misc]
                ),
                (quando, lambda a=riga, c=codice, n=posto: self._approva(a, c, n)),  # type: ignore[misc]
                (
                    quando + timedelta(days=3),
                    lambda a=riga, c=codice, n=posto: self._firma(a, c, n),  # type: ignore[misc]
                ),
            ]
        return eventi

    def _approva(self, riga: Approvazione, codice: str, posto: int) -> None:
        numero = str(31 + posto * 7 % 160)
        if (
            riga.organo not in self._atti
        ):  # one document for each kind of organ: printing 39 would take half of the time
            self._atti[riga.organo] = componi(
                "stampa/atto_di_prova.html",
                {"ente": self.mondo.promotore.denominazione, "impronta": riga.documento.impronta_testo},
                titolo=f"{riga.organo}: schema di atto",
                creato=orologio.adesso(),
            )
        pdf = self._atti[riga.organo]
        approvazione.registra_atto(
            riga,
            organo=riga.organo,
            tipo=_tipo_atto(riga),
            numero=numero,
            data=orologio.oggi(),
            esecutivita_immediata=True,
            file=ContentFile(pdf, name=f"atto-{codice}.pdf"),
            da=self.mondo.referente(codice),
        )

    def _firma(self, riga: Approvazione, codice: str, posto: int) -> None:
        chi = self.mondo.rappresentante(codice)
        with riga.documento.pdf.open("rb") as documento:
            contenuto = documento.read()
        if posto % 3:
            file = ContentFile(firma_p7m(contenuto, str(chi.utente)), name="accordo.pdf.p7m")
        else:
            file = ContentFile(firma_pdf(contenuto, str(chi.utente)), name="accordo-firmato.pdf")
        approvazione.registra_firma(riga, file, da=chi)


def _feriale(quando: datetime) -> datetime:
    """Return the moment itself, or the same hour on the Monday after a weekend."""
    return quando + timedelta(days=max(0, 7 - quando.weekday()) if quando.weekday() > 4 else 0)


def _tipo_atto(riga: Approvazione) -> str:
    from accordo.approvazione.organi import proposta

    return TipoAtto(proposta(riga.ente).tipo_atto)
