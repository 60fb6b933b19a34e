# The one image: nsql-ops in a terminal, as a CronJob or Job, as a DaemonSet.
#
#   docker build -t nsql-ops .                         builds the sources inside (needs Maven Central)
#   mvn -B package -pl cli -am && docker build --target prebuilt -t nsql-ops .
#                                                      takes the distribution from cli/target/nsql-ops
#
# BASE_IMAGE is any image with glibc, a shell and a Java runtime of 17 or later on the PATH;
# BUILD_IMAGE any with a JDK 17 and Maven 3.8 or later, which `--target prebuilt` does not use.
ARG BASE_IMAGE=eclipse-temurin:17-jre
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-17

FROM ${BASE_IMAGE} AS runtime
# A name and a home for the user, without tools that a base image may lack. Nothing is written
# there at run time: the root file system may be read-only, /tmp is the only writable place needed.
RUN echo 'nsql-ops:x:10001:' >> /etc/group \
 && echo 'nsql-ops:x:10001:10001:nsql-ops:/tmp:/bin/false' >> /etc/passwd
LABEL org.opencontainers.image.title="nsql-ops" \
      org.opencontainers.image.description="Backup, restore and log-pipeline operations toolkit for NewSQL clusters"
WORKDIR /tmp
ENTRYPOINT ["/opt/nsql-ops/bin/nsql-ops"]

FROM runtime AS prebuilt
COPY cli/target/nsql-ops /opt/nsql-ops
# The first start writes the archive of classes that makes every later one quick.
RUN ["/opt/nsql-ops/bin/nsql-ops", "--version"]
USER 10001:10001

# The stages below come last: a builder that builds every stage up to its target stops before them.
FROM ${BUILD_IMAGE} AS build
WORKDIR /source
COPY . .
RUN mvn -q -B package -DskipTests -pl cli -am

FROM runtime
COPY --from=build /source/cli/target/nsql-ops /opt/nsql-ops
RUN ["/opt/nsql-ops/bin/nsql-ops", "--version"]
USER 10001:10001
