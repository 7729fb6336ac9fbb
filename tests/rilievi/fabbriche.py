"""Findings for tests."""

import factory
from factory.django import DjangoModelFactory

from accordo.rilievi.models import Rilievo, TipoRilievo
from accordo.rilievi.servizi import assicura_obiettivi
from tests.fabbriche import AccordoFactory, AmbitoFactory, UtenteFactory


class RilievoFactory(DjangoModelFactory):
    class Meta:
        model = Rilievo
        skip_postgeneration_save = True

    accordo = factory.SubFactory(AccordoFactory)
    numero = factory.Sequence(lambda n: n + 1)
    ambito = factory.SubFactory(AmbitoFactory)
    tipo = TipoRilievo.CRITICITA
    testo = factory.Sequence(lambda n: f"Manca un raccordo stabile tra le sale operative {n}.")
    creato_da = factory.SubFactory(UtenteFactory)

    @factory.post_generation
    def obiettivi(obj, create, extracted, **kwargs):
        assicura_obiettivi(obj.accordo)
        obj.obiettivi.set(obj.accordo.obiettivi.filter(codice__in=extracted or ["1.2"]))
