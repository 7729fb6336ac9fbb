"""Questionnaires that come from elsewhere and go elsewhere: our JSON, XLSForm and LimeSurvey."""
