package io.dragoman.api.schema;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.dragoman.schema.Example;
import io.dragoman.schema.Examples;
import io.dragoman.schema.GroupEntries.Owned;
import java.util.UUID;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** What {@code /examples} does. */
@Component("exampleCalls")
final class ExampleCalls extends EntryCalls<Example, ExampleCalls.View> {

    ExampleCalls(Examples examples) {
        super(examples);
    }

    /** An example on the wire; {@code feedbackId} is the feedback that it was made of, null for one of a curator. */
    record View(UUID id, UUID schemaGroupId, String schemaGroupName, String question, String query, String dialect,
            String explanation, UUID feedbackId) {
    }

    /** An example to be; null fields of a change stay as they are. */
    record Body(@JsonAlias({"schema_group", "schema_group_name"}) String schemaGroupId, String question, String query,
            String dialect, String explanation) {
    }

    public View create(Body body) {
        return add(body.schemaGroupId(),
                new Example(null, body.question(), body.query(), body.dialect(), body.explanation()));
    }

    public View change(@Header("id") String id, Body body) {
        Example stored = stored(id);
        return replace(id, new Example(null, or(body.question(), stored.question()), or(body.query(), stored.query()),
                or(body.dialect(), stored.dialect()), or(body.explanation(), stored.explanation())));
    }

    @Override
    View view(Owned<Example> entry) {
        Example example = entry.value();
        return new View(example.id(), entry.group().id(), entry.group().name(), example.question(), example.query(),
                example.dialect(), example.explanation(), example.feedbackId());
    }
}
