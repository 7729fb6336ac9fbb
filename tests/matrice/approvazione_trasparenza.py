"""Who gets the list of all public accords: everybody."""

from tests.matrice.base import PUBBLICA, Riga

RIGHE = {
    "approvazione:trasparenza_elenco": Riga(PUBBLICA),
    "approvazione:trasparenza_elenco_csv": Riga(PUBBLICA),
    "approvazione:trasparenza_elenco_json": Riga(PUBBLICA),
}
