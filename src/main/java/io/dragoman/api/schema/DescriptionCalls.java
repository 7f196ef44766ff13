package io.dragoman.api.schema;

import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.DescriptionDrafts;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** What {@code /schemas/{id}/describe} does. */
@Component("descriptionCalls")
final class DescriptionCalls {

    private static final int MOST_TABLES = 1_000;
    private static final long WAIT_MS = 10_000;

    private final DescriptionDrafts drafts;

    DescriptionCalls(DescriptionDrafts drafts) {
        this.drafts = drafts;
    }

    /**
     * What to draft; all fields may be left out.
     *
     * @param tables    by name; left out: all of which something is not said
     * @param overwrite whether also what is said already is drafted anew (false)
     * @param apply     whether drafts are stored rather than only shown (false)
     */
    record Body(List<String> tables, boolean overwrite, boolean apply) {

        Body {
            if (tables != null && (tables.size() > MOST_TABLES || tables.stream().anyMatch(name -> name == null || name.isBlank()))) {
                throw FailureException.invalid("tables", "'tables' has to be a list of at most " + MOST_TABLES + " names.");
            }
        }
    }

    /**
     * Drafts of a group.
     *
     * @param status {@code running} or {@code completed}
     * @param done   so many of the tables
     */
    record Drafts(UUID id, String schemaGroup, String status, int total, int done, int failed, List<Draft> drafts) {

        private static Drafts of(DescriptionDrafts.Progress progress) {
            return new Drafts(progress.id(), progress.schemaGroup(), progress.running() ? "running" : "completed",
                    progress.total(), progress.done(), progress.failed(), progress.drafts().stream().map(draft -> new Draft(
                            draft.tableId(), draft.definition(), draft.table(), draft.description(),
                            draft.columns().entrySet().stream().map(column -> new Column(column.getKey(), column.getValue())).toList(),
                            draft.engine().name().toLowerCase(Locale.ROOT), draft.applied())).toList());
        }
    }

    /** The draft of a table; its body fits {@code PATCH /schemas/{id}/tables/{table}}. */
    record Draft(UUID tableId, String definition, String name, String description, List<Column> columns, String engine,
            boolean applied) {
    }

    /** The draft of a column. */
    record Column(String name, String description) {
    }

    public Drafts begin(@Header("id") String id, Body body) {
        return Drafts.of(drafts.begin(id, new DescriptionDrafts.Wish(body.tables(), body.overwrite(), body.apply()), WAIT_MS));
    }

    public Drafts progress(@Header("id") String id) {
        return Drafts.of(drafts.progress(id));
    }
}
