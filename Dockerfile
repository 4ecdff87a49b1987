# One image for api, console, worker and migrate.
FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PATH=/opt/venv/bin:$PATH
RUN python -m venv /opt/venv
WORKDIR /app
# The packages first: they change less often than the program.
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md ./
COPY fonts ./fonts
COPY shared ./shared
COPY api ./api
COPY console ./console
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable . \
    && useradd --uid 10001 --no-create-home --home-dir /tmp certs \
    && mkdir /data /secrets && chown certs /data /secrets
USER certs
ENV DATA_DIR=/data HOST=0.0.0.0
VOLUME /data
ENTRYPOINT ["certs"]
CMD ["--help"]
