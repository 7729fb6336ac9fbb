"""The settings, read as a process of their own: in production whatever is missing stops the start, by name."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

RADICE = Path(__file__).parent.parent
PRODUZIONE = {
    "ACCORDO_AMBIENTE": "produzione",
    "SECRET_KEY": "una-chiave-lunga-abbastanza-e-casuale-0123456789-abcdefghij-klmnopqr",
    "ALLOWED_HOSTS": "accordo.example.invalid",
    "INDIRIZZO_PUBBLICO": "https://accordo.example.invalid",
    "DATABASE_URL": "sqlite://:memory:",
    "SMTP_HOST": "posta.example.invalid",
    "MITTENTE": "Accordo <accordo@example.invalid>",
}


def manage(*argomenti: str, ambiente: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run manage.py with nothing in its environment but what is given."""
    essenziale = {nome: os.environ[nome] for nome in ("PATH", "HOME", "LANG", "TMPDIR") if nome in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *argomenti],
        cwd=RADICE,
        env=essenziale | ambiente,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("manca", sorted(PRODUZIONE.keys() - {"ACCORDO_AMBIENTE"}))
def test_in_produzione_dice_che_cosa_manca(manca: str) -> None:
    uscita = manage("check", ambiente={nome: valore for nome, valore in PRODUZIONE.items() if nome != manca})
    assert uscita.returncode != 0
    assert f"serve la variabile d'ambiente {manca}" in uscita.stderr


def test_in_produzione_con_tutto_parte_ed_e_al_sicuro(tmp_path: Path) -> None:
    """Django's own list for production finds nothing, but for HSTS over subdomains, which are not ours to promise."""
    uscita = manage(
        "check", "--deploy", "--fail-level", "WARNING", ambiente=PRODUZIONE | {"DATI_DIR": str(tmp_path)}
    )
    avvisi = [riga for riga in uscita.stderr.splitlines() if ": (" in riga and "security.W005" not in riga]
    assert not [riga for riga in avvisi if "security.W021" not in riga], uscita.stderr


def test_ogni_variabile_e_nel_readme() -> None:
    """Whatever the settings read from the environment, README.md explains."""
    lette = re.findall(
        r"""(?:environ\.get|environ\[|_richiesta)\(?["']([A-Z_]+)""",
        (RADICE / "accordo/settings.py").read_text(),
    )
    readme = (RADICE / "README.md").read_text()
    assistenza = {
        "ASSISTENZA_ORARIO": "_ORARIO",
        "ASSISTENZA_TELEFONO": "_TELEFONO",
        "ASSISTENZA_POSTA": "_POSTA",
    }
    mancanti = [nome for nome in lette if f"`{assistenza.get(nome, nome)}" not in readme]
    assert lette
    assert not mancanti
