"""Tells Sentry of errors (SENTRY_DSN) and an OpenTelemetry collector of requests (OTEL_EXPORTER_OTLP_ENDPOINT).

Without these variables nothing of both is loaded. What leaves the site has no query string, cookie, header, body or
value of a variable: a preview's token, a draft or a password could be in it.
"""

import os
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from cms.running import logs
from cms.running.away import lost_connection

# By variable of the environment: the module that it needs.
NEEDED = {"SENTRY_DSN": "sentry_sdk", "OTEL_EXPORTER_OTLP_ENDPOINT": "opentelemetry.instrumentation.django"}
_OF_HEALTH = "-/live,-/ready,-/metrics"
_KEPT_OF_A_REQUEST = ("method", "url")
_SECRET = ("http.url", "http.target", "url.full", "url.query")


def wanted() -> list[str]:
    """Return those variables of `NEEDED` that are set."""
    values = {
        "SENTRY_DSN": settings.CMS_SENTRY_DSN,
        "OTEL_EXPORTER_OTLP_ENDPOINT": settings.CMS_OTLP_ENDPOINT,
    }
    return [name for name, value in values.items() if value]


def start() -> None:
    """Begin in this process what is wanted; before Django loads its middleware."""
    names = wanted()
    if "SENTRY_DSN" in names:
        _report_errors()
    if "OTEL_EXPORTER_OTLP_ENDPOINT" in names:
        _trace()


def _report_errors() -> None:
    import sentry_sdk
    from sentry_sdk.integrations.django import DjangoIntegration

    sentry_sdk.init(
        settings.CMS_SENTRY_DSN,
        release=settings.CMS_VERSION,
        integrations=[DjangoIntegration(middleware_spans=False, signals_spans=False)],
        auto_enabling_integrations=False,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        before_send=_without_secrets,
    )


def _without_secrets(event: Any, hint: Any) -> Any:
    """Return what Sentry gets of an error; nothing while the database is away, which would be one for each request."""
    info = hint.get("exc_info")
    if info and lost_connection(info[1]):
        return None
    event["request"] = {
        name: value for name, value in event.get("request", {}).items() if name in _KEPT_OF_A_REQUEST
    }
    event.pop("user", None)
    return event


def _trace() -> None:
    # It is read when the package is imported.
    os.environ.setdefault("OTEL_PYTHON_DJANGO_EXCLUDED_URLS", _OF_HEALTH)
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.instrumentation.django import DjangoInstrumentor
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    def without_query(span: Any, request: HttpRequest) -> None:
        for name in _SECRET:
            if name in (span.attributes or {}):
                span.set_attribute(name, "" if name == "url.query" else request.path)

    def trace_id() -> str:
        context = trace.get_current_span().get_span_context()
        return f"{context.trace_id:032x}" if context.is_valid else ""

    resource = Resource.create(
        {"service.name": settings.CMS_OTEL_SERVICE_NAME, "service.version": settings.CMS_VERSION}
    )
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    DjangoInstrumentor().instrument(request_hook=without_query)
    logs.trace_id = trace_id
