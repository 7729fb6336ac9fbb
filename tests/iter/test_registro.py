"""The registro: what is changed, removed or reordered is found and named; update and delete fail."""

import pytest
from django.db import DatabaseError, connection, transaction

from accordo.iter.models import Evento
from accordo.iter.registro import registra, verifica
from tests.fabbriche import AccordoFactory

pytestmark = pytest.mark.django_db


def _catena(quante: int = 5, **campi):
    accordo = AccordoFactory(**campi)
    for n in range(quante):
        registra(accordo, da=None, verbo=f"prova_{n}", motivazione="perché sì", dati={"n": n})
    return accordo


@pytest.fixture
def senza_trigger(db):
    """Let somebody with the database's keys at their disposal change it."""
    with connection.cursor() as cursore:
        if connection.vendor == "sqlite":
            cursore.execute("DROP TRIGGER iter_evento_no_update")
            cursore.execute("DROP TRIGGER iter_evento_no_delete")
        else:
            cursore.execute("DROP TRIGGER iter_evento_immutabile ON iter_evento")


def test_catena_intera():
    assert verifica(_catena()) is None


def test_registro_vuoto():
    assert verifica(AccordoFactory()) is None


@pytest.mark.parametrize("campo", ["motivazione", "utente_nome", "verbo", "oggetto_id", "stato_a"])
def test_voce_cambiata(senza_trigger, campo):
    accordo = _catena()
    Evento.objects.filter(accordo=accordo, numero=3).update(**{campo: "altro"})
    rottura = verifica(accordo)
    assert rottura is not None
    assert rottura.numero == 3
    assert "cambiata" in rottura.motivo


@pytest.mark.parametrize("numero", [1, 3, 5])
def test_voce_tolta(senza_trigger, numero):
    accordo = _catena()
    Evento.objects.filter(accordo=accordo, numero=numero)._raw_delete(using="default")
    rottura = verifica(accordo)
    assert rottura is not None
    assert rottura.numero == numero


def test_voci_scambiate(senza_trigger):
    accordo = _catena()
    for da, a in ((2, 99), (3, 2), (99, 3)):
        Evento.objects.filter(accordo=accordo, numero=da).update(numero=a)
    rottura = verifica(accordo)
    assert rottura is not None
    assert rottura.numero == 2


@pytest.mark.parametrize("dimostrativo", [True, False])
def test_update_rifiutato(dimostrativo):
    accordo = _catena(dimostrativo=dimostrativo)
    with pytest.raises(DatabaseError, match="non si modifica"), transaction.atomic():
        Evento.objects.filter(accordo=accordo).update(verbo="altro")


def test_delete_rifiutato():
    accordo = _catena(dimostrativo=False)
    with pytest.raises(DatabaseError, match="non si cancella"), transaction.atomic():
        Evento.objects.filter(accordo=accordo)._raw_delete(using="default")


def test_un_accordo_vero_non_si_elimina_ne_diventa_dimostrativo():
    accordo = _catena(dimostrativo=False)
    with pytest.raises(DatabaseError, match="non si cancella"), transaction.atomic():
        type(accordo).objects.filter(pk=accordo.pk)._raw_delete(using="default")
    accordo.dimostrativo = True
    with pytest.raises(DatabaseError, match="non diventa dimostrativo"), transaction.atomic():
        accordo.save()


def test_evento_salvato_una_volta_sola():
    evento = _catena().eventi.first()
    with pytest.raises(TypeError):
        evento.save()
    with pytest.raises(TypeError):
        evento.delete()
