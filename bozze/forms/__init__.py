"""The forms of the text, of the remarks and of the amendments."""
