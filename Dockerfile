# One image for every part; docker-compose.yml names the part to run.
FROM node:24-slim AS build
WORKDIR /kontor
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# What is optional is PostgreSQL and Node from npm: the image brings Node, the deployment its databases.
RUN npm run build && npm prune --omit=dev --omit=optional --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072
WORKDIR /kontor
COPY --from=build /kontor/package.json ./
COPY --from=build /kontor/node_modules ./node_modules
COPY --from=build /kontor/dist ./dist
COPY --from=build /kontor/config ./config
USER node
# As `kontor up` starts its parts.
ENTRYPOINT ["node", "--enable-source-maps", "--max-old-space-size=1024", "--max-semi-space-size=32", "--min-semi-space-size=32", "--no-allocation-site-pretenuring", "--heap-growing-percent=60"]
CMD ["dist/apps/command-api/main.js"]
