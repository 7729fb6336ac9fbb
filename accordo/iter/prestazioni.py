"""A territory of any size for the benches: bodies, people and an accord, written in bulk."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accordo.enti.agente import Agente, agente_per
from accordo.enti.models import Ambito, Ente, Incarico, Ruolo, TipoEnte, Utente
from accordo.iter.models import Accordo, Partecipazione
from accordo.iter.servizi import crea_accordo

ENTI_PER_AMBITO = 13
_NESSUNA = make_password(None)
_CLASSI = (800, 2_400, 4_800, 7_500, 12_000, 18_000, 45_000)


@dataclass(frozen=True)
class Territorio:
    """An accord with its bodies, each with a referente and a representative; those named here are the first body's."""

    accordo: Accordo
    enti: tuple[Ente, ...]
    coordinatore: Utente
    referente: Utente
    rappresentante: Utente

    def agente(self, utente: Utente, ente: Ente | None = None) -> Agente:
        """Return the person as they act for `ente` (the promoter if not given)."""
        return agente_per(utente, ente or self.accordo.promotore)

    def porta_a(self, fase: str) -> None:
        """Set the accord's phase directly: the bench does not measure the walk."""
        Accordo.objects.filter(pk=self.accordo.pk).update(fase=fase)
        self.accordo.fase = fase


def _persone(enti: list[Ente], ruolo: Ruolo) -> list[Utente]:
    """Give each body a person of its own with that role."""
    utenti = Utente.objects.bulk_create(
        [
            Utente(
                email=f"{ruolo}-{ente.pk}@example.invalid",
                nome=ruolo.label,
                cognome=f"{ente.pk}",
                password=_NESSUNA,
            )
            for ente in enti
        ],
        batch_size=1000,
    )
    Incarico.objects.bulk_create(
        [Incarico(utente=utente, ente=ente, ruolo=ruolo) for utente, ente in zip(utenti, enti, strict=True)],
        batch_size=1000,
    )
    return utenti


def costruisci(enti: int) -> Territorio:
    """Write an accord of `enti` bodies in areas of about thirteen (at most forty areas), nine in ten of them Comuni."""
    promotore = Ente.objects.create(
        codice="provincia-di-prova",
        tipo=TipoEnte.PROVINCIA,
        denominazione="Provincia di Prova",
        ambito=Ambito.objects.create(codice="provincia", nome="Provincia"),
    )
    quanti = max(1, min(40, enti // ENTI_PER_AMBITO))
    ambiti = Ambito.objects.bulk_create(
        [
            Ambito(codice=f"ambito-{n}", nome=f"Ambito territoriale {n}", ordine=n)
            for n in range(1, quanti + 1)
        ]
    )
    scritti = Ente.objects.bulk_create([_ente(n, ambiti[n % quanti]) for n in range(enti)], batch_size=1000)
    coordinatore = Utente.objects.create(
        email="coordinatore@example.invalid", nome="Coordinatrice", cognome="Di Prova", password=_NESSUNA
    )
    Incarico.objects.create(utente=coordinatore, ente=promotore, ruolo=Ruolo.COORDINATORE)
    referenti, rappresentanti = (
        _persone(scritti, ruolo) for ruolo in (Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)
    )
    accordo = crea_accordo(
        slug="prova",
        titolo="Accordo di prova",
        promotore=promotore,
        sottoscrittori=scritti,
        dimostrativo=True,
    )
    Partecipazione.objects.filter(accordo=accordo).update(stato="partecipa")
    return Territorio(accordo, tuple(scritti), coordinatore, referenti[0], rappresentanti[0])


def _ente(numero: int, ambito: Ambito) -> Ente:
    comune = numero % 10 != 9
    return Ente(
        codice=f"ente-{numero}",
        tipo=TipoEnte.COMUNE if comune else TipoEnte.UNIONE_COMUNI,
        denominazione=f"Comune di Paese {numero}" if comune else f"Unione dei Comuni {numero}",
        ambito=ambito,
        popolazione=_CLASSI[numero // 3 % len(_CLASSI)] + numero % 700 if comune else None,
        popolazione_anno=2023 if comune else None,
        titolo_rappresentante="Sindaco" if comune else "Presidente",
    )
