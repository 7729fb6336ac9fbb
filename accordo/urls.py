"""The portal's addresses. Every page of an accord stands under /accordi/<slug>/."""

from django.urls import include, path

urlpatterns = [
    path("", include("accordo.enti.urls")),
    path("conto/", include("allauth.urls")),
    path("", include("accordo.iter.urls")),
    path("", include("accordo.rilievi.urls")),
    path("", include("questionari.urls")),
    path("", include("focusgroup.urls")),
    path("", include("bozze.urls")),
    path("", include("accordo.approvazione.urls")),
    path("", include("accordo.cruscotto.urls")),
]
