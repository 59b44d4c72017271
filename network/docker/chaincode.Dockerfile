# The contract as a service: one file and Node. Built by `npm run network:deploy`, which names the image by the
# digest of the bundle. Certificates and keys are mounted, never copied in.
ARG NODE_IMAGE=node:22.21.1-bookworm-slim
FROM ${NODE_IMAGE}
ARG BUNDLE_SHA256
COPY bundle.cjs /opt/carbon-ledger/bundle.cjs
RUN echo "${BUNDLE_SHA256}  /opt/carbon-ledger/bundle.cjs" | sha256sum --check --strict -
LABEL org.opencontainers.image.title="Carbon Audit Ledger chaincode" carbon-ledger.bundle.sha256="${BUNDLE_SHA256}"
USER 1000:1000
CMD ["node", "/opt/carbon-ledger/bundle.cjs"]
