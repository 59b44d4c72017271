# The service in one image: gateway with the embedded peer, or on one's own peers of a Fabric network (`--fabric`).
# Runs as an ordinary user on a read-only root; all that it writes lies in /data. Pin the base by its digest with
# `docker build --build-arg NODE_IMAGE=node@sha256:…`.
ARG NODE_IMAGE=node:22.21.1-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /src
COPY package.json package-lock.json tsconfig.json tsconfig.base.json ./
COPY core core
COPY chaincode chaincode
COPY auditor auditor
COPY plant-year plant-year
COPY reports reports
COPY spreadsheets spreadsheets
COPY embedded-peer embedded-peer
COPY client-sdk client-sdk
COPY gateway-api gateway-api
COPY cli cli
COPY console console
COPY network network
COPY scripts/verify-page scripts/verify-page
COPY scripts/field-page scripts/field-page
# As scripts/lib/prepare.mjs installs, and for its reason.
RUN npm install --no-save --no-audit --no-fund --loglevel=error \
  && npx tsc -b core chaincode auditor plant-year reports spreadsheets embedded-peer client-sdk gateway-api cli \
  && node console/build.mjs \
  && npm prune --omit=dev --no-audit --no-fund --loglevel=error \
  && find . -name node_modules -prune -o -name '*.test.*' -type f -exec rm {} +

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="Carbon Audit Ledger" org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production CARBON_LEDGER_DATA=/data CARBON_LEDGER_HOST=0.0.0.0 CARBON_LEDGER_PORT=8080
COPY --from=build --chown=root:root /src /opt/carbon-ledger
RUN mkdir /data && chown 1000:1000 /data && chmod 700 /data
USER 1000:1000
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.CARBON_LEDGER_PORT + '/livez').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/opt/carbon-ledger/cli/bin/carbon-ledger.js"]
CMD ["serve"]
