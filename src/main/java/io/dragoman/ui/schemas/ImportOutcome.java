package io.dragoman.ui.schemas;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import io.dragoman.failure.Failure;
import io.dragoman.schema.ImportReport;
import io.dragoman.schema.Rejection;
import java.util.List;

/** What an import did, or why it did nothing. */
class ImportOutcome extends Div {

    private static final int SHOWN = 500;

    private ImportOutcome(String words, boolean good) {
        addClassName("import-outcome");
        getElement().setAttribute("role", good ? "status" : "alert");
        getElement().setAttribute("data-good", good);
        add(new Paragraph(words));
    }

    /** What was added, changed, removed and rejected. */
    static ImportOutcome of(ImportReport report) {
        boolean same = report.added().isEmpty() && report.changed().isEmpty() && report.removed().isEmpty();
        ImportOutcome outcome = new ImportOutcome(same ? "Nothing changed in " + report.schemaGroupName() + "."
                : report.schemaGroupName() + " has " + report.tableCount() + " tables now.", true);
        outcome.list("Added", report.added());
        outcome.list("Changed", report.changed());
        outcome.list("Removed", report.removed());
        outcome.list("Rejected", report.rejected().stream().map(ImportOutcome::words).toList());
        if (report.skippedStatements() > 0) {
            outcome.add(new Paragraph(report.skippedStatements() + " statements that define no schema were passed over."));
        }
        return outcome;
    }

    /** Why nothing was imported. */
    static ImportOutcome of(Failure failure) {
        ImportOutcome outcome = new ImportOutcome(failure.message(), false);
        if (failure.details().get("rejected") instanceof List<?> rejected) {
            outcome.list("Rejected", rejected.stream()
                    .map(one -> one instanceof Rejection rejection ? words(rejection) : String.valueOf(one)).toList());
        }
        return outcome;
    }

    /** That something else went wrong. */
    static ImportOutcome failed(String words) {
        return new ImportOutcome(words, false);
    }

    private void list(String title, List<String> entries) {
        if (entries.isEmpty()) {
            return;
        }
        UnorderedList list = new UnorderedList();
        entries.stream().limit(SHOWN).forEach(entry -> list.add(new ListItem(entry)));
        if (entries.size() > SHOWN) {
            list.add(new ListItem("and " + (entries.size() - SHOWN) + " more"));
        }
        Details details = new Details(title + " (" + entries.size() + ")", (Component) list);
        details.setOpened(title.equals("Rejected"));
        add(details);
    }

    private static String words(Rejection rejection) {
        String place = rejection.line() == null ? "" : "line " + rejection.line()
                + (rejection.column() == null ? "" : ", column " + rejection.column()) + ": ";
        return place + rejection.path() + " " + rejection.reason();
    }
}
