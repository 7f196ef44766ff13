package io.dragoman.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The calls that callers were promised, against the description of those that there are. */
class DocumentedCallsTest extends ApiTest {

    private static final Pattern CALL = Pattern.compile("`(GET|POST|PUT|PATCH|DELETE) (/[a-z][^` ]*)`");

    private static final List<String> CONTRACT = List.of("POST /query", "POST /queries", "GET /queries/{id}",
            "GET /query/{id}", "POST /query/{id}/replay", "POST /query/{id}/resume", "POST /query/{id}/approve",
            "POST /query/{id}/reject", "POST /retry", "POST /execute", "GET /conversations", "POST /conversations",
            "GET /conversations/{id}", "PATCH /conversations/{id}", "DELETE /conversations/{id}",
            "GET /conversations/{id}/messages", "POST /conversations/{id}/messages", "GET /conversations/{id}/tokens",
            "GET /conversations/{id}/databases", "POST /schemas/upload", "POST /schemas/introspect", "GET /schemas",
            "GET /schemas/{id}", "PATCH /schemas/{id}", "DELETE /schemas/{id}", "GET /schemas/{id}/tables",
            "POST /schemas/search", "POST /schemas/{id}/describe", "POST /feedback", "GET /feedback",
            "POST /feedback/{id}/review", "GET /data-sources", "POST /data-sources", "GET /data-sources/{id}",
            "PATCH /data-sources/{id}", "DELETE /data-sources/{id}", "POST /data-sources/{id}/test", "GET /models",
            "GET /usage", "GET /stats", "GET /examples/questions", "GET /policy", "PUT /policy", "GET /health");

    private Set<String> described() {
        Set<String> calls = new TreeSet<>();
        server.get("/api/v1/openapi.json").json().path("paths").properties().forEach(path -> path.getValue().fieldNames()
                .forEachRemaining(method -> calls.add(method.toUpperCase(Locale.ROOT) + " "
                        + path.getKey().replaceFirst("^/api/v1", ""))));
        return calls;
    }

    @Test
    void everyCallOfTheContractIsThere() {
        Set<String> described = described();
        assertThat(described).containsAll(CONTRACT);
        for (String list : List.of("directives", "examples", "synonyms", "relationships")) {
            assertThat(described).contains("GET /" + list, "POST /" + list, "GET /" + list + "/{id}", "PATCH /" + list + "/{id}",
                    "DELETE /" + list + "/{id}");
        }
    }

    @Test
    void everyCallOfTheDocumentationIsThere() throws IOException {
        Set<String> described = described();
        for (String page : List.of("API.md", "Feedback.md", "Jobs.md", "Policy.md", "Security.md", "LLM.md")) {
            Matcher call = CALL.matcher(Files.readString(Path.of("docs", page)));
            Set<String> documented = new TreeSet<>();
            while (call.find()) {
                documented.add(call.group(1) + " " + call.group(2).replaceFirst("^/api/v1", "").replaceFirst("\\?.*", ""));
            }
            assertThat(described).as(page).containsAll(documented);
        }
    }

    @Test
    void listsReplyWithItemsAndTotal() {
        JsonNode paths = server.get("/api/v1/openapi.json").json().path("paths");
        Set<String> lists = Set.of("/conversations", "/feedback", "/schemas", "/directives", "/examples", "/synonyms",
                "/relationships", "/data-sources", "/approvals", "/queries");
        Set<String> wrong = lists.stream().filter(list -> {
            JsonNode data = server.get("/api/v1" + list + "?limit=1").data();
            return !paths.has("/api/v1" + list) || !data.path("items").isArray() || !data.path("total").isNumber();
        }).collect(Collectors.toSet());
        assertThat(wrong).isEmpty();
    }
}
