"""The bench of the text: collisions, consolidation, the desk, the list, the papers, with a thousand amendments and more.

39 bodies stand for a draft of 300 commi with 1,000 amendments; more bodies make both longer in proportion, so that
`--enti 39 390 1950` shows how cost grows at 1×, 10× and 50×.
"""

import uuid
from collections import Counter
from random import Random

from django.test import Client
from django.urls import reverse

from accordo.base import orologio
from accordo.base.prestazioni import Banco
from accordo.iter.prestazioni import Territorio, costruisci
from bozze.models import Emendamento, Versione
from bozze.redazione import sezione_di
from bozze.servizi.testo import carica_testo
from bozze.stati import TipoEmendamento
from bozze.testo.albero import Disposizione, Testo, Tipo
from bozze.testo.collisioni import collisioni
from bozze.testo.confronto import confronta
from bozze.testo.consolidamento import consolida
from bozze.testo.formule import classe, formula
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import Operazione, Sopprimi, SostituisciParole, bersaglio, in_dati

NOME = "bozze"
COMMI, EMENDAMENTI, ENTI = 300, 1000, 39
PER_ARTICOLO = 10
_PAROLE = [
    "gli",
    "enti",
    "che",
    "sottoscrivono",
    "l'accordo",
    "si",
    "impegnano",
    "entro",
    "tre",
    "mesi",
    "a",
    "coordinare",
    "i",
    "servizi",
    "di",
    "polizia",
    "locale",
    "nelle",
    "aree",
    "comuni",
    "secondo",
    "il",
    "programma",
    "annuale",
    "approvato",
    "dalla",
    "cabina",
    "di",
    "regia",
]


def prova(banco: Banco, enti: int) -> None:
    """Measure the core alone, then the pages of the desk on the database."""
    volte = max(1, round(enti / ENTI))
    dado = Random(7)  # noqa: S311  the same bench at every run
    testo = _testo(dado, COMMI * volte)
    proposte = _proposte(dado, testo, EMENDAMENTI * volte)
    with banco.misura("collisioni") as nota:
        trovate = collisioni(testo, {str(n): (operazione,) for n, operazione in enumerate(proposte)})
        nota.append(f"{len(testo.indice)} disposizioni, {len(proposte)} emendamenti, {len(trovate)} incontri")
    in_urto = {int(chiave) for collisione in trovate if collisione.blocca for chiave in collisione.chiavi}
    concordi = [operazione for n, operazione in enumerate(proposte) if n not in in_urto]
    with banco.misura("consolidamento") as nota:
        nuovo = consolida(testo, concordi)
        nota.append(f"{len(concordi)} accolti")
    with banco.misura("confronto delle due versioni"):
        confronta(testo, nuovo)
    _pagine(banco, enti, testo, proposte)


def _pagine(banco: Banco, enti: int, testo: Testo, proposte: list[Operazione]) -> None:
    mondo = costruisci(enti)
    _scrivere(banco, mondo, testo)
    mondo.porta_a("proposta_definitiva")
    versione = Versione.objects.create(
        accordo=mondo.accordo, numero=1, testo=testo.in_dati(), impronta=testo.impronta
    )
    _scrivi(mondo, versione, testo, proposte)
    client, slug = Client(), mondo.accordo.slug
    client.force_login(mondo.coordinatore)
    sezione = testo.articoli()[0].id
    for cosa, indirizzo in (
        ("il testo con i conteggi", reverse("bozze:testo", args=[slug])),
        ("l'elenco degli emendamenti", reverse("bozze:emendamenti", args=[slug])),
        ("l'indice dell'esame", reverse("bozze:esame", args=[slug])),
        ("il banco di un articolo", reverse("bozze:esame_articolo", args=[slug, sezione])),
        ("la tavola sinottica", reverse("bozze:sinottica", args=[slug])),
        ("il foglio di calcolo", reverse("bozze:emendamenti_xlsx", args=[slug])),
        ("i dati in JSON", reverse("bozze:emendamenti_json", args=[slug])),
    ):
        with banco.misura(cosa) as nota:
            pagina = client.get(indirizzo)
            nota.append(f"{pagina.status_code}, {len(pagina.content) // 1024} kB")


def _scrivere(banco: Banco, mondo: Territorio, testo: Testo) -> None:
    """One comma saved in the editor, and one moved: what a drafter waits for at each key."""
    mondo.porta_a("bozza")
    bozza = carica_testo(mondo.accordo, testo, da=mondo.agente(mondo.coordinatore))
    client, slug = Client(), mondo.accordo.slug
    client.force_login(mondo.coordinatore)
    nodo = bozza.nodi.filter(tipo=Tipo.COMMA.value).order_by("pk")[0]
    for cosa, nome, dati in (
        ("salvare un comma della bozza", "bozze:salva", {"testo": "Nuove parole.", "revisione": 0}),
        ("spostare un comma della bozza", "bozze:sposta", {"verso": "giu"}),
    ):
        bozza.refresh_from_db()
        url = reverse(nome, args=[slug, nodo.codice])
        with banco.misura(cosa) as nota:
            pagina = client.post(url, {**dati, "visto": bozza.conta}, headers={"X-Redazione": "1"})
            nota.append(f"{pagina.status_code}, {len(pagina.content) // 1024} kB")


def _testo(dado: Random, commi: int) -> Testo:
    def codice() -> str:
        return str(uuid.UUID(int=dado.getrandbits(128), version=4))

    def comma() -> Disposizione:
        return Disposizione(codice(), Tipo.COMMA, " ".join(dado.choices(_PAROLE, k=40)) + ".")

    def articolo(numero: int) -> Disposizione:
        figli = tuple(comma() for _ in range(min(PER_ARTICOLO, commi - numero * PER_ARTICOLO)))
        return Disposizione(codice(), Tipo.ARTICOLO, "", f"Materia {numero + 1}", figli)

    quanti = -(-commi // PER_ARTICOLO)
    return Testo("Accordo di prova", "", tuple(articolo(numero) for numero in range(quanti)))


def _proposte(dado: Random, testo: Testo, quante: int) -> list[Operazione]:
    """One in twenty deletes a comma, the others replace a word of one."""
    commi = [nodo for nodo in testo.disposizioni() if nodo.tipo is Tipo.COMMA]
    fatte: list[Operazione] = []
    for _ in range(quante):
        comma = dado.choice(commi)
        if dado.random() < 0.05:
            fatte.append(Sopprimi(comma.id))
            continue
        pezzi = comma.testo.split(" ")
        posto = dado.randrange(len(pezzi) - 1)
        inizio = len(" ".join(pezzi[:posto])) + (1 if posto else 0)
        fatte.append(SostituisciParole(comma.id, pezzi[posto], f"nuovo{dado.randrange(99)}", inizio))
    return fatte


def _scrivi(mondo: Territorio, versione: Versione, testo: Testo, proposte: list[Operazione]) -> None:
    """The amendments as rows, in bulk: the bench does not measure how they were written."""
    adesso, detti = orologio.adesso(), nomi(testo)
    numeri: Counter[str] = Counter()
    righe = []
    for posto, operazione in enumerate(proposte):
        dove = bersaglio(operazione)
        sezione = sezione_di(testo, detti, dove)
        tipo = TipoEmendamento(classe(operazione).value)
        disposto = formula(testo, operazione, detti)
        numeri[sezione.id] += 1
        righe.append(
            Emendamento(
                accordo=mondo.accordo,
                versione=versione,
                ente=mondo.enti[posto % len(mondo.enti)],
                stato="presentato",
                operazioni=[in_dati(operazione)],
                motivazione="Per chiarezza.",
                autore=mondo.referente,
                disposizione_id=dove,
                dove=detti[dove].esteso[:200],
                ordine=testo.indice[dove].ordine,
                sezione_id=sezione.id,
                sezione_nome=sezione.nome,
                sezione_ordine=sezione.ordine,
                prefisso=sezione.prefisso,
                tipo=tipo,
                ordine_tipo=list(TipoEmendamento).index(tipo),
                disposto=disposto,
                sintesi=disposto[:300],
                numero=numeri[sezione.id],
                presentato_il=adesso,
                presentato_da=mondo.rappresentante,
            )
        )
    Emendamento.objects.bulk_create(righe, batch_size=500)
