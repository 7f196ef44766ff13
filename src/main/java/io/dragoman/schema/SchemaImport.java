package io.dragoman.schema;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/**
 * Stores what an upload or a catalogue says of a schema group. An import happens whole or not at all; the same import
 * again changes nothing, not even the group's version. Descriptions, synonyms and sample values that are there stay where
 * the import has none, so that reading a catalogue again loses nothing that curators wrote. Thread-safe.
 */
@Service
public class SchemaImport {

    private static final int REPORTED_REJECTIONS = 200;

    private final GroupTransaction transaction;
    private final SchemaReader reader;
    private final SchemaWriter writer;

    SchemaImport(GroupTransaction transaction, SchemaReader reader, SchemaWriter writer) {
        this.transaction = transaction;
        this.reader = reader;
        this.writer = writer;
    }

    /**
     * Imports into the group of that name, which is created when there is none.
     *
     * @param groupName the group's id or name; null takes the one that the document gives
     * @param partial   whether the rest is imported when some parts are rejected; else nothing is
     * @return what changed
     * @throws FailureException when no name is given, or when parts are rejected and {@code partial} is false: its
     *                          details list every {@link Rejection} as {@code rejected}
     */
    public ImportReport run(String groupName, SchemaDocument document, ImportMode mode, boolean partial) {
        String name = groupName == null ? document.groupName() : groupName;
        if (!partial) {
            refuse(document.rejected());
        }
        return transaction.inTransaction(() -> {
            boolean created = name == null || reader.find(name).isEmpty();
            String group = created ? SchemaGroupEditor.newName("schema_group_name", name) : name;
            if (created) {
                writer.createGroup(group, null);
            }
            return transaction.change(reader.resolve(group), key -> importInto(key, created, document, mode, partial),
                    SchemaImport::changesAnything);
        });
    }

    private ImportReport importInto(GroupKey key, boolean created, SchemaDocument document, ImportMode mode,
            boolean partial) {
        SchemaGroup before = reader.loadNow(key.id()).orElseThrow();
        ImportPlan plan = ImportPlan.of(before, reader.resolvedRelationships(before), document, mode);
        if (!partial) {
            refuse(plan.rejected());
        }
        if (created && plan.tableCount() == 0) {
            throw FailureException.invalid("schema_data.tables",
                    "The upload holds no tables, so that no schema group was created.");
        }
        plan.write(key.id(), writer);
        ChangeLog log = plan.log();
        return new ImportReport(key.id(), key.name(), before.version() + (log.isEmpty() ? 0 : 1), plan.tableCount(),
                log.added(), log.changed(), log.removed(), plan.rejected(), document.skipped());
    }

    private static boolean changesAnything(ImportReport report) {
        return !(report.added().isEmpty() && report.changed().isEmpty() && report.removed().isEmpty());
    }

    private static void refuse(List<Rejection> rejected) {
        if (rejected.isEmpty()) {
            return;
        }
        Rejection first = rejected.get(0);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("field", first.path());
        details.put("reason", first.reason());
        details.put("line", first.line());
        details.put("column", first.column());
        details.put("rejected", rejected.stream().limit(REPORTED_REJECTIONS).toList());
        details.put("rejected_total", rejected.size());
        throw new FailureException(ErrorCode.VALIDATION_FAILED, "Nothing was imported: " + first.path() + " "
                + first.reason() + (first.line() == null ? "" : " (line " + first.line() + ")")
                + (rejected.size() == 1 ? "." : ", and " + (rejected.size() - 1) + " more.")
                + " Correct the upload, or import the rest of it with partial=true.", details);
    }
}
