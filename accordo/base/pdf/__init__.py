"""Every document the portal prints: one template, one accessible and archivable PDF."""

from .composizione import componi

__all__ = ["componi"]
