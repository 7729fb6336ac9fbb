"""The results of the survey: counted in the database, published by the rules of `questionari.riservatezza`."""
