package io.dragoman.llm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** An OTLP/HTTP endpoint as Langfuse and collectors have it: protobuf in, decoded by OpenTelemetry's own definitions. */
final class OtlpEndpoint implements AutoCloseable {

    private final HttpServer server;
    private final Queue<ExportTraceServiceRequest> received = new ConcurrentLinkedQueue<>();
    private final Queue<String> authorizations = new ConcurrentLinkedQueue<>();

    OtlpEndpoint() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/public/otel/v1/traces", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            InputStream body = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                    ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
            received.add(ExportTraceServiceRequest.parseFrom(body.readAllBytes()));
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/public/otel";
    }

    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    private Stream<io.opentelemetry.proto.trace.v1.ResourceSpans> resources() {
        return received.stream().flatMap(request -> request.getResourceSpansList().stream());
    }

    List<Span> spans() {
        return resources().flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream()).toList();
    }

    String service() {
        return resources().flatMap(resource -> resource.getResource().getAttributesList().stream())
                .filter(attribute -> attribute.getKey().equals("service.name")).findFirst().orElseThrow().getValue()
                .getStringValue();
    }

    /** All that was received, as text. */
    String text() {
        return received.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
