"""Published versions, in a line."""

from bozze.models import Versione
from bozze.testo.lettura import leggi

BREVE = """ACCORDO DI PROVA
per la sicurezza

PREMESSO CHE

a) la sicurezza è un bene comune;

le Parti convengono quanto segue

TITOLO I - Disposizioni generali

Art. 1 - Oggetto
1. Le Parti collaborano per due anni.
2. Gli obiettivi sono:
a) la prevenzione;
b) la formazione.

Art. 2 - Durata
1. L'accordo dura tre anni.

TITOLO II - Disposizioni finali

Art. 3 - Firma
1. L'accordo si firma con firma digitale.

ALLEGATO A - Enti
Elenco degli enti.
"""


def versione(scena, numero=1, sorgente=BREVE, definitiva=False) -> Versione:
    albero = leggi(sorgente, "prova").testo
    return Versione.objects.create(
        accordo=scena.accordo,
        numero=numero,
        definitiva=definitiva,
        testo=albero.in_dati(),
        impronta=albero.impronta,
        pubblicata_da=scena.coordinatore,
    )
