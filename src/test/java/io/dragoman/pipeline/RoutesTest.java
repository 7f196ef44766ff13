package io.dragoman.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** That whoever opens a route file finds every route and step named and explained. */
class RoutesTest {

    private static final Path ROUTES = Path.of("routes");
    private static final Set<String> STEPS = Set.of("to", "toD", "bean", "choice", "loop", "setProperty", "setHeader",
            "setBody", "log", "filter", "split", "multicast", "doTry", "circuitBreaker", "process", "removeHeaders",
            "transform", "validate", "script", "aggregate", "delay", "throttle", "wireTap", "onException", "otherwise");

    @TestFactory
    Stream<DynamicTest> everyRouteAndStepHasAnIdAndADescription() throws IOException {
        return files().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
            List<String> nameless = new ArrayList<>();
            for (JsonNode part : read(file)) {
                check(part, file.getFileName().toString(), nameless);
            }
            assertThat(nameless).isEmpty();
        }));
    }

    @TestFactory
    Stream<DynamicTest> everyIdIsUniqueOverAllFiles() throws IOException {
        Set<String> seen = new HashSet<>();
        return files().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
            for (JsonNode part : read(file)) {
                if (!part.has("routeTemplate")) {
                    List<String> ids = new ArrayList<>();
                    ids(part, ids);
                    Set<String> inPart = new HashSet<>();
                    for (String id : ids) {
                        assertThat(inPart.add(id)).as("%s in %s", id, file).isTrue();
                    }
                    boolean rest = part.has("rest");
                    inPart.forEach(id -> assertThat(rest || seen.add(id)).as("%s in %s", id, file).isTrue());
                }
            }
        }));
    }

    private static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(ROUTES)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList().stream();
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return new YAMLMapper().readTree(file.toFile());
    }

    private static void check(JsonNode node, String where, List<String> nameless) {
        if (node.isArray()) {
            node.forEach(one -> check(one, where, nameless));
            return;
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            JsonNode value = entry.getValue();
            String here = where + " > " + entry.getKey();
            boolean step = STEPS.contains(entry.getKey()) && !value.isArray();
            if (entry.getKey().equals("route") && where.contains("routeTemplate")) {
                require(value, here, nameless, "description");
            } else if (entry.getKey().equals("route") || entry.getKey().equals("routeConfiguration") || step) {
                require(value, here, nameless, "id", "description");
            } else if (entry.getKey().equals("when")) {
                value.forEach(one -> require(one, here, nameless, "id", "description"));
            }
            if (!entry.getKey().equals("rest")) {
                check(value, here + (value.has("id") ? " " + value.get("id").asText() : ""), nameless);
            }
        }
    }

    private static void require(JsonNode node, String where, List<String> nameless, String... fields) {
        for (String field : fields) {
            if (!node.path(field).isTextual() || node.path(field).asText().isBlank()) {
                nameless.add(where + " has no " + field + ": " + (node.has("id") ? node.get("id").asText() : node));
            }
        }
    }

    private static void ids(JsonNode node, List<String> ids) {
        if (node.isObject() && node.path("id").isTextual()) {
            ids.add(node.get("id").asText());
        }
        node.forEach(child -> ids(child, ids));
    }
}
