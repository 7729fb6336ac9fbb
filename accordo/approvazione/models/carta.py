"""Papers of the bodies, as they come from their offices: a PDF, or a PDF in an envelope of signature (.p7m)."""


class ConCarta:
    """A row with a `file` that came as `file_nome`."""

    file_nome: str

    @property
    def estensione(self) -> str:
        """How the file is called at its end."""
        return estensione_carta(self.file_nome)

    @property
    def formato(self) -> str:
        """What it is, for people."""
        return "PDF firmato, .p7m" if self.estensione == "pdf.p7m" else "PDF"


def estensione_carta(nome: str) -> str:
    """The end of a stored paper's name, by that of the file that came."""
    return "pdf.p7m" if nome.lower().endswith(".p7m") else "pdf"
