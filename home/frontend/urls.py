"""The addresses of the frontend; the last one takes what nothing else took, so they come last of all."""

from django.urls import path, re_path

from home.frontend import views

urlpatterns = [
    path("-/preview/", views.preview, name="frontend_preview"),
    path("service-worker.js", views.service_worker, name="service_worker"),
    re_path(r"^", views.page, name="frontend"),
]
