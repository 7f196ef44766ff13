# Builds the jar, then an image with nothing but Java and what is in the jar, unpacked.
FROM eclipse-temurin:21-jdk AS build
WORKDIR /source
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl gnupg \
    && curl -fsSL https://deb.nodesource.com/setup_20.x | bash - && apt-get install -y --no-install-recommends nodejs \
    && rm -rf /var/lib/apt/lists/*
COPY . .
RUN ./mvnw -q -B package -DskipTests \
    && java -Djarmode=tools -jar target/dragoman-*.jar extract --destination /dragoman \
    && mv /dragoman/dragoman-*.jar /dragoman/dragoman.jar

FROM eclipse-temurin:21-jre
RUN useradd --system --create-home --home-dir /var/lib/dragoman dragoman
USER dragoman
WORKDIR /var/lib/dragoman
COPY --from=build /dragoman /opt/dragoman
ENV SERVER_ADDRESS=0.0.0.0 DRAGOMAN_DATA_DIR=/var/lib/dragoman/data
VOLUME /var/lib/dragoman/data
EXPOSE 8080
# The first stop in order keeps the classes that were loaded, so that later starts are faster: docs/Operations.md.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "--enable-native-access=ALL-UNNAMED", "-Xlog:cds=off", "-Xlog:cds+dynamic=off", \
    "-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=/var/lib/dragoman/data/classes.jsa", "-jar", "/opt/dragoman/dragoman.jar"]
