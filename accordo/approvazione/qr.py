"""A QR code as an SVG address that a print template can show."""

import base64

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode


def qr_svg(testo: str) -> str:
    """Return a data: address of an SVG; the same text gives the same drawing."""
    codice: QRCode = QRCode(border=0, error_correction=ERROR_CORRECT_M)
    codice.add_data(testo)
    codice.make(fit=True)
    matrice = codice.get_matrix()
    lato = len(matrice)
    tratti = "".join(
        f"M{colonna} {riga}h1v1h-1z"
        for riga, celle in enumerate(matrice)
        for colonna, piena in enumerate(celle)
        if piena
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {lato} {lato}"><path fill="#17324d" d="{tratti}"/></svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
