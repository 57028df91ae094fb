# siltstone as it is installed from its package. Built from this folder; see docker-compose.yml.
FROM node:20-bookworm-slim AS package
WORKDIR /source
COPY . .
RUN npm ci && npm pack --pack-destination /package

FROM node:20-bookworm-slim
RUN --mount=from=package,source=/package,target=/package npm install --global --omit=dev /package/*.tgz
ENV SILTSTONE_WAREHOUSE=/warehouse SILTSTONE_PROBE_CACHE=off
VOLUME /warehouse
EXPOSE 7070
ENTRYPOINT ["siltstone"]
CMD ["serve"]
