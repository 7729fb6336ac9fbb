"""The pure core stands by itself: lifted out into an empty folder, with Django out of reach, it does all it does."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

RADICE = Path(__file__).parents[3]
NUCLEO = RADICE / "bozze" / "testo"
_PROVA = """
import importlib, pkgutil, sys

class Vietato:
    def find_spec(self, nome, *altro):
        if nome.partition(".")[0] in {"django", "docx", "lxml", "weasyprint", "openpyxl"}:
            raise ImportError(f"{nome}: the core must do without it")

sys.meta_path.insert(0, Vietato())
import bozze.testo
for modulo in pkgutil.walk_packages(bozze.testo.__path__, "bozze.testo."):
    importlib.import_module(modulo.name)
exec(sys.stdin.read())
assert len(collisioni(testo, {"1.1": [parole], "1.2": [Sopprimi(primo.id)]})) == 1
assert [r.esito.value for r in confronta(testo, nuovo)] == ["uguale", "modificata", "soppressa"]
assert "sei mesi" in formula(testo, parole)
print(nuovo.impronta)
"""


def test_si_porta_via_e_funziona(tmp_path):
    """The example of its own documentation runs there, word for word."""
    (tmp_path / "accordo" / "base").mkdir(parents=True)
    (tmp_path / "bozze").mkdir()
    for cartella in ("accordo", "accordo/base", "bozze"):
        (tmp_path / cartella / "__init__.py").touch()
    shutil.copy(RADICE / "accordo/base/differenze.py", tmp_path / "accordo/base")
    shutil.copytree(NUCLEO, tmp_path / "bozze/testo", ignore=shutil.ignore_patterns("__pycache__"))
    esempio = re.search(r"```python\n(.*?)```", (NUCLEO / "README.md").read_text(encoding="utf-8"), re.S)
    assert esempio is not None
    esito = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{_PROVA}"],
        input=esempio[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert esito.returncode == 0, esito.stderr
    assert re.fullmatch(r"[0-9a-f]{64}\n", esito.stdout)


def test_la_sua_carta_nomina_ogni_modulo():
    carta = (NUCLEO / "README.md").read_text(encoding="utf-8")
    for modulo in NUCLEO.glob("*.py"):
        if modulo.stem != "__init__":
            assert f"`{modulo.stem}`" in carta, modulo.name


def test_non_importa_nulla_da_fuori():
    for modulo in NUCLEO.rglob("*.py"):
        for nodo in ast.walk(ast.parse(modulo.read_text(encoding="utf-8"))):
            nomi = [nodo.module or ""] if isinstance(nodo, ast.ImportFrom) else []
            nomi += [alias.name for alias in nodo.names] if isinstance(nodo, ast.Import) else []
            for nome in nomi:
                cima = nome.partition(".")[0]
                ammesso = cima in sys.stdlib_module_names or nome.startswith("bozze.testo")
                assert ammesso or nome == "accordo.base.differenze", f"{modulo.name}: {nome}"
