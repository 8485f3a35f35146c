"""The site's addresses. They come last of all, because the last one takes whatever is left."""

from django.urls import path, re_path

from centres.site import preview, views

urlpatterns = [
    path("-/preview/", preview.preview, name="frontend_preview"),
    path("service-worker.js", views.service_worker, name="service_worker"),
    path("llms.txt", views.llms_txt, name="llms_txt"),
    re_path(r"^", views.page, name="frontend"),
]
