"""Taking the results away, in Excel and in CSV, by the rules of who asks."""

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import permessi
from questionari.esiti import esporta
from questionari.esiti.esporta import Lettore
from questionari.esiti.quadro import Quadro
from questionari.views.esiti.comuni import quadro_o_404

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def scarica(
    request: RichiestaAutenticata, slug: str, formato: str
) -> HttpResponse | FileResponse | StreamingHttpResponse:
    """The answers that the reader may have, the code book and the results; in CSV the results alone."""
    quadro = quadro_o_404(request, slug)
    coordina = permessi.coordina(request.agente, quadro.accordo)
    return da_scaricare(quadro, Lettore(tutto=coordina, ente=request.agente.ente_id), formato)


def da_scaricare(
    quadro: Quadro, lettore: Lettore, formato: str
) -> HttpResponse | FileResponse | StreamingHttpResponse:
    """The file in the format asked for, by what this reader may have; 404 for a format that there is not."""
    slug = quadro.accordo.slug
    if formato == "xlsx":
        return FileResponse(
            esporta.excel(quadro, lettore),
            as_attachment=True,
            filename=f"esiti-{slug}.xlsx",
            content_type=EXCEL,
            headers={"Cache-Control": "private, no-store"},
        )
    fogli = {
        "csv": (esporta.esiti, "esiti"),
        "risposte.csv": (lambda q: esporta.risposte(q, lettore), "risposte"),
    }
    if formato not in fogli:
        raise Http404
    righe, nome = fogli[formato]
    return StreamingHttpResponse(
        esporta.csv(righe(quadro)),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{nome}-{slug}.csv"',
            "Cache-Control": "private, no-store",
        },
    )
