"""The pages of the text, of the amendments and of their examination."""
