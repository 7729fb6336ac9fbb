"""Factories for bodies, people, roles and accords."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from accordo.enti.models import Ambito, Ente, Incarico, Ruolo, TipoEnte, Utente
from accordo.iter.models import Accordo, FaseAccordo, Partecipazione, StatoPartecipazione
from accordo.iter.procedura import processo


class AmbitoFactory(DjangoModelFactory):
    class Meta:
        model = Ambito

    codice = factory.Sequence(lambda n: f"ambito-{n}")
    nome = factory.Sequence(lambda n: f"Ambito {n}")
    ordine = factory.Sequence(lambda n: n)


class EnteFactory(DjangoModelFactory):
    class Meta:
        model = Ente

    codice = factory.Sequence(lambda n: f"comune-{n}")
    tipo = TipoEnte.COMUNE
    denominazione = factory.Sequence(lambda n: f"Comune di Paese {n}")
    ambito = factory.SubFactory(AmbitoFactory)
    popolazione = 5000
    popolazione_anno = 2023
    titolo_rappresentante = "Sindaco"


class UtenteFactory(DjangoModelFactory):
    class Meta:
        model = Utente
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persona{n}@example.invalid")
    nome = factory.Sequence(lambda n: f"Nome{n}")
    cognome = factory.Sequence(lambda n: f"Cognome{n}")
    password = factory.django.Password("una-parola-lunga-9")


class IncaricoFactory(DjangoModelFactory):
    class Meta:
        model = Incarico

    utente = factory.SubFactory(UtenteFactory)
    ente = factory.SubFactory(EnteFactory)
    ruolo = Ruolo.REFERENTE
    dal = date(2020, 1, 1)


class AccordoFactory(DjangoModelFactory):
    """An accord in its first phase, with the rows of its eight phases. Invented data: a test's database can be emptied."""

    class Meta:
        model = Accordo
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"accordo-{n}")
    titolo = factory.Sequence(lambda n: f"Accordo per la sicurezza {n}")
    promotore = factory.SubFactory(EnteFactory, tipo=TipoEnte.PROVINCIA, denominazione="Provincia di Prova")
    dimostrativo = True

    @factory.post_generation
    def fasi(obj, create, extracted, **kwargs):
        for ordine, fase in enumerate(processo().fasi, start=1):
            FaseAccordo.objects.create(accordo=obj, codice=fase.codice, ordine=ordine)


class PartecipazioneFactory(DjangoModelFactory):
    class Meta:
        model = Partecipazione

    accordo = factory.SubFactory(AccordoFactory)
    ente = factory.SubFactory(EnteFactory)
    stato = StatoPartecipazione.PARTECIPA
