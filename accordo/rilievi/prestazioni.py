"""The bench of the findings: `manage.py prestazioni rilievi`. Five thousand of them, whatever the number of bodies."""

from random import Random

from django.test import Client
from django.urls import reverse

from accordo.base.prestazioni import Banco
from accordo.iter.prestazioni import Territorio, costruisci
from accordo.rilievi import interrogazioni, servizi
from accordo.rilievi.models import Fonte, GenereFonte, Obiettivo, Rilievo, TipoRilievo
from accordo.rilievi.stati import StatoRilievo

NOME = "rilievi"
QUANTI = 5_000
_COSE = (
    "stazioni",
    "scuole",
    "sale operative",
    "pattuglie",
    "parchi",
    "truffe",
    "dati",
    "bandi",
    "turni",
    "aree",
)
_DOVE = (
    "nelle ore serali",
    "nei comuni montani",
    "lungo il litorale",
    "nelle frazioni",
    "in estate",
    "in centro",
)
_COME = ("manca un raccordo su", "sono pochi i mezzi per", "serve un piano per", "funziona la rete per")


def _scrivi(mondo: Territorio) -> None:
    dado = Random(7)  # noqa: S311  # made-up sentences, not secrets
    servizi.assicura_obiettivi(mondo.accordo)
    sotto = list(Obiettivo.objects.filter(accordo=mondo.accordo, genitore__isnull=False))
    ambiti = list(interrogazioni.ambiti_dell_accordo(mondo.accordo))
    scritti = Rilievo.objects.bulk_create(
        [
            Rilievo(
                accordo=mondo.accordo,
                numero=numero,
                ambito=dado.choice(ambiti),
                tipo=dado.choice(TipoRilievo.values),
                testo=f"{dado.choice(_DOVE)} {dado.choice(_COME)} {dado.choice(_COSE)}, caso {dado.randrange(900)}",
                stato=dado.choice((StatoRilievo.PROPOSTO, StatoRilievo.CONFERMATO)),
                priorita=dado.choice((None, 1, 5, 9)),
                creato_da=mondo.coordinatore,
            )
            for numero in range(1, QUANTI + 1)
        ],
        batch_size=1000,
    )
    legami = Rilievo.obiettivi.through
    legami.objects.bulk_create(
        [
            legami(rilievo_id=r.pk, obiettivo_id=o.pk)
            for r in scritti
            for o in dado.sample(sotto, dado.choice((1, 2)))
        ],
        batch_size=2000,
    )
    Fonte.objects.bulk_create(
        [Fonte(rilievo=r, genere=GenereFonte.ALTRO, testo=f"Fonte {n}") for r in scritti for n in (1, 2)],
        batch_size=2000,
    )


def prova(banco: Banco, enti: int) -> None:
    """Measure the table, the list, the search, one finding, the duplicates, the PDF and the spreadsheet."""
    mondo = costruisci(enti)
    _scrivi(mondo)
    client = Client()
    client.force_login(mondo.coordinatore)
    slug = mondo.accordo.slug
    quadro = reverse("rilievi:quadro", args=[slug])
    client.get(quadro)
    pagine = (
        (f"quadro di {QUANTI} rilievi", quadro),
        ("elenco, ultima pagina", f"{quadro}?vista=elenco&page=125"),
        ("ricerca di due parole", f"{quadro}?cerca=stazioni+montani"),
        ("un rilievo, con i simili", reverse("rilievi:rilievo", args=[slug, QUANTI // 2])),
        ("doppioni di un ambito", reverse("rilievi:doppioni", args=[slug])),
        ("PDF: la scelta dei documenti", reverse("rilievi:quadro_pdf", args=[slug])),
        ("PDF: la prima parte", f"{reverse('rilievi:quadro_pdf', args=[slug])}?parte=1"),
        ("foglio XLSX", reverse("rilievi:quadro_xlsx", args=[slug])),
    )
    for cosa, indirizzo in pagine:
        with banco.misura(cosa) as nota:
            risposta = client.get(indirizzo)
        nota.append(f"{risposta.status_code}, {len(risposta.content) // 1024} KB")
