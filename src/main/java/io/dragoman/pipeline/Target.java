package io.dragoman.pipeline;

import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.datasource.DataSources;
import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Dialects;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which query language to write in, and which datasource to run on. */
@Component
class Target {

    private final DataSources dataSources;
    private final Dialects dialects;

    Target(DataSources dataSources, Dialects dialects) {
        this.dataSources = dataSources;
        this.dialects = dialects;
    }

    /**
     * A choice.
     *
     * @param dialect    the language
     * @param datasource null when none is known
     */
    record Choice(Dialect dialect, DataSourceDefinition datasource) {
    }

    /**
     * Chooses for a question. The datasource is the one the question names, else that of the database of the tables, else
     * one with the database's or the group's name; the language is the one the question names, else the datasource's, else
     * the database's.
     *
     * @param definition the name of the database of the tables; null when not known yet
     * @throws FailureException {@code NOT_FOUND} for an unknown datasource, {@code VALIDATION_FAILED} for a language that is
     *                          unknown or not the datasource's
     */
    Choice choose(Question question, SchemaGroup group, String definition) {
        SchemaDefinition database = database(group, definition);
        DataSourceDefinition source = question.datasource() != null
                ? datasource(question.datasource())
                : known(database, group).orElse(null);
        String wanted = question.dialect() != null ? question.dialect()
                : source != null ? source.dialect() : database.dialect();
        Dialect dialect = dialect(wanted == null ? "postgresql" : wanted);
        if (source != null && !source.dialect().equals(dialect.name())) {
            if (question.datasource() != null || question.execute()) {
                throw FailureException.invalid("dialect", "The datasource '" + source.name() + "' speaks "
                        + source.dialect() + ", not " + dialect.name() + ".");
            }
            source = null;
        }
        return new Choice(dialect, source);
    }

    /** The datasource of that id or name. */
    DataSourceDefinition datasource(String idOrName) {
        return dataSources.find(idOrName).orElseThrow(() -> FailureException.notFound("datasource", idOrName));
    }

    /** The language of that name. */
    Dialect dialect(String name) {
        return dialects.find(name).orElseThrow(() -> new FailureException(ErrorCode.VALIDATION_FAILED,
                "There is no query language '" + name + "' here.",
                Map.of("field", "dialect", "known", dialects.names())));
    }

    private Optional<DataSourceDefinition> known(SchemaDefinition database, SchemaGroup group) {
        if (database.datasource() != null) {
            return dataSources.find(database.datasource());
        }
        return dataSources.find(database.name())
                .or(() -> dataSources.find(group.name()))
                .filter(source -> database.dialect() == null || source.dialect().equals(database.dialect()));
    }

    private static SchemaDefinition database(SchemaGroup group, String definition) {
        return group.definition(definition).orElse(group.definitions().get(0));
    }
}
