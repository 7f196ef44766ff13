package io.dragoman.schema;

import io.dragoman.failure.FailureException;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The synonyms that curators teach schema groups. Thread-safe. */
@Service
public class Synonyms extends GroupEntries<Synonym> {

    private final SchemaReader reader;

    Synonyms(JdbcClient jdbc, GroupTransaction transaction, SchemaReader reader) {
        super(jdbc, transaction, reader, "synonym", "synonyms", """
                SELECT g.id AS group_id, g.name AS group_name, e.id, e.term, e.target
                FROM synonyms e JOIN schema_groups g ON g.id = e.schema_group_id""", SchemaRows::synonym);
        this.reader = reader;
    }

    @Override
    Map<String, Object> columns(GroupKey group, Synonym entry) {
        String term = SchemaLimits.required("term", entry.term(), SchemaLimits.NAME);
        String target = SchemaLimits.required("target", entry.target(), SchemaLimits.TARGET);
        String problem = new TableNames(reader.loadNow(group.id()).orElseThrow().tables()).targetProblem(target);
        if (problem != null) {
            throw FailureException.invalid("target", "The synonym " + problem + ".");
        }
        return Map.of("term", term, "target", target);
    }

    @Override
    String name(Synonym entry) {
        return entry.term() + " = " + entry.target();
    }
}
