"""The demo: the accord of the Provincia di Lucca, with invented people and contents, walked through the real services."""
