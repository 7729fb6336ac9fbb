"""What goes to the preservation system: one BagIt 1.0 bag (RFC 8493), in a ZIP, the same bytes for the same accord.

- ``contenuto``  which files, and where each comes from
- ``lavori``     those of the phases before: minutes, survey
- ``documento``  one file with what is said of it
- ``metadati``   the minimal metadata of each document (norme.md, R12; AgID guidelines, annex 5)
- ``sacco``      the bag: files copied in pieces, fingerprints computed on the way, manifests at the end
"""
