"""Numbers for whoever watches the installation, in the text format of Prometheus; for others there are none."""

from collections.abc import Mapping

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from ai_assist.gauges import Gauge, gauges

TYPE = "text/plain; version=0.0.4; charset=utf-8"


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not is_watcher(request):
        raise Http404
    text = "".join(line for gauge in gauges() for line in _lines(gauge))
    return HttpResponse(text, content_type=TYPE, headers={"Cache-Control": "no-store"})


def is_watcher(request: HttpRequest) -> bool:
    """Has the token; where there is none, nobody has."""
    given = request.headers.get("Authorization", "")
    return bool(settings.METRICS_TOKEN) and constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}")


def _lines(gauge: Gauge) -> list[str]:
    about = [f"# HELP {gauge.name} {gauge.help}\n", f"# TYPE {gauge.name} gauge\n"]
    return about + [f"{gauge.name}{_written(labels)} {value}\n" for labels, value in gauge.samples]


def _written(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
