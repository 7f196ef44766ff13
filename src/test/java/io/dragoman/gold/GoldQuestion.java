package io.dragoman.gold;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * A question with a query that answers it.
 *
 * @param question   as a user would ask
 * @param gold       a query that gives the right rows; for q the right text
 * @param also       other queries that are as right
 * @param ordered    whether the order of the rows counts
 * @param datasource what the gold query runs on; null for the world's only one
 * @param then       follow-up questions in the same conversation
 */
record GoldQuestion(String question, String gold, List<String> also, boolean ordered, String datasource,
        List<GoldQuestion> then) {

    GoldQuestion {
        also = also == null ? List.of() : also;
        then = then == null ? List.of() : then;
    }

    /** The questions of {@code gold/<world>.yaml}. */
    static List<GoldQuestion> of(String world) throws IOException {
        try (InputStream file = GoldQuestion.class.getResourceAsStream("/gold/" + world + ".yaml")) {
            return Arrays.asList(new ObjectMapper(new YAMLFactory()).readValue(file, GoldQuestion[].class));
        }
    }
}
