"""The eight phases of the demo: the same services that people drive, at the times of accordo.demo.tempi."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.core.files.base import ContentFile

from accordo.approvazione import servizi as approvazione
from accordo.approvazione.firma_di_prova import firma_p7m
from accordo.approvazione.models import Approvazione
from accordo.approvazione.stati import TipoAtto
from accordo.base import orologio
from accordo.base.foglio import Foglio, xlsx
from accordo.base.pdf import componi
from accordo.demo import testo as operazioni
from accordo.demo.approvazioni import PER_PEC, adesione, incontri_della_fase
from accordo.demo.cammino import ACCORDO_TXT, NON_COMINCIANO, SCRIVONO, SLUG, Evento
from accordo.demo.contenuti import emendamenti as contenuti
from accordo.demo.contenuti import proposta as parole
from accordo.demo.contenuti.rilievi import CITAZIONI, RILIEVI
from accordo.demo.rilevazione import Rilevazione
from accordo.iter.models import Accordo
from accordo.iter.procedura import processo
from accordo.rilievi.models import Rilievo
from bozze.models import (
    Contributo,
    Emendamento,
    NodoBozza,
    Osservazione,
    Riformulazione,
    Subemendamento,
    Versione,
)
from bozze.servizi import emendamenti, esame, firme, osservazioni, riformulazioni, subemendamenti
from bozze.servizi import testo as bozze
from bozze.servizi.adozione import adotta_accolti
from bozze.servizi.insieme import decidi_insieme
from bozze.testo.albero import Testo, Tipo
from bozze.testo.lettura import leggi
from bozze.testo.operazioni import SostituisciParole, da_dati
from bozze.testo.subemendamenti import portato

__all__ = ["SLUG", "Percorso"]


class Percorso(Rilevazione):
    """The whole walk; here the last four phases, from the draft to the signatures."""

    def fino_a(self, codice: str) -> Accordo:
        """Walk to the phase `codice`, or past the last one; return the accord."""
        for fase in self.passi():
            if fase == codice:
                self.svolgi_in_parte(codice)
                break
        return self.accordo

    def passi(self) -> Iterator[str]:
        """Walk, and stop wherever a phase has begun, and at the end: say which, go on when the next one is asked for."""
        self._crea()
        for fase in processo().fasi:
            if fase.codice != processo().fasi[0].codice:
                self._avanza(fase.codice)
            yield fase.codice
            self._svolgi(getattr(self, f"_{fase.codice}")())
        self._avanza(processo().stato_finale)
        self._svolgi(adesione(self.accordo, self.mondo, self.tempi, (self._approva, self._firma)))
        yield processo().stato_finale

    def svolgi_in_parte(self, codice: str) -> None:
        """Do, in the phase where the demo stops, what has been done by today."""
        if codice == "questionario":
            self._svolgi(self._questionario_finora())
        elif codice == "restituzione":
            self._svolgi(self._lettura())
        elif codice == "osservazioni":
            self._svolgi(self._osservazioni(parziale=True))
        elif codice == "proposta_definitiva":
            self._svolgi(self._esame_in_corso())
        elif codice in ("focus_group", "bozza", "approvazione"):
            eventi: Iterable[Evento] = getattr(self, f"_{codice}")()
            self._svolgi(evento for evento in eventi if evento[0] <= self.adesso)

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

        def allega() -> None:
            nodo = NodoBozza.objects.get(
                bozza__accordo=self.accordo, tipo=Tipo.ALLEGATO, rubrica="Quadro delle risorse"
            )
            file = ContentFile(xlsx(Foglio("Risorse", *parole.RISORSE)), name="quadro-delle-risorse.xlsx")
            bozze.allega_documento(self.accordo, nodo.codice, file, revisione_attesa=nodo.revisione, da=da)

        def pubblica() -> None:
            bozze.pubblica_versione(self.accordo, parole.NOTA_VERSIONE, da=da)

        eventi: list[Evento] = [
            (self.tempi.giorno("bozza", 1, 10), scrivi),
            (self.tempi.giorno("bozza", 3, 16), cita),
            (self.tempi.giorno("bozza", 4, 11), allega),
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
        eventi.append((self.tempi.giorno("osservazioni", 7, 18), self._firma_e_subemenda))
        return eventi

    def _firma_e_subemenda(self) -> None:
        """Bodies that sign others' amendments, and one that amends an amendment; only what is presented by then."""
        presentati = {
            (e.ente.codice, e.sezione_nome): e
            for e in Emendamento.objects.filter(accordo=self.accordo, stato="presentato").select_related(
                "accordo", "ente", "versione"
            )
        }
        for proponente, dove, chi in contenuti.FIRME:
            emendamento = presentati.get((proponente, f"Articolo {dove.split('.')[0]}"))
            if emendamento is not None:
                firme.sottoscrivi(emendamento, da=self.mondo.rappresentante(chi))
        for proponente, dove, chi in contenuti.INVITI:
            emendamento = presentati.get((proponente, f"Articolo {dove.split('.')[0]}"))
            if emendamento is not None:
                enti = [ente for ente in firme.invitabili(emendamento) if ente.codice == chi]
                firme.invita_a_sottoscrivere(emendamento, enti, da=self.mondo.referente(proponente))
        chi, proponente, articolo, vecchie, nuove, motivo, _ = contenuti.SUBEMENDAMENTO
        emendamento = presentati.get((proponente, f"Articolo {articolo}"))
        if emendamento is not None:
            (radice,) = portato([da_dati(o) for o in emendamento.operazioni]).radici
            proposta = SostituisciParole(radice.id, vecchie, nuove, radice.testo.index(vecchie))
            sub = subemendamenti.crea_subemendamento(
                emendamento, [proposta], motivo, da=self.mondo.referente(chi)
            )
            subemendamenti.presenta_subemendamento(sub, da=self.mondo.rappresentante(chi))

    def _scrivi_proposte(self, versione: Versione, testo: Testo, codice: str) -> None:
        chi = self.mondo.referente(codice)
        for proposta in contenuti.EMENDAMENTI:
            if proposta.ente == codice:
                emendamenti.crea_emendamento(
                    versione, operazioni.tutte(testo, proposta), proposta.motivo, da=chi
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
            if codice == "azienda-usl":
                for chi, parole_dette in contenuti.REPLICHE:
                    da = self.mondo.referente(chi) if chi else self.mondo.coordina()
                    osservazioni.replica(osservazione, parole_dette, da=da)

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

    def _esame_in_corso(self) -> list[Evento]:
        """Where the demo stops in phase 7: a part is adopted, a reformulation and an amendment wait for their proposers."""
        da = self.mondo.coordina()

        def adotta() -> None:
            entro = orologio.oggi() + timedelta(days=5)
            adotta_accolti(self.accordo, contenuti.NOTA_ADOZIONE, entro=entro, da=da)

        def riformula() -> None:
            proposta, emendamento = self._di(contenuti.PROPOSTA_APERTA)
            esame.decidi_emendamento(
                emendamento, proposta.esito, proposta.perche, proposta.riformulata, da=da
            )

        def insieme() -> None:
            esito, quali, perche = contenuti.INSIEME
            decidi_insieme(self.accordo, [self._di(uno)[1].pk for uno in quali], esito, perche, da=da)

        return [
            (self.tempi.giorno("proposta_definitiva", 1, 10), self._ritira),
            (self.tempi.giorno("proposta_definitiva", 1, 15), lambda: self._decidi(fino_a=5)),
            (self.tempi.giorno("proposta_definitiva", 2, 10), adotta),
            (self.tempi.giorno("proposta_definitiva", 2, 15), riformula),
            (self.tempi.giorno("proposta_definitiva", 3, 10), insieme),
        ]

    def _di(self, chi_e_dove: tuple[str, int]) -> tuple[contenuti.Proposta, Emendamento]:
        return next(
            coppia for coppia in self._presentati() if (coppia[0].ente, coppia[0].articolo) == chi_e_dove
        )

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

    def _decidi(self, fino_a: int = 99) -> None:
        """First what is accepted: only then can what it excludes be called precluded."""
        for sub in Subemendamento.objects.filter(accordo=self.accordo, stato="presentato").select_related(
            "accordo", "ente", "emendamento__accordo", "emendamento__versione"
        ):
            perche = contenuti.SUBEMENDAMENTO[-1]
            subemendamenti.decidi_subemendamento(sub, "accolto", perche, da=self.mondo.coordina())
        ordine = ("accolto", "riformulato", "respinto", "assorbito", "precluso")
        da_decidere = [c for c in self._presentati() if c[0].esito in ordine and c[0].articolo <= fino_a]
        if fino_a < 99:  # the examination goes on: what an accepted one parks is not precluded yet
            da_decidere = [c for c in da_decidere if c[0].esito in ("accolto", "respinto")]
        for proposta, emendamento in sorted(da_decidere, key=lambda coppia: ordine.index(coppia[0].esito)):
            emendamento.refresh_from_db()  # the decision on another may have parked it
            scritto = esame.decidi_emendamento(
                emendamento,
                proposta.esito,
                proposta.perche,
                proposta.riformulata or None,
                da=self.mondo.coordina(),
            )
            if isinstance(scritto, Riformulazione):
                chi = self.mondo.rappresentante(emendamento.ente.codice)
                riformulazioni.accetta_riformulazione(scritto, "Siamo d'accordo.", da=chi)

    def _rispondi(self) -> None:
        for osservazione in Osservazione.objects.filter(
            accordo=self.accordo, stato="presentata"
        ).select_related("accordo", "ente"):
            osservazioni.rispondi(
                osservazione, contenuti.RISPOSTA_OSSERVAZIONE, "in_parte", da=self.mondo.coordina()
            )

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
                (quando, lambda a=riga, n=posto: self._approva(a, n)),  # type: ignore[misc]
                (
                    quando + timedelta(days=3),
                    lambda a=riga, n=posto: self._firma(a, n),  # type: ignore[misc]
                ),
            ]
        return [*eventi, *incontri_della_fase(righe, self.mondo, self.tempi)]

    def _approva(self, riga: Approvazione, posto: int) -> None:
        codice = riga.ente.codice
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
            pec=approvazione.Pec(f"{4000 + posto}", orologio.oggi()) if codice == PER_PEC else None,
            da=self.mondo.coordina() if codice == PER_PEC else self.mondo.referente(codice),
        )

    def _firma(self, riga: Approvazione, posto: int) -> None:
        chi = self.mondo.rappresentante(riga.ente.codice)
        with riga.documento.pdf.open("rb") as documento:
            contenuto = documento.read()
        file = ContentFile(firma_p7m(contenuto, str(chi.utente)), name="accordo.pdf.p7m")
        approvazione.registra_firma(riga, file, da=chi)


def _tipo_atto(riga: Approvazione) -> str:
    from accordo.approvazione.organi import proposta

    return TipoAtto(proposta(riga.ente).tipo_atto)
