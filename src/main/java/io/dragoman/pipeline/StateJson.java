package io.dragoman.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.dragoman.datasource.ResultTable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Writes a run's state for the database and reads it back. The rows of the result stay out: they are not ours to keep. */
@Component
class StateJson {

    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final ObjectWriter plain;

    StateJson() {
        JsonMapper mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .serializationInclusion(JsonInclude.Include.NON_NULL)
                .build();
        writer = mapper.writerFor(QueryState.class);
        plain = mapper.writer();
        reader = mapper.readerFor(QueryState.class);
    }

    String write(QueryState state) {
        ResultTable rows = state.results();
        QueryState kept = rows == null ? state : state.revise().results(new ResultTable(rows.columns(), List.of(),
                rows.rowCount(), rows.truncated(), rows.executionTimeMs(), rows.cached(), rows.ageMs())).done();
        try {
            // PostgreSQL's jsonb has no NUL character; a database's own message may.
            return writer.writeValueAsString(kept).replace("\\u0000", "\\ufffd");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    String write(Map<String, Double> numbers) {
        try {
            return plain.writeValueAsString(numbers);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    QueryState read(String json) {
        try {
            return reader.readValue(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
