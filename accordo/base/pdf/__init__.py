"""Every document the portal prints: one template, one accessible and archivable PDF."""

from accordo.base.pdf.composizione import componi

__all__ = ["componi"]
