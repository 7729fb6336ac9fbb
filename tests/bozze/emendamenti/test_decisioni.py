"""The history of the decisions on one amendment."""

from django.urls import reverse

from bozze.interrogazioni.decisioni import storia
from bozze.servizi import esame, riformulazioni
from tests.bozze.emendamenti.fabbriche import cambia, emendamento, versione


def test_la_storia_delle_decisioni_dice_chi_quando_da_che_cosa_e_perche(client, scena):
    versione(scena)
    em = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    scena.porta_a("proposta_definitiva")
    guida = scena.agente(scena.coordinatore)
    assert not storia(em, guida)
    proposta = esame.decidi_emendamento(em, "riformulato", "Così va.", "ogni diciotto mesi", da=guida)
    riformulazioni.rifiuta_riformulazione(proposta, "No, grazie.", da=scena.agente(scena.rappresentante))
    em.refresh_from_db()
    esame.decidi_emendamento(em, "respinto", "Allora no.", da=guida)
    esame.rimetti_in_esame(em, "Ci si ripensa.", da=guida)
    attesa = [
        ("", "Proposta una riformulazione", "Così va."),
        ("", "Riformulazione rifiutata", "No, grazie."),
        ("Da decidere", "Respinto", "Allora no."),
        ("Respinto", "Da decidere", "Ci si ripensa."),
    ]
    assert [(d.prima, d.dopo, d.perche) for d in storia(em, guida)] == attesa
    assert str(scena.coordinatore) in storia(em, guida)[0].chi
    altri = storia(em, scena.agente(scena.rappresentante_altro))
    assert [(d.prima, d.dopo, d.perche) for d in altri] == attesa[2:]
    assert altri[0].chi == scena.accordo.promotore.denominazione
    client.force_login(scena.coordinatore)
    banco = reverse("bozze:esame_articolo", args=["prova", em.sezione_id]) + f"?apri={em.pk}"
    for url in (banco, em.get_absolute_url()):
        pagina = client.get(url).content.decode()
        assert "Storia delle decisioni: 4 passi" in pagina
        assert "Da «Respinto» a «Da decidere»" in pagina


def test_mentre_si_aspetta_una_risposta_il_banco_e_la_pagina_lo_dicono(client, scena):
    versione(scena)
    em = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    scena.porta_a("proposta_definitiva")
    proposta = esame.decidi_emendamento(
        em, "riformulato", "Così va.", "ogni diciotto mesi", da=scena.agente(scena.coordinatore)
    )
    dove = proposta.get_absolute_url()
    client.force_login(scena.coordinatore)
    banco = client.get(reverse("bozze:esame_articolo", args=["prova", em.sezione_id]) + f"?apri={em.pk}")
    assert dove in banco.content.decode()
    assert "Registra la decisione" not in banco.content.decode()
    for chi, azione in (
        ("rappresentante", "Leggi e rispondi"),
        ("coordinatore", "Leggi che cosa si aspetta"),
    ):
        client.force_login(scena.persona(chi))
        pagina = client.get(em.get_absolute_url()).content.decode()
        assert azione in pagina
        assert dove in pagina
    client.force_login(scena.rappresentante_altro)
    assert dove not in client.get(em.get_absolute_url()).content.decode()
