# The glibc image: the embedded PostgreSQL and argon2 have no musl build.
FROM node:24-bookworm-slim AS web
WORKDIR /app
COPY package.json package-lock.json ./
COPY sdk/package.json sdk/
COPY server/package.json server/
COPY web/package.json web/
RUN npm ci
COPY tsconfig.json ./
COPY web web
RUN npm run build

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 HOSTWRIGHT_DATA=/var/lib/hostwright
WORKDIR /app
COPY package.json package-lock.json ./
COPY sdk/package.json sdk/
COPY server/package.json server/
COPY web/package.json web/
RUN npm ci --omit=dev --workspace server --workspace sdk && npm cache clean --force
COPY sdk sdk
COPY server server
COPY modules modules
COPY gateways gateways
COPY --from=web /app/web/dist web/dist
RUN install -d -o node -g node -m 0700 /var/lib/hostwright
USER node
VOLUME /var/lib/hostwright
EXPOSE 8080
HEALTHCHECK --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "server/bin/hostwright.js"]
CMD ["start", "--no-demo"]
