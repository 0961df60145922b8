# syntax=docker/dockerfile:1

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image has its own Node: the one that npm brings along for machines with an older one is left out.
RUN npm ci --omit=dev && rm -rf node_modules/node-linux-* node_modules/.bin/node

FROM node:24-slim
ENV NODE_ENV=production DATABASE_URL=file:/data/coxswain.db
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json CHANGELOG.md LICENSE ./
COPY bin bin
COPY commands commands
COPY db db
COPY jobs jobs
COPY sandbox sandbox
COPY src src
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# What is being sent when the container is stopped gets the time to end.
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "bin/coxswain.js"]
CMD ["start"]
