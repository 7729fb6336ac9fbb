"""The pure core of the text: tree, numbers, reading, operations, collisions, consolidation, wording, comparison.

Nothing here knows Django, the database or a request: the package can be lifted out as it stands (README.md says how).

- ``albero``          the tree of dispositions, its JSON and its hash
- ``numerazione``     the numbers and names derived from the tree ("articolo 5, comma 2, lettera b)")
- ``bis``             a new text with the numbers of the old one: what is new is bis, ter
- ``lettura``         plain text → tree, with a report in which no word is lost
- ``operazioni``      what an amendment does: explicit operations on dispositions, and their checks
- ``collisioni``      which amendments cannot stand together, and why
- ``consolidamento``  (text, accepted operations) → new text
- ``subemendamenti``  what a sub-amendment does to the words that an amendment brings
- ``formule``         an operation in legal Italian; the order of examination
- ``citazioni``       quoted words: where they stand, and what became of them
- ``confronto``       what changed, word by word inside a comma, and between two versions
- ``stesura``         writing by moves that can be taken back: promote, demote, undo, lines pasted
- ``fronte``          two texts side by side, and the table of correspondence of numbers
- ``rinvii``          cross references: where they lead, and their numbers kept true
- ``segni``, ``costruzione``, ``riconoscimento``, ``ordine``  what ``lettura``, ``fronte`` and ``formule`` rest on
- ``akn``             a version or an amendment as Akoma Ntoso 3.0
- ``parole``          cleaning and cutting into words, shared by all
"""
