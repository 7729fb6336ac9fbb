"""Views: of who takes part (lavoro), of everybody (pubbliche), the guide and the fixed pages (guida)."""

from accordo.cruscotto.views.guida import galleria, guida, guida_ruolo, pagina
from accordo.cruscotto.views.lavoro import attivita, calendario, cruscotto, mie_attivita, promemoria, tempi
from accordo.cruscotto.views.pubbliche import accordo, ente, enti, home

__all__ = [
    "accordo",
    "attivita",
    "calendario",
    "cruscotto",
    "ente",
    "enti",
    "galleria",
    "guida",
    "guida_ruolo",
    "home",
    "mie_attivita",
    "pagina",
    "promemoria",
    "tempi",
]
