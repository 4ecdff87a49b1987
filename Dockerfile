# One image for api, console, worker and migrate.
FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PATH=/opt/venv/bin:$PATH
RUN python -m venv /opt/venv
WORKDIR /app
# The packages first: they change less often than the program. Without their tests, and without what
# Arrow has for clouds and pydeck for notebooks: 150 MB that nothing here loads.
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.lock \
    && cd /opt/venv/lib/python3.*/site-packages \
    && rm -rf pyarrow/*flight* pyarrow/*s3* pyarrow/_substrait* pyarrow/include pyarrow/src \
        pydeck/nbextension/static \
    && find . -depth -type d -name tests -path "./*/*" \
        ! -path "./pyarrow/*" ! -path "./numpy/_core/*" -exec rm -rf {} +
COPY pyproject.toml README.md ./
COPY fonts ./fonts
COPY shared ./shared
COPY api ./api
COPY console ./console
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable . \
    && python -m compileall -q /app \
    && useradd --uid 10001 --no-create-home --home-dir /tmp certs \
    && mkdir /data /secrets && chown certs /data /secrets
USER certs
ENV DATA_DIR=/data HOST=0.0.0.0
VOLUME /data
ENTRYPOINT ["certs"]
CMD ["--help"]
