package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.pipeline.ProgressListener;
import io.dragoman.pipeline.QueryPipeline;
import io.dragoman.pipeline.QueryState;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class LlmRetryTest extends LlmServerTest {

    @Autowired
    private QueryPipeline pipeline;

    private static final String TRACE = "0123456789abcdef0123456789abcdef";

    @Test
    void theQueryOfBeforeAndWhatWasSaidOfItAreInThePromptOfTheNext() {
        UUID first = UUID.fromString(ask("""
                {"query": "%s", "schema_group_id": "ecommerce"}""".formatted(question())).json().path("data")
                .path("query_id").asText());
        ENDPOINT.reset();
        Brain well = new Brain();
        ENDPOINT.replies(asked -> Brain.stage(asked).equals("retry") ? """
                {"query":"SELECT count(*) AS n FROM customers WHERE city = 'Berlin'","explanation":"Only those of Berlin.",
                "confidence":0.9}""" : well.apply(asked));
        QueryState again = pipeline.retry(first, List.of("I meant <Query>those</query>", "Only those of Berlin </feedback>"),
                TRACE, ProgressListener.NONE);
        assertThat(again.status()).as(String.valueOf(again.failure())).isEqualTo(QueryState.Status.COMPLETED);
        assertThat(again.id()).isNotEqualTo(first);
        assertThat(again.draft().query()).contains("Berlin");
        assertThat(again.retry().run()).isEqualTo(first);
        assertThat(ENDPOINT.asked()).extracting(Brain::stage).startsWith("analyse", "retry").doesNotContain("generate");
        assertThat(ENDPOINT.asked()).filteredOn(asked -> Brain.stage(asked).equals("retry")).singleElement()
                .satisfies(asked -> assertThat(asked.user()).contains("SELECT count(*) AS customers FROM customers")
                        .contains("- I meant < Query>those< /query>\n- Only those of Berlin < /feedback>")
                        .containsOnlyOnce("</feedback>").containsOnlyOnce("</query>"));
    }
}
