# syntax=docker/dockerfile:1
FROM python:3.13-slim-trixie AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/opt/venv/bin:$PATH

# ---------------------------------------------------------------- packages, hashes checked
FROM base AS packages
RUN python -m venv /opt/venv
# requirements-observing.txt adds Sentry and OpenTelemetry.
ARG REQUIREMENTS=requirements.txt
COPY requirements.txt requirements-observing.txt ./
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install --disable-pip-version-check --require-hashes --only-binary :all: --no-binary promise \
      --requirement "$REQUIREMENTS"

# ---------------------------------------------------------------- what runs
FROM base
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin cms && install -d -o cms -g cms /data
WORKDIR /srv/cms
COPY --from=packages /opt/venv /opt/venv
COPY . .
# The static files depend on no secret; these values are gone with this line.
# Nothing of the project may be compiled at each start: the user of the image can write nothing here.
RUN python -m compileall -q -j 0 cms home centres config && python scripts/compile_messages.py && python scripts/make_fonts.py \
    && SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(50))') ALLOWED_HOSTS=unused BASE_URL=https://unused EMAIL_URL=dummymail:// \
       STATIC_ROOT=/srv/static docker/entrypoint collectstatic
ENV DATA_DIR=/data STATIC_ROOT=/srv/static HOST=0.0.0.0 PORT=8000
# By number, so that Kubernetes can see that it is not root.
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/-/ready\", timeout=4)"]
ENTRYPOINT ["docker/entrypoint"]
CMD ["serve"]
