package io.dragoman.ui.schemas;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.dragoman.datasource.Connector;
import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.datasource.DataSources;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.ImportMode;
import io.dragoman.schema.ImportReport;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaDocument;
import io.dragoman.schema.SchemaImport;
import io.dragoman.schema.SchemaLimits;
import io.dragoman.ui.shell.Background;
import java.util.function.Consumer;

/** Reads the catalogue of a datasource into a schema group. */
class IntrospectDialog extends Dialog {

    private static final int OFFERED = 1_000;

    private final DataSources datasources;
    private final SchemaImport imports;
    private final Background background;
    private final Consumer<ImportReport> imported;
    private final Select<DataSourceDefinition> source = new Select<>();
    private final TextField group = new TextField("Into the schema group");
    private final Checkbox samples = new Checkbox("Read values that occur, so that questions can name them", true);
    private final Button read = new Button("Read", click -> read());
    private final ProgressBar working = new ProgressBar();
    private final Div outcome = new Div();

    IntrospectDialog(DataSources datasources, SchemaImport imports, Background background,
            Consumer<ImportReport> imported) {
        this.datasources = datasources;
        this.imports = imports;
        this.background = background;
        this.imported = imported;
        setHeaderTitle("Read from a datasource");
        source.setLabel("Datasource");
        source.setItemLabelGenerator(one -> one.name() + " (" + one.dialect() + ")");
        source.addValueChangeListener(change -> {
            read.setEnabled(change.getValue() != null);
            group.setPlaceholder(change.getValue() == null ? "" : change.getValue().name());
        });
        group.setMaxLength(SchemaLimits.NAME);
        working.setIndeterminate(true);
        working.setVisible(false);
        read.setEnabled(false);
        read.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Div form = new Div(source, group, samples, working, outcome);
        form.addClassName("dialog-form");
        add(form);
        getFooter().add(new Button("Close", click -> close()), read);
        background.run(UI.getCurrent(), () -> datasources.list(OFFERED, 0), source::setItems);
    }

    private void read() {
        DataSourceDefinition from = source.getValue();
        String into = group.getValue().isBlank() ? from.name() : group.getValue().strip();
        boolean values = samples.getValue();
        working(true);
        background.run(UI.getCurrent(), () -> outcome(from, into, values), shown -> {
            working(false);
            shown.run();
        }, words -> {
            working(false);
            show(ImportOutcome.failed(words));
        });
    }

    private Runnable outcome(DataSourceDefinition from, String into, boolean values) {
        try {
            Connector.Catalogue catalogue = datasources.connector(from).introspect(values);
            SchemaDocument document = SchemaDocument.of(
                    new SchemaDefinition(null, from.name(), null, from.dialect(), from.name()), catalogue.tables(),
                    catalogue.relationships());
            ImportReport report = imports.run(into, document, ImportMode.MERGE, true);
            return () -> {
                show(ImportOutcome.of(report));
                imported.accept(report);
            };
        } catch (FailureException e) {
            return () -> show(ImportOutcome.of(e.failure()));
        }
    }

    private void working(boolean now) {
        working.setVisible(now);
        read.setEnabled(!now);
    }

    private void show(ImportOutcome what) {
        outcome.removeAll();
        outcome.add(what);
    }
}
