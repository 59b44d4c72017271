# Fabric's tools for machines without them on PATH; no such image is released for 3.x. They are taken from the official
# release archive, whose SHA-256 is published beside it and has to be given:
#   docker build -t carbon-audit/tools:3.1.5 -f network/docker/tools.Dockerfile \
#     --build-arg FABRIC_SHA256=… network/docker
ARG BASE_IMAGE=debian:bookworm-slim
FROM ${BASE_IMAGE} AS archive
ARG FABRIC_VERSION=3.1.5
ARG TARGET=linux-amd64
ARG FABRIC_SHA256
ADD https://github.com/hyperledger/fabric/releases/download/v${FABRIC_VERSION}/hyperledger-fabric-${TARGET}-${FABRIC_VERSION}.tar.gz /tmp/fabric.tar.gz
RUN test -n "${FABRIC_SHA256}" && echo "${FABRIC_SHA256}  /tmp/fabric.tar.gz" | sha256sum --check --strict - \
  && mkdir /fabric && tar -xzf /tmp/fabric.tar.gz -C /fabric

FROM ${BASE_IMAGE}
COPY --from=archive /fabric/bin/peer /fabric/bin/configtxgen /fabric/bin/configtxlator /fabric/bin/cryptogen \
  /fabric/bin/osnadmin /usr/local/bin/
USER 1000:1000
