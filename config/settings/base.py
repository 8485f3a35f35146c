"""Settings of every deployment. Each environment variable is described in docs/settings.md."""

import tomllib
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from .environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = Environment()
CMS_VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

# ---------------------------------------------------------------- Where things are
DATA_DIR = BASE_DIR / env.str("DATA_DIR", default="data")
# Text here: `manage.py start` checks both and names what is wrong with them.
CMS_HOST = env.str("HOST", default="127.0.0.1")
CMS_PORT = env.str("PORT", default="8000")
# The address that people type: in mails, previews and absolute links.
WAGTAILADMIN_BASE_URL = env.origin("BASE_URL", default=f"http://{CMS_HOST}:{CMS_PORT}")

# The processes of a public server, see docker/entrypoint; `manage.py start` needs none of it.
CMS_WEB_WORKERS = env.number("WEB_WORKERS", default=2, least=1, most=256)
CMS_WEB_THREADS = env.number("WEB_THREADS", default=4, least=1, most=256)
CMS_WEB_WAITING = env.number("WEB_WAITING", default=60, most=1000)
CMS_DRAIN_SECONDS = env.number("DRAIN_SECONDS", default=2, most=600)
CMS_STOP_SECONDS = env.number("STOP_SECONDS", default=7, least=1, most=600)

# ---------------------------------------------------------------- Applications
INSTALLED_APPS = [
    "centres.demo",
    "centres.site",  # the public site at /; without this line the project is headless
    "centres.desk",
    "centres",
    "home",
    "cms.search",
    "cms",
    "axes",
    "corsheaders",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.locales",
    "wagtail.sites",
    "centres.rights.users.UsersConfig",  # wagtail.users
    "wagtail.snippets",
    "grapple",  # behind what registers snippets, which it looks for
    "graphene_django",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.running.logs.RequestIdMiddleware",
    "cms.running.not_modified.NotModifiedMiddleware",
    "cms.running.health.HealthMiddleware",
    "cms.running.away.DatabaseAwayMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "cms.running.security_headers.PolicyMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "cms.media.full_disks.FullTemporaryDiskMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "centres.rights.sent_choices.AskerMiddleware",
    "cms.editorial.refusals.RefusalMiddleware",
    "cms.media.full_disks.FullDiskMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# ---------------------------------------------------------------- Database
DATABASES = {"default": env.database(DATA_DIR)}
CACHES = {"default": env.cache_backend()}

# ---------------------------------------------------------------- Queue
# Wagtail's own tasks keep its index of references true, so they are done at once.
TASKS: dict[str, Any] = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "queue": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []},
}
# Without it a request does by itself what it would hand over to a worker.
CMS_QUEUE = env.bool("QUEUE", default=True)
if not CMS_QUEUE:
    TASKS["queue"]["BACKEND"] = "django.tasks.backends.immediate.ImmediateBackend"

# ---------------------------------------------------------------- Receivers of changes
CMS_DELIVERY_SECONDS = 10  # for a whole exchange
# Hosts of the operator's own network that may be named, also without https.
CMS_DELIVERY_PRIVATE_HOSTS = env.hosts("DELIVERY_PRIVATE_HOSTS", default=[])

# ---------------------------------------------------------------- Calendars of others
# Hosts whose calendars editors may name, see docs/calendars-of-others.md.
EXTERNAL_CALENDAR_HOSTS = env.single_hosts("EXTERNAL_CALENDAR_HOSTS", default=[])
CMS_FETCH_SECONDS = 20  # for a document with its redirects
CMS_FETCH_BYTES = 5 * 1024 * 1024

# ---------------------------------------------------------------- Accounts
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = [
    # The first one counts failures and refuses before a password is compared.
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Five wrong passwords for a name from an address, then nothing for a quarter of an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "cms.publishing.visitors.client_address"
# How many servers in front add to X-Forwarded-For; none is believed without it.
CMS_PROXIES = env.number("PROXIES", default=0, most=10)
AXES_LOCKOUT_TEMPLATE = "cms/locked_out.html"
AXES_RESET_ON_SUCCESS = True
# Attempts are counted; who signed in when is not kept, and no password is.
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "password"]
AXES_VERBOSE = False
# A second factor for everybody who enters the admin, see cms/accounts/second_factor.py.
CMS_TWO_FACTOR = env.bool("TWO_FACTOR", default=False)
OTP_TOTP_ISSUER = env.str("SITE_NAME", default="Kompetenčni centri")
if CMS_TWO_FACTOR:
    INSTALLED_APPS += ["django_otp", "django_otp.plugins.otp_totp", "django_otp.plugins.otp_static"]
    after = MIDDLEWARE.index("django.contrib.auth.middleware.AuthenticationMiddleware") + 1
    MIDDLEWARE[after:after] = [
        "django_otp.middleware.OTPMiddleware",
        "cms.accounts.second_factor.SecondFactorMiddleware",
    ]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
# The users of the demo exist only where they have a password: on a developer's machine.
CMS_DEMO_PASSWORD = ""
# What `manage.py start` tells: names and paths, and lines with users and passwords.
CMS_START_ADDRESSES: list[tuple[str, str]] = []
CMS_DEMO_LOGINS: list[str] = []

# ---------------------------------------------------------------- What browsers may load
# cms/running/security_headers.py has the policy of the admin; the frontend and the explorer bring their own.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

# ---------------------------------------------------------------- Languages and time
LANGUAGE_CODE = "sl"
FORMAT_MODULE_PATH = "config.formats"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("sl", _("Slovenian")), ("en", _("English"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("sl", "slovenščina"), ("en", "English")]
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]  # Wagtail's words that its own Slovenian lacks or gets wrong
TIME_ZONE = "Europe/Ljubljana"
USE_TZ = True
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # so that no account offers another one

# ---------------------------------------------------------------- Files
STATIC_URL = "/static/"
# The explorer's files for browsers: GraphiQL and React.
STATICFILES_DIRS = [
    (
        "cms/graphiql",
        str(files("graphene_django_graphiql_static") / "static" / "graphene_django_graphiql_static"),
    )
]
STATIC_ROOT = BASE_DIR / env.str("STATIC_ROOT", default="static")
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES: dict[str, Any] = {
    "default": env.media_storage("MEDIA_URL_STORAGE"),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Documents go through the gate, wherever their files are.
WAGTAILDOCS_SERVE_METHOD = "serve_view"

# ---------------------------------------------------------------- Wagtail
WAGTAIL_SITE_NAME = env.str("SITE_NAME", default="Kompetenčni centri")
CMS_ADMIN_PATH = "/admin/"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "cms.accounts.password_mails.PasswordMailForm"  # noqa: S105  # the form
WAGTAILIMAGES_IMAGE_MODEL = "cms.Image"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.Document"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.files.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.files.forms.DocumentForm"
# What is in a file is checked as well, see cms/media/uploads.py; an extension without a check there is refused.
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "svg", "webp"]  # HEIC becomes JPEG
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "epub", "odp", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
CMS_PICTURE_SECONDS = 5 * 60  # for caches: how long a picture that is closed may still be seen
# Modules with blocks that this site adds to those of every body: each class there with ``stored_as``.
CMS_BODY_BLOCKS = ["centres.blocks"]
# What the domain tells the search: facets, texts, and which rows lend words to pages.
CMS_SEARCH_CATALOGUE = "centres.search.catalogue.CATALOGUE"
CMS_SEARCH_REPORT_SECONDS = 60  # how often counts of queries are written down; 0: nothing is counted
CMS_SEARCH_REPORT_DAYS = 90
# Where videos may be embedded from; empty: from any address that begins with https.
CMS_VIDEO_HOSTS = ["www.youtube.com", "youtu.be", "vimeo.com", "player.vimeo.com", "video.arnes.si"]
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []  # videos are links; this server asks nobody about an address
WAGTAILADMIN_USER_LOGIN_FORM = "centres.desk.login.LoginForm"
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAIL_AUTO_UPDATE_PREVIEW_INTERVAL = 20  # milliseconds: cms/static/cms/editing.js has waited already
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # would tell a server outside who edits
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ENABLE_UPDATE_CHECK = False  # asks a server outside
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Fallback locales, in order, if a page has no text in the requested one.
CMS_LOCALE_FALLBACK = {"en": ["sl"]}
# Where the public reads the site: in canonical addresses, JSON-LD, feeds and "view live" of the admin.
CMS_FRONTEND_URL = env.address("FRONTEND_URL", default=WAGTAILADMIN_BASE_URL).rstrip("/")
# Pages in one file of the sitemap; with more it becomes a list of files.
CMS_SITEMAP_SIZE = 10_000
# The reference frontend at /. Without it, / says where admin and endpoint are, or leads to this address.
CMS_FRONTEND = env.bool("FRONTEND", default=True)
CMS_FRONTEND_REDIRECT = env.address("FRONTEND_REDIRECT", default="")
# Where the frontend shows drafts, unless the site's settings name another address; a token is added to it.
CMS_PREVIEW_URL = env.address("PREVIEW_URL", default=f"{CMS_FRONTEND_URL}/-/preview/")
# Other origins on which the site's settings may show them, such as https://www.example.si.
CMS_PREVIEW_ORIGINS = env.origins("PREVIEW_ORIGINS", default=[])
# Where the admin leads editors to see the whole site with its drafts; empty: nowhere. See docs/drafts.md.
CMS_DRAFT_MODE_URL = env.address("DRAFT_MODE_URL", default="")
CMS_DRAFT_MODE_SECONDS = env.number(
    "DRAFT_MODE_SECONDS", default=8 * 60 * 60, least=60, most=7 * 24 * 60 * 60
)
CMS_PREVIEW_SECONDS = env.number("PREVIEW_SECONDS", default=30 * 60, least=1)

# ---------------------------------------------------------------- GraphQL
CMS_GRAPHQL_SCHEMA = "config.schema.schema"
CMS_GRAPHQL_SCHEMA_FILE = BASE_DIR / "config" / "schema.graphql"
CMS_CHANGELOG = BASE_DIR / "CHANGELOG.md"
GRAPPLE = {
    "APPS": ["cms", "home", "centres"],
    "PAGE_INTERFACE": "cms.graphql.schema.interfaces.PageInterface",
    "SNIPPET_INTERFACE": "cms.graphql.schema.interfaces.SnippetInterface",
}
# Only /graphql/ is for pages of other origins; the admin never is.
CORS_URLS_REGEX = r"^/graphql/"
CORS_ALLOWED_ORIGINS = env.origins("CORS_ALLOWED_ORIGINS", default=[])
CORS_EXPOSE_HEADERS = ["ETag", "X-Request-ID"]

# The GraphQL endpoint. docs/limits.md says what each limit is for.
CMS_GRAPHQL_MAX_BODY_BYTES = 64 * 1024
CMS_GRAPHQL_MAX_URL_BYTES = 16 * 1024
CMS_GRAPHQL_MAX_BATCH = 0  # operations in one request; 0: no lists
CMS_GRAPHQL_MAX_TOKENS = 1_200
CMS_GRAPHQL_MAX_FIELDS = 1_000
CMS_GRAPHQL_MAX_DEPTH = 16
CMS_GRAPHQL_MAX_ALIASES = 50
CMS_GRAPHQL_MAX_ROOT_FIELDS = 20
CMS_GRAPHQL_MAX_DIRECTIVES = 50
CMS_GRAPHQL_MAX_VARIABLES = 50
CMS_GRAPHQL_MAX_DUPLICATES = 200
CMS_GRAPHQL_MAX_COMPARISONS = 2_000
CMS_GRAPHQL_MAX_LIST_LENGTH = 100
CMS_GRAPHQL_MAX_STRING_LENGTH = 2_000
CMS_GRAPHQL_MAX_ERRORS = 10
CMS_GRAPHQL_MAX_MANIFEST_BYTES = 2 * 1024 * 1024  # of one registration over HTTP
CMS_GRAPHQL_MAX_MANIFEST_DOCUMENTS = 500
CMS_GRAPHQL_MAX_COST = 10_000  # rows that are read
CMS_GRAPHQL_MAX_ESTIMATE = 150_000  # rows that could be read, from the document alone
CMS_GRAPHQL_TIMEOUT = 10.0  # seconds
CMS_GRAPHQL_INTROSPECTION = env.bool("GRAPHQL_INTROSPECTION", default=True)
CMS_GRAPHQL_EXPLORER = env.bool("GRAPHQL_EXPLORER", default=True)
CMS_GRAPHQL_EXAMPLES = BASE_DIR / "docs" / "graphql.md"
CMS_GRAPHQL_CLIENTS = BASE_DIR / "docs" / "clients.md"
CMS_GRAPHQL_TRUSTED_ONLY = env.bool("GRAPHQL_TRUSTED_ONLY", default=False)
CMS_GRAPHQL_TRUSTED_SECONDS = 60
CMS_GRAPHQL_APQ = env.bool("GRAPHQL_APQ", default=False)
CMS_GRAPHQL_APQ_SECONDS = 24 * 60 * 60
CMS_GRAPHQL_APQ_MAX_LENGTH = 16_000
CMS_GRAPHQL_COMPILED = env.bool("GRAPHQL_COMPILED", default=True)
CMS_GRAPHQL_DOCUMENT_CACHE_BYTES = 1_000_000
CMS_GRAPHQL_ANSWER_CACHE_BYTES = 32 * 1024 * 1024
CMS_GRAPHQL_ANSWER_CACHE_SECONDS = 60 * 60
CMS_GRAPHQL_SHARED_SECONDS = 30
CMS_GRAPHQL_STALE_SECONDS = 30
CMS_GRAPHQL_ERROR_SECONDS = 24 * 60 * 60
CMS_GRAPHQL_CACHE_TAG_HEADER = "Cache-Tag"
CMS_SERVE_WITHOUT_DATABASE_SECONDS = env.number("SERVE_WITHOUT_DATABASE_SECONDS", default=0)

# ---------------------------------------------------------------- Workflows
WAGTAIL_FINISH_WORKFLOW_ACTION = "centres.workflow.publish_approved"
# Whoever confirmed a text before it was changed has not confirmed the change.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True

# ---------------------------------------------------------------- Time
CMS_CLOCK_SECONDS = 20.0
CMS_TURN_COMMANDS = ["read_calendars"]  # at each turn of the clock
CMS_DAILY_COMMANDS = ["warn_of_ending_terms", "clearsessions", "make_renditions", "prune_tasks"]

# ---------------------------------------------------------------- Mail and logs
# Prometheus sends it to /-/metrics as its bearer token; without it there is no such address.
CMS_METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
# An operation that takes longer has a line of its own in the log; 0: none has.
CMS_SLOW_MILLISECONDS = env.number("SLOW_MILLISECONDS", default=1000)
# Where errors and traces are sent, see cms/running/observing.py.
CMS_SENTRY_DSN = env.project_of_sentry("SENTRY_DSN")
CMS_OTLP_ENDPOINT = env.address("OTEL_EXPORTER_OTLP_ENDPOINT", default="")
CMS_OTEL_SERVICE_NAME = env.str("OTEL_SERVICE_NAME", default="competence-centres")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.sender("DEFAULT_FROM_EMAIL", default="cms@localhost")
MAILERS = env.mailers(CMS_QUEUE, default="consolemail://")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{levelname} {name}: {message}", "style": "{"},
        "json": {"()": "cms.running.logs.JsonFormatter"},
    },
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "line",
            "filters": ["one line a second"],
        }
    },
    "filters": {"one line a second": {"()": "cms.running.away.OneLineASecond"}},
    "root": {"handlers": ["stdout"], "level": env.log_level("INFO")},
    "loggers": {
        # Two lines a task.
        "django.tasks": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "ERROR"},
        # One line a request; the development server has its own.
        "cms.access": {"level": "WARNING"},
        # Django's own handlers would mail the admins and write every line twice.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
    },
}
