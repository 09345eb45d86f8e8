"""The top floor: wires settings, URLs, Celery and the local run together. Holds no knowledge of the product."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
