# Attaché in a container: docker build -t attache .
# How to run it: docs/deployment.md. What goes into the build: .dockerignore.
ARG PYTHON=python:3.11-slim-bookworm

FROM ${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1
WORKDIR /build
# What changes seldom comes first: a change of the code installs nothing anew.
COPY requirements.lock .ci/requirements-build.lock ./
RUN python -m venv /opt/build \
    && /opt/build/bin/python -m pip install --require-hashes -r requirements-build.lock
RUN python -m venv --without-pip /opt/attache \
    && /opt/build/bin/python -m pip --python /opt/attache/bin/python install \
        --require-hashes --only-binary :all: -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY store ./store
COPY config ./config
COPY seeds ./seeds
RUN /opt/build/bin/python -m pip wheel --no-deps --no-build-isolation --wheel-dir /wheel . \
    && /opt/build/bin/python -m pip --python /opt/attache/bin/python install --no-deps /wheel/*.whl

FROM ${PYTHON}
# The id is fixed, so that files in a volume keep their owner from image to image.
RUN test -s /etc/ssl/certs/ca-certificates.crt \
    && groupadd --gid 10001 attache \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data \
        --shell /usr/sbin/nologin attache \
    && install --directory --owner=10001 --group=10001 --mode=0700 /data
COPY --from=build /opt/attache /opt/attache
# A container's own loopback is reached by nobody: which ports are open to whom is for
# whoever runs it to say.
ENV PATH=/opt/attache/bin:$PATH \
    ATTACHE_DATA_DIR=/data \
    ATTACHE_SANDBOX_LISTEN=0.0.0.0:8765 \
    ATTACHE_LISTEN=0.0.0.0:8080 \
    ATTACHE_HEALTH_LISTEN=0.0.0.0:8081
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8765 8080 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "-m", "bot.health"]
ENTRYPOINT ["attache"]
CMD ["run", "--no-browser"]
