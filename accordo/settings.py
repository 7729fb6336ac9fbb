"""Settings, in one file, read from the environment.

Nothing has to be set on a developer's machine. In production (ACCORDO_AMBIENTE=produzione) whatever is missing
stops the start, with the name of the variable: README.md lists them all.
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

BASE_DIR = Path(__file__).resolve().parent.parent
DATI_DIR = Path(os.environ.get("DATI_DIR", BASE_DIR / "dati"))

PRODUZIONE = os.environ.get("ACCORDO_AMBIENTE", "sviluppo") == "produzione"
DEBUG = not PRODUZIONE
IN_PROVA = "pytest" in sys.modules


def _richiesta(nome: str, in_sviluppo: str = "") -> str:
    """Return the variable `nome`; in production a missing one stops the start."""
    valore = os.environ.get(nome, "" if PRODUZIONE else in_sviluppo)
    if PRODUZIONE and not valore:
        raise ImproperlyConfigured(f"In produzione serve la variabile d'ambiente {nome}: vedi README.md.")
    return valore


def _elenco(testo: str) -> list[str]:
    return [parte.strip() for parte in testo.split(",") if parte.strip()]


SECRET_KEY = _richiesta("SECRET_KEY", "solo-per-lo-sviluppo-non-per-la-produzione-0123456789")
ALLOWED_HOSTS = _elenco(_richiesta("ALLOWED_HOSTS", "*"))
CSRF_TRUSTED_ORIGINS = _elenco(os.environ.get("CSRF_TRUSTED_ORIGINS", ""))
# The address that people type, for the links in mails: no trailing slash.
INDIRIZZO_PUBBLICO = _richiesta("INDIRIZZO_PUBBLICO", "http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_tasks_db",
    "accordo.base",
    "accordo.enti",
    "accordo.iter",
    "accordo.rilievi",
    "questionari",
    "focusgroup",
    "bozze",
    "accordo.approvazione",
    "accordo.cruscotto",
    "accordo.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accordo.enti.middleware.AgenteMiddleware",
    "accordo.base.middleware.ErroreDominioMiddleware",
]

ROOT_URLCONF = "accordo.urls"
WSGI_APPLICATION = "accordo.wsgi.application"
# The module that knows the whole procedure: accordo/iter finds it here, as Django finds the URLconf.
PROCESSO = "accordo.processo"

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
                "accordo.enti.contesto.agente",
            ],
        },
    },
]

# ---------------------------------------------------------------------------------------------- database
DATABASE_URL = _richiesta("DATABASE_URL", f"sqlite:///{DATI_DIR / 'accordo.sqlite3'}")
DATABASES: dict[str, Any] = {"default": dict(dj_database_url.parse(DATABASE_URL, conn_max_age=60))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Write-ahead log, and every transaction takes its write lock at the start: two writers wait for each
    # other, up to the busy timeout, instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    if not IN_PROVA and ":memory:" not in str(DATABASES["default"]["NAME"]):
        Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---------------------------------------------------------------------------------------------- people
AUTH_USER_MODEL = "enti.Utente"
AUTHENTICATION_BACKENDS = ["accordo.enti.autenticazione.Autenticazione"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{nome}"}
    for nome in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/attivita/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accordo.enti.autenticazione.Adattatore"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = (
    "none"  # only invited people have an account, and the invitation went to that address
)
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/15m/key",
    "reset_password": "20/m/ip,5/m/key",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Accordo: "
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Accordo"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
INVITO_GIORNI = 14
# Of the demo's invented people, who are refused where DEBUG is off.
DEMO_PASSWORD = "accordo-di-prova"  # noqa: S105
DEMO_ACCOUNTS = (  # whom the login page proposes, where DEBUG is on and the demo is loaded
    "coordinatore@example.invalid",
    "referente.barga@example.invalid",
    "sindaco.barga@example.invalid",
    "prefetto.prefettura-lucca@example.invalid",
    "presidente.regione-toscana@example.invalid",
    "osservatore.azienda-usl@example.invalid",
)

SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True

# ---------------------------------------------------------------------------------------------- language
LANGUAGE_CODE = "it"
LANGUAGES = [("it", "Italiano")]
TIME_ZONE = "Europe/Rome"
USE_I18N = True
USE_TZ = True

# ---------------------------------------------------------------------------------------------- files
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
# The theme (Bootstrap Italia) lends its static files only: its base template has inline scripts.
_TEMA = find_spec("bootstrap_italia_template")
STATICFILES_DIRS = [
    BASE_DIR / "static",
    *(Path(p) / "static" for p in (_TEMA and _TEMA.submodule_search_locations) or ()),
]
# Files that people upload are never served by their address: a view checks who asks.
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", DATI_DIR / "file"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUZIONE
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o640

# ---------------------------------------------------------------------------------------------- mail and tasks
_SMTP_HOST = _richiesta("SMTP_HOST")
_SMTP = {
    "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "OPTIONS": {
        "host": _SMTP_HOST,
        "port": int(os.environ.get("SMTP_PORT", "25")),
        "username": os.environ.get("SMTP_USER", ""),
        "password": os.environ.get("SMTP_PASSWORD", ""),
        "use_tls": os.environ.get("SMTP_TLS", "") == "1",
    },
}
# Without a mail server, messages are written as files: whoever tries the portal can read them there.
_IN_CARTELLA = {
    "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
    "OPTIONS": {"file_path": DATI_DIR / "posta"},
}
MAILERS = {"default": _SMTP if _SMTP_HOST else _IN_CARTELLA}
DEFAULT_FROM_EMAIL = _richiesta("MITTENTE", "Accordo <accordo@example.invalid>")
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if PRODUZIONE
        else "django.tasks.backends.immediate.ImmediateBackend"
    }
}

# ---------------------------------------------------------------------------------------------- security
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF, "data:"],  # the theme's sheet declares one font of its video player in this way
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUZIONE:
    SECURE_SSL_REDIRECT = os.environ.get("SSL_REDIRECT", "1") == "1"
    SECURE_HSTS_SECONDS = int(os.environ.get("HSTS_SECONDI", str(60 * 60 * 24 * 30)))
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# ---------------------------------------------------------------------------------------------- forms and help
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
# Shown in the foot of every page: who helps, and when.
ASSISTENZA = {
    "ufficio": os.environ.get("ASSISTENZA_UFFICIO", "Segreteria dell'accordo"),
    "orario": os.environ.get("ASSISTENZA_ORARIO", "da lunedì a venerdì, dalle 9 alle 13"),
    "telefono": os.environ.get("ASSISTENZA_TELEFONO", "0583 000 000"),
    "posta": os.environ.get("ASSISTENZA_POSTA", "accordo@example.invalid"),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING" if IN_PROVA else "INFO"},
}

if IN_PROVA:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
