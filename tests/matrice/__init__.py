"""The permissions matrix: one module per app, each with its `RIGHE` (see `base.py`)."""
