# Signet as an image: not root, nothing to write but /tmp and /data, ready in a few seconds.
# The image has no database of its own: give it one by SPRING_DATASOURCE_URL, _USERNAME and _PASSWORD.

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/m2 mvn -B -Dmaven.repo.local=/m2 --no-transfer-progress -Dmaven.test.skip=true package
RUN java -Djarmode=tools -jar target/signet.jar extract --destination /out \
    && rm -f /out/lib/embedded-postgres-binaries-*.jar

# A training run writes down which classes a start and the first requests load (JEP 514): about half the time of a start.
FROM eclipse-temurin:25-jre AS train
RUN apt-get -q update && apt-get -q install -y --no-install-recommends postgresql curl
COPY --from=build /out /app
COPY docker/train /usr/local/bin/train
RUN train /app

FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="Signet" \
      org.opencontainers.image.description="OAuth 2.0 authorization server and OpenID Provider" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN mkdir /data && chown 10001:10001 /data
COPY --from=train --chown=root:root /app /app
COPY docker/start docker/healthcheck /usr/local/bin/
ENV SPRING_PROFILES_ACTIVE=production \
    SERVER_ADDRESS=0.0.0.0 \
    SIGNET_DATA_DIR=/data
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 9000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=4s --start-period=60s CMD ["healthcheck"]
ENTRYPOINT ["start", "/app"]
