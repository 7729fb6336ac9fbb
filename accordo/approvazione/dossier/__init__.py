"""What a body is handed to approve the text: the text, a draft of its own act, the story of what it had asked for.

- ``schema``     the draft act, in words, by kind of body and of organ
- ``word``       the same as a Word document to adapt
- ``carte``      its PDFs, and all of it in one archive
"""
