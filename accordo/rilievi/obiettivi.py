"""The accord's objectives, as the source document lists them ("Gli obiettivi dell'accordo")."""

OBIETTIVI: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "1",
        "Accrescere il livello di cooperazione tra le istituzioni",
        (
            "migliorare la conoscenza dei fenomeni",
            "condividere strategie d'azione",
            "dotarsi di strumenti di programmazione",
            "estendere e innovare la capacità d'intervento",
            "verificare l'impatto delle politiche",
        ),
    ),
    (
        "2",
        "Coinvolgere gli attori locali dei territori",
        (
            "valorizzare le risorse di cui i territori dispongono",
            "promuovere la partecipazione e la responsabilità dei cittadini",
            "migliorare il dialogo tra cittadini e istituzioni",
        ),
    ),
    (
        "3",
        "Integrare le competenze, gli approcci, le risorse",
        (
            "rendere complementari le risorse esistenti",
            "intervenire in modo coordinato e mirato",
            "sviluppare nuove progettualità",
        ),
    ),
    (
        "4",
        "Sperimentare azioni concrete a supporto di una strategia generale",
        (
            "definire le priorità d'intervento",
            "individuare azioni e strumenti",
            "concordare responsabilità, ruoli, funzioni",
        ),
    ),
)
