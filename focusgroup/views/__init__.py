"""The pages of the meetings, by theme."""
