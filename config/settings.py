"""All settings, read from the environment; signing in has a file of its own, which is the same on every machine.
Differences between machines are values, not files."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP

from config import env
from config.providers import sign_in_providers
from config.signing_in import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

SITE_URL = env.site_url("SITE_URL", "http://localhost:8000")
IS_HTTPS = SITE_URL.startswith("https:")
IS_LOCAL = not IS_HTTPS
DEBUG = env.boolean("DEBUG", False)
SECRET_KEY = env.secret_key("SECRET_KEY", is_local=IS_LOCAL)
METRICS_TOKEN = env.secret("METRICS_TOKEN")
SECRET_KEY_FALLBACKS = env.variable("SECRET_KEY_FALLBACKS", [], "list")
ALLOWED_HOSTS = env.variable("ALLOWED_HOSTS", [urlsplit(SITE_URL).hostname], "list")
if IS_LOCAL:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, *env.LOCAL_HOSTS]

INSTALLED_APPS = [
    "config",
    "prepared",
    "outbox",
    "allauth.usersessions",  # all three before accounts, whose admin takes their pages away
    "allauth.socialaccount",
    "allauth.mfa",
    "accounts",
    "notifications",
    "communities",
    "webhooks",
    "ai_assist",
    "gamification",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "django_htmx",
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.security_headers",
    "config.programs.cross_origin",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.spoken_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.private_answers",
    "config.middleware.real_addresses",
    "accounts.bearer.bearer_tokens",
    "config.programs.limits_told",
    "accounts.attempts.answered_once",
    "accounts.middleware.clean_sign_out",
    "accounts.middleware.last_seen",
    "accounts.middleware.local_time",
    "accounts.middleware.invalid_forms",
    "accounts.middleware.whole_page_for_the_password",
    "config.middleware.rate_limits",
    "allauth.account.middleware.AccountMiddleware",
    "gamification.middleware.flame_changes",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.appearance",
                "notifications.context.bell",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database: psycopg's pool in the web process (finding: saves 4-5 ms a request); elsewhere one connection each.
PROCESS = os.environ.get("CAIRN_PROCESS", "command")
STATEMENT_TIMEOUT_MS = {"web": 5_000, "worker": 60_000}.get(PROCESS, 0)
DATABASES = {"default": env.database("DATABASE_URL")}
DATABASES["default"]["OPTIONS"] |= {
    "connect_timeout": 3,
    "prepare_threshold": 0,  # for the cursors of `prepared`; those of the ORM put values into the words
    "application_name": f"cairn-{PROCESS}",
    "options": f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c timezone=UTC",
}
if PROCESS == "web":
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 10, "timeout": 2}
DATABASES["default"]["CONN_MAX_AGE"] = 0
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis: numbers 0 cache, 1 channels, 2 broker. Short time-outs, or one dead server holds every page.
REDIS_URL = env.redis("REDIS_URL")
REDIS_PREFIX = env.variable("REDIS_PREFIX", "cairn")
_redis_cache = {
    "LOCATION": f"{REDIS_URL}/0",
    "KEY_PREFIX": REDIS_PREFIX,
    "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
}
CACHES = {
    "default": {"BACKEND": "config.cache.BreakerRedisCache", **_redis_cache},
    "sessions": {"BACKEND": "config.cache.SessionRedisCache", **_redis_cache},
}

CELERY_BROKER_URL = f"{REDIS_URL}/2"
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "global_keyprefix": f"{REDIS_PREFIX}:",
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_ROUTES = {
    "accounts.tasks.erase_member": {"queue": "ingest"},
    "accounts.tasks.make_export": {"queue": "ingest"},  # takes as long as there is to write
    "ai_assist.tasks.index_document": {"queue": "ingest"},
    "ai_assist.tasks.read_scanned_pages": {"queue": "ocr"},
    "ai_assist.tasks.delete_document": {"queue": "ingest"},
    "ai_assist.tasks.rescope_document": {"queue": "ingest"},
    "ai_assist.tasks.retitle_document": {"queue": "ingest"},
    "ai_assist.tasks.reconcile_vectors": {"queue": "ingest"},
    "ai_assist.tasks.answer_message": {"queue": "answers"},
    "webhooks.tasks.send_to_webhook": {"queue": "webhooks"},
}
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

SOCIALACCOUNT_PROVIDERS = sign_in_providers(is_local=IS_LOCAL)
ALLAUTH_TRUSTED_PROXY_COUNT = env.count("TRUSTED_PROXY_COUNT", 0)
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
ADMIN_NEEDS_SECOND_FACTOR = env.boolean("ADMIN_NEEDS_SECOND_FACTOR", True)
API_ORIGINS = env.origins("API_ORIGINS")
JWT_KEYS = env.key_files("JWT_KEYS")  # the first signs, all are believed

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_CACHE_ALIAS = "sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-sessionid" if IS_HTTPS else "sessionid"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrftoken" if IS_HTTPS else "csrftoken"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
    **({"upgrade-insecure-requests": True} if IS_HTTPS else {}),
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 100  # of one request; more are refused unread
FILE_UPLOAD_MAX_COUNT = 2  # of one request, where the view does not say more; no other form takes more than one
FILE_UPLOAD_MAX_SIZE = 5 * 1024 * 1024  # of all files of one request, where the view does not say more
FILE_UPLOAD_HANDLERS = [
    "net.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

REACHES_LOOPBACK = False  # what `net.outward` sends never comes back to this machine, but in tests

AI_CHAT_MODEL = env.variable("AI_CHAT_MODEL", "")
AI_CHAT_BASE_URL = env.variable("AI_CHAT_BASE_URL", "")
AI_PRICES = env.prices("AI_PRICES")  # of a million tokens that the chat model reads, and that it writes
AI_EMBEDDER = env.variable("AI_EMBEDDER", "minilm")
VECTOR_STORE = env.one_of("VECTOR_STORE", ("pgvector", "pinecone"), "pgvector")
PINECONE_API_KEY = env.variable("PINECONE_API_KEY", *([] if VECTOR_STORE == "pinecone" else [""]))
PINECONE_HOST = env.url("PINECONE_HOST", ("https", "http"), "https://api.pinecone.io")
PINECONE_INDEX = env.variable("PINECONE_INDEX", "cairn")
PINECONE_REGION = env.variable("PINECONE_REGION", "aws:us-east-1")

MAILERS = {
    "default": {"BACKEND": "outbox.mail.QueueBackend"},
    "transport": env.mailer("MAIL_URL", "file:var/mail"),
}
DEFAULT_FROM_EMAIL = env.variable("MAIL_FROM", "Cairn <cairn@localhost>")

LANGUAGES = [("en", "English"), ("es", "Español")]
LANGUAGE_CODE = env.one_of("LANGUAGE_CODE", tuple(code for code, _name in LANGUAGES), "en")
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "config.static.JoinedFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.variable("MEDIA_ROOT", str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if IS_LOCAL
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = IS_LOCAL
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = DEBUG

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.request": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},  # else a line for each request to Pinecone or a model
        "pinecone": {"level": "WARNING"},
    },
}
