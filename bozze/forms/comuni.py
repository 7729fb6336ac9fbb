"""What the forms of this app share."""

from django import forms


def area(righe: int, **attributi: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": righe, **attributi})


class ConErrori(forms.Form):
    """A form whose fields say, to who cannot see, that they are wrong and why."""

    use_required_attribute = False

    def _descrivi(self) -> None:
        for nome, campo in self.fields.items():
            descrizioni = [f"errore-{nome}"] if nome in self.errors else []
            if campo.help_text or nome == "testo":
                descrizioni.append(f"info-{nome}")
            if descrizioni and not isinstance(campo.widget, forms.RadioSelect | forms.HiddenInput):
                campo.widget.attrs["aria-describedby"] = " ".join(descrizioni)
            if nome in self.errors:
                campo.widget.attrs["aria-invalid"] = "true"

    def full_clean(self) -> None:
        """Check, then describe the errors beside the fields."""
        super().full_clean()
        if self.is_bound:
            self._descrivi()
