"""Addresses."""

from django.urls import URLPattern

app_name = "iter"
urlpatterns: list[URLPattern] = []
