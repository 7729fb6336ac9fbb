"""What may be published of the answers, so that no body's `aggregata` answer can be learned. Pure: no Django.

What each reader gets
    The coordinator's office ("segreteria tecnica") reads every answer; that is its task. Everybody else, in the
    portal, in the PDF, in the exports and as a citizen, gets the very same numbers: there are no two publications of
    which one could be subtracted from the other.

    `pubblica`    published with the body's name.
    `aggregata`   published only as counts over groups of bodies, by the rules below.
    `riservata`   nothing is published, not even how many answered.

    A question that is asked only because of another answer says something of that answer, so it is at least as
    confidential as every question that its condition looks at (`livelli.effettiva`).

What the attacker knows
    Who takes part and who has sent; each body's area, kind and population; the whole questionnaire, and so who is asked
    what; all `pubblica` answers; this program; everything published. The attacker may be one of the bodies: it knows
    its own answers too, which its page and its report set beside its area's, and takes them away from every number.

How it is kept
    1. Blocks (`blocchi.forma`). Who has sent is divided once, for the whole questionnaire, into blocks of at least
       `soglia` bodies that the attacker cannot tell apart by the questions they are asked. The division looks at
       areas, kinds, classes of population and `pubblica` answers, never at what is to be protected. Whoever finds no
       block (a Prefettura alone) stays out of everything, totals too: otherwise subtraction would give its answer.
    2. Everything published at the full level is a sum over whole blocks: total, by area, by kind, by class, and the
       cross tables. Blocks are the finest partition there is, so no subtraction between tables, filters or exports
       gives less than a block.
    3. Same answers (`livelli.livello`). In a block where all gave the same answer, the count would be the answer of
       each; where all but one did, the one knows what the others said. Such a question is published less finely for all: only by area; if an area too is all of one mind, only
       in total; if that is too, not at all. Coarser for all, because hiding a single group would leave it to be had
       by subtraction, and leaving its bodies out would falsify the totals.
    4. The program is known, so that it went coarser says "somewhere all were of one mind". Before a coarser level is
       used, it is made sure that this leaves at least two answers possible for every body, to the eyes of every other
       body too (`livelli.restano_mondi`);
       the check uses only what stays the same in all those worlds.
    5. A cross table exists only for two questions at the full level. Of a question below it, what depends on it is not
       published. A question that is `pubblica` is not crossed with one that is not: the names would tell the rest.
       In a cross table, answers given by fewer than `soglia` bodies are put together.
    6. Time. Publishing freezes the answers, the bodies' attributes, the threshold and the questionnaire's version:
       what a body corrects, or that one leaves, later, does not change what was published, so there are no two
       dates to compare.

Why it holds. At the full level, exchange the whole (not `pubblica`) answers of two bodies of one block: nothing
published changes, and they differ in that question, since the block is not of one mind; there are two such bodies
also beside a third that looks on, since it is not of one mind without that one either. Below it, 4 gives the other
world: only that question's answers change places, and nothing else published depends on them. The property tests
search for a body that has no other world, with the whole program in the attacker's hands.

What is not protected, on purpose: that *nobody* of a group chose an option (an empty cell) is published; it says what
a body did not answer, never what it did. Numbers are given as mean, sum and quartiles (these only for groups of at least five
and never with minimum and maximum, in which a great body recognises itself).
"""

from questionari.riservatezza.blocchi import INSIEME, Blocco, Strato, forma
from questionari.riservatezza.livelli import Livello, livello

__all__ = ["INSIEME", "Blocco", "Livello", "Strato", "forma", "livello"]
