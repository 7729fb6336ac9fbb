"""Akoma Ntoso 3.0: a version of the text, or an amendment, as an XML document valid by the strict OASIS schema.

- ``scheda``      what the metadata say: who, when, which version, the steps of the procedure
- ``identita``    the eId of each disposition ("art_2-ter__para_1-bis"), and the wId it was born with
- ``documento``   tree → act
- ``emendamento`` operations → amendment
- ``xml``         elements and bytes

Source: OASIS LegalDocML, Akoma Ntoso Version 1.0 (namespace 3.0) and its Naming Convention. There is no document type
for an agreement: an ``act`` named "accordo" holds all that an accord has.
"""
