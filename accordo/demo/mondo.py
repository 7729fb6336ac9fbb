"""The bodies of the province of Lucca, and the invented people who act for them."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accordo.base.errori import ErroreDominio
from accordo.demo.contenuti import persone
from accordo.enti.agente import Agente, agente_per
from accordo.enti.caricamento import carica_enti
from accordo.enti.models import Ambito, Ente, Incarico, Ruolo, StatoEnte, TipoEnte, Utente

ENTI_CSV = Path(settings.BASE_DIR) / "accordo" / "enti" / "dati" / "enti_lucca.csv"
PROMOTORE = "provincia-lucca"
DUE_ENTI = ("comune-barga", "unione-media-valle-serchio")
"""The mayor of the first is the president of the second too: one person who serves two bodies."""
DAL = date(2024, 6, 10)


@dataclass(slots=True)
class Mondo:
    """Bodies by code, and who acts for them."""

    enti: dict[str, Ente] = field(default_factory=dict)
    coordinatore: Utente = field(default_factory=Utente)
    referenti: dict[str, Utente] = field(default_factory=dict)
    rappresentanti: dict[str, Utente] = field(default_factory=dict)
    osservatori: dict[str, Utente] = field(default_factory=dict)
    _agenti: dict[tuple[int, int], Agente] = field(default_factory=dict)

    @property
    def promotore(self) -> Ente:
        """The province."""
        return self.enti[PROMOTORE]

    @property
    def sottoscrittori(self) -> list[Ente]:
        """All active bodies but the promoter and those that only take part."""
        return [e for e in self.enti.values() if e.tipo != TipoEnte.ALTRO and e.codice != PROMOTORE]

    @property
    def coinvolti(self) -> list[Ente]:
        """Those that take part without signing."""
        return [e for e in self.enti.values() if e.tipo == TipoEnte.ALTRO]

    def _agente(self, utente: Utente, ente: Ente) -> Agente:
        chiave = (utente.pk, ente.pk)
        if chiave not in self._agenti:
            self._agenti[chiave] = agente_per(utente, ente)
        return self._agenti[chiave]

    def coordina(self) -> Agente:
        """The coordinator, for the promoter."""
        return self._agente(self.coordinatore, self.promotore)

    def referente(self, codice: str) -> Agente:
        """Who fills in for a body."""
        return self._agente(self.referenti[codice], self.enti[codice])

    def rappresentante(self, codice: str) -> Agente:
        """Who validates and signs for a body."""
        return self._agente(self.rappresentanti[codice], self.enti[codice])

    def osservatore(self, codice: str) -> Agente:
        """Who follows for a body that does not sign."""
        return self._agente(self.osservatori[codice], self.enti[codice])


def _corto(codice: str) -> str:
    return codice.removeprefix("comune-")


def _titolo(ente: Ente) -> str:
    titolo = (ente.titolo_rappresentante or "rappresentante").lower()
    return titolo if titolo.isascii() else "rappresentante"


class _Anagrafe:
    """Creates the invented people once: the same address is the same person."""

    def __init__(self) -> None:
        self.parola_chiave = make_password(settings.DEMO_PASSWORD)
        self.presenti = {u.email: u for u in Utente.objects.filter(dimostrativo=True)}
        dal_principio = Incarico.objects.filter(dal__lte=DAL, al__isnull=True, concluso_il__isnull=True)
        self.incarichi = set(dal_principio.values_list("utente", "ente", "ruolo"))

    def persona(self, email: str, nome: str, cognome: str) -> Utente:
        if email not in self.presenti:
            if Utente.objects.filter(email=email).exists():
                raise ErroreDominio(f"L'indirizzo {email} è già di una persona vera.")
            self.presenti[email] = Utente.objects.create(
                email=email, nome=nome, cognome=cognome, dimostrativo=True, password=self.parola_chiave
            )
        return self.presenti[email]

    def incarica(self, utente: Utente, ente: Ente, ruolo: Ruolo) -> Utente:
        """Give the role from DAL on, before every date of the demo; one that was ended on a page is given again."""
        if (utente.pk, ente.pk, ruolo) not in self.incarichi:
            Incarico.objects.filter(utente=utente, ente=ente, ruolo=ruolo, al__isnull=True).delete()
            Incarico.objects.create(utente=utente, ente=ente, ruolo=ruolo, dal=DAL)
            self.incarichi.add((utente.pk, ente.pk, ruolo))
        return utente

    def rinfresca(self) -> None:
        """Give everybody the demo's password again, and let them in."""
        chiavi = [utente.pk for utente in self.presenti.values()]
        Utente.objects.filter(pk__in=chiavi).update(password=self.parola_chiave, is_active=True)


def _soggetti_coinvolti(ambito: Ambito) -> None:
    for codice, denominazione in persone.SOGGETTI_COINVOLTI:
        Ente.objects.get_or_create(
            codice=codice,
            defaults={
                "denominazione": denominazione,
                "tipo": TipoEnte.ALTRO,
                "ambito": ambito,
                "titolo_rappresentante": "Rappresentante",
                "note": "Soggetto inventato per la dimostrazione.",
            },
        )


def costruisci() -> Mondo:
    """Load the bodies and create the people; twice gives the same."""
    esito = carica_enti(ENTI_CSV.read_bytes())
    if esito.errori:
        raise ErroreDominio(
            "Gli enti della dimostrazione non si caricano: " + "; ".join(map(str, esito.errori))
        )
    promotore = Ente.objects.select_related("ambito").get(codice=PROMOTORE)
    _soggetti_coinvolti(promotore.ambito)
    nostri = [codice for codice, _ in persone.SOGGETTI_COINVOLTI]
    lucchesi = {riga.split(",")[0] for riga in ENTI_CSV.read_text(encoding="utf-8-sig").splitlines()[1:]}
    attivi = Ente.objects.filter(codice__in=lucchesi | set(nostri), stato=StatoEnte.ATTIVO)
    mondo = Mondo({ente.codice: ente for ente in attivi.select_related("ambito").order_by("codice")})
    anagrafe = _Anagrafe()
    mondo.coordinatore = anagrafe.persona("coordinatore@example.invalid", *persone.COORDINATORE)
    anagrafe.incarica(mondo.coordinatore, mondo.promotore, Ruolo.COORDINATORE)
    for posto, (codice, ente) in enumerate(mondo.enti.items()):
        if ente.tipo == TipoEnte.ALTRO:
            nome = persone.OSSERVATORE if codice == "azienda-usl" else _nome(posto, referente=True)
            persona = anagrafe.persona(f"osservatore.{codice}@example.invalid", *nome)
            mondo.osservatori[codice] = anagrafe.incarica(persona, ente, Ruolo.OSSERVATORE)
            capo = anagrafe.persona(
                f"rappresentante.{codice}@example.invalid", *_nome(posto, referente=False)
            )
            mondo.rappresentanti[codice] = anagrafe.incarica(capo, ente, Ruolo.RAPPRESENTANTE)
            mondo.referenti[codice] = anagrafe.incarica(capo, ente, Ruolo.REFERENTE)
            continue
        referente = anagrafe.persona(
            f"referente.{_corto(codice)}@example.invalid", *_nome(posto, referente=True)
        )
        mondo.referenti[codice] = anagrafe.incarica(referente, ente, Ruolo.REFERENTE)
        if codice == DUE_ENTI[1]:
            capo = mondo.rappresentanti[DUE_ENTI[0]]
        else:
            indirizzo = f"{_titolo(ente)}.{_corto(codice)}@example.invalid"
            capo = anagrafe.persona(indirizzo, *_nome(posto, referente=False))
        mondo.rappresentanti[codice] = anagrafe.incarica(capo, ente, Ruolo.RAPPRESENTANTE)
    anagrafe.rinfresca()
    return mondo


def _nome(posto: int, *, referente: bool) -> tuple[str, str]:
    nomi = persone.NOMI_REFERENTI if referente else persone.NOMI_SINDACI
    cognomi = persone.COGNOMI_REFERENTI if referente else persone.COGNOMI_SINDACI
    return nomi[posto * 7 % len(nomi)], cognomi[posto * 5 % len(cognomi)]
