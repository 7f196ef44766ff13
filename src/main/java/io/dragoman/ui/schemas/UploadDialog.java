package io.dragoman.ui.schemas;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadHandler;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.ImportMode;
import io.dragoman.schema.ImportReport;
import io.dragoman.schema.SchemaImport;
import io.dragoman.schema.SchemaLimits;
import io.dragoman.schema.format.SchemaFormat;
import io.dragoman.ui.shell.Background;
import java.util.Locale;
import java.util.function.Consumer;

/** Takes a schema as a file and shows what its import did. */
class UploadDialog extends Dialog {

    private final SchemaImport imports;
    private final Background background;
    private final Consumer<ImportReport> imported;
    private final TextField group = new TextField("Into the schema group");
    private final Select<ImportMode> mode = new Select<>();
    private final Checkbox partial = new Checkbox("Import the rest when parts are rejected");
    private final Div outcome = new Div();

    /** @param groupName offered as the group to import into; null for none */
    UploadDialog(String groupName, SchemaImport imports, Background background, Consumer<ImportReport> imported) {
        this.imports = imports;
        this.background = background;
        this.imported = imported;
        setHeaderTitle("Upload a schema");
        group.setValue(groupName == null ? "" : groupName);
        group.setMaxLength(SchemaLimits.NAME);
        group.setHelperText("Left empty: the name that the file gives, else the file's own name");
        chooseMode(mode);
        Div form = new Div(group, mode, partial, upload(), outcome);
        form.addClassName("dialog-form");
        add(form);
        getFooter().add(new Button("Close", click -> close()));
    }

    /** Offers what an import does to what is there already. */
    static void chooseMode(Select<ImportMode> mode) {
        mode.setLabel("What is there already");
        mode.setItems(ImportMode.values());
        mode.setItemLabelGenerator(value -> switch (value) {
            case MERGE -> "Replace the tables of the databases in the import";
            case ADD -> "Keep, and add to it";
            case REPLACE -> "Replace the whole group";
        });
        mode.setValue(ImportMode.MERGE);
    }

    private Upload upload() {
        UI ui = UI.getCurrent();
        Upload upload = new Upload(UploadHandler.inMemory((metadata, bytes) ->
                Background.tell(ui, () -> read(ui, metadata.fileName(), bytes))));
        upload.setAcceptedFileTypes(".json", ".yaml", ".yml", ".sql", ".ddl");
        upload.setMaxFileSize(SchemaLimits.BODY_BYTES);
        upload.setDropLabel(new Span("Drop a JSON, YAML or SQL DDL file here"));
        upload.addFileRejectedListener(event -> show(ImportOutcome.failed(event.getErrorMessage())));
        return upload;
    }

    private void read(UI ui, String fileName, byte[] bytes) {
        String name = group.getValue().isBlank() ? null : group.getValue().strip();
        ImportMode chosen = mode.getValue();
        boolean rest = partial.getValue();
        background.run(ui, () -> outcome(fileName, bytes, name, chosen, rest), Runnable::run,
                words -> show(ImportOutcome.failed(words)));
    }

    private Runnable outcome(String fileName, byte[] bytes, String name, ImportMode chosen, boolean rest) {
        try {
            var document = format(fileName).read(bytes);
            String target = name != null ? name : document.groupName() != null ? document.groupName() : stem(fileName);
            ImportReport report = imports.run(target, document, chosen, rest);
            return () -> {
                show(ImportOutcome.of(report));
                imported.accept(report);
            };
        } catch (FailureException e) {
            return () -> show(ImportOutcome.of(e.failure()));
        }
    }

    private void show(ImportOutcome what) {
        outcome.removeAll();
        outcome.add(what);
    }

    private static SchemaFormat format(String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        String type = lower.endsWith(".json") ? "application/json"
                : lower.endsWith(".sql") || lower.endsWith(".ddl") ? "application/sql" : "application/yaml";
        return SchemaFormat.of(type);
    }

    private static String stem(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot <= 0 ? fileName : fileName.substring(0, dot);
    }
}
