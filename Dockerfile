# Builds the jar, then an image with nothing but Java and the jar in it.
FROM eclipse-temurin:21-jdk AS build
WORKDIR /source
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl gnupg \
    && curl -fsSL https://deb.nodesource.com/setup_20.x | bash - && apt-get install -y --no-install-recommends nodejs \
    && rm -rf /var/lib/apt/lists/*
COPY . .
RUN ./mvnw -q -B package -DskipTests

FROM eclipse-temurin:21-jre
RUN useradd --system --create-home --home-dir /var/lib/dragoman dragoman
USER dragoman
WORKDIR /var/lib/dragoman
COPY --from=build /source/target/dragoman-*.jar /opt/dragoman.jar
ENV SERVER_ADDRESS=0.0.0.0 DRAGOMAN_DATA_DIR=/var/lib/dragoman/data
VOLUME /var/lib/dragoman/data
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "--enable-native-access=ALL-UNNAMED", "-jar", "/opt/dragoman.jar"]
