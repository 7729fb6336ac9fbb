"""LimeSurvey structure exports (.lss), from 1.9x to 6.x."""
