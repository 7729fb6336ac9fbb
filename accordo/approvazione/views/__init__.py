"""The pages of phase 8."""
