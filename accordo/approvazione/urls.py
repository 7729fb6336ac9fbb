"""Addresses."""

from django.urls import URLPattern

app_name = "approvazione"
urlpatterns: list[URLPattern] = []
