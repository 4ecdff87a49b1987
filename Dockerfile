# One image for api, console, worker and migrate: 820 MB, of which the base has 125.
FROM python:3.13-slim AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN apt-get update && apt-get install -y --no-install-recommends binutils \
    && python -m venv --without-pip /opt/venv
# Without what nothing here loads: tests, what Arrow has for clouds, what pydeck has for notebooks,
# and what debuggers read in compiled code.
COPY requirements.lock ./
RUN pip --python /opt/venv/bin/python install --require-hashes --requirement requirements.lock \
    && cd /opt/venv/lib/python3.*/site-packages \
    && rm -rf pyarrow/*flight* pyarrow/*s3* pyarrow/_substrait* pyarrow/include pyarrow/src \
        pyarrow/libarrow_python.so pyarrow/libarrow_python.so.*.* pydeck/nbextension/static \
    && find . -depth -type d -name tests -path "./*/*" ! -path "./numpy/_core/*" -exec rm -rf {} + \
    && strip --strip-unneeded typst/*.so uvloop/*.so \
    && echo /opt/certs >certs.pth

FROM packages AS program
WORKDIR /source
COPY requirements-build.lock ./
RUN pip --python /opt/venv/bin/python install --require-hashes --requirement requirements-build.lock
COPY pyproject.toml setup.py requirements.lock README.md LICENSE ./
COPY fonts ./fonts
COPY shared ./shared
COPY api ./api
COPY console ./console
RUN pip --python /opt/venv/bin/python install --no-deps --no-build-isolation --target /opt/certs .

FROM python:3.13-slim
# As `certs up` starts its services: see shared/cli/supervisor.py.
ENV MALLOC_ARENA_MAX=2
ENV PYTHONUNBUFFERED=1 PATH=/opt/certs/bin:/opt/venv/bin:$PATH
RUN useradd --uid 10001 --no-create-home --home-dir /tmp certs \
    && mkdir /data /secrets && chown certs /data /secrets \
    && rm -rf /usr/local/lib/python3.*/site-packages/pip* /usr/local/bin/pip*
# The packages first: they change less often than the program.
COPY --from=packages /opt/venv /opt/venv
COPY --from=program /opt/certs /opt/certs
WORKDIR /app
USER certs
ENV DATA_DIR=/data HOST=0.0.0.0
VOLUME /data
ENTRYPOINT ["certs"]
CMD ["--help"]
