package io.dragoman.api.schema;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.dragoman.schema.GroupEntries.Owned;
import io.dragoman.schema.Synonym;
import io.dragoman.schema.Synonyms;
import java.util.UUID;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** What {@code /synonyms} does. */
@Component("synonymCalls")
final class SynonymCalls extends EntryCalls<Synonym, SynonymCalls.View> {

    SynonymCalls(Synonyms synonyms) {
        super(synonyms);
    }

    /** A synonym on the wire. */
    record View(UUID id, UUID schemaGroupId, String schemaGroupName, String term, String target) {
    }

    /** A synonym to be; null fields of a change stay as they are. */
    record Body(@JsonAlias({"schema_group", "schema_group_name"}) String schemaGroupId, String term, String target) {
    }

    public View create(Body body) {
        return add(body.schemaGroupId(), new Synonym(null, body.term(), body.target()));
    }

    public View change(@Header("id") String id, Body body) {
        Synonym stored = stored(id);
        return replace(id, new Synonym(null, or(body.term(), stored.term()), or(body.target(), stored.target())));
    }

    @Override
    View view(Owned<Synonym> entry) {
        return new View(entry.value().id(), entry.group().id(), entry.group().name(), entry.value().term(),
                entry.value().target());
    }
}
