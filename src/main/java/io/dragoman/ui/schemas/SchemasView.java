package io.dragoman.ui.schemas;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.ImportReport;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import io.dragoman.ui.shell.Background;
import io.dragoman.ui.shell.EmptyState;
import io.dragoman.ui.shell.MainLayout;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Optional;

/** Keeping schema groups. */
@RolesAllowed({"CURATOR", "ADMIN"})
@Route(value = "schema-groups", layout = MainLayout.class)
@PageTitle("Schema groups")
@Menu(order = 2, title = "Schema groups", icon = "vaadin:database")
class SchemasView extends Div {

    private final SchemaServices services;
    private final Background background;
    private final SchemaEdits edits;
    private final SchemaOutline outline = new SchemaOutline();
    private final SchemaTree tree = new SchemaTree(outline, this::show);
    private final Div details = new Div();
    private SchemaNode chosen;

    SchemasView(SchemaServices services, Background background) {
        this.services = services;
        this.background = background;
        this.edits = new SchemaEdits(services, background, group -> refresh(UI.getCurrent()));
        addClassNames("page", "schemas");
        details.addClassName("schema-details");
        add(new Div(actions(), tree), details);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        refresh(event.getUI());
    }

    private Component actions() {
        Button upload = new Button("Upload", VaadinIcon.UPLOAD.create(), click -> upload());
        upload.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Button read = new Button("Read from a datasource", VaadinIcon.DATABASE.create(), click -> introspect());
        Div actions = new Div(upload, read);
        actions.addClassName("chips");
        return actions;
    }

    private void upload() {
        new UploadDialog(chosen == null ? null : chosen.group(), services.imports(), background, this::imported).open();
    }

    private void introspect() {
        new IntrospectDialog(services.datasources(), services.imports(), background, this::imported).open();
    }

    private void imported(ImportReport report) {
        refresh(UI.getCurrent());
    }

    private void refresh(UI ui) {
        background.run(ui, this::snapshots, groups -> {
            outline.show(groups);
            show(chosen);
        });
    }

    private List<SchemaGroup> snapshots() {
        return services.groups().names().stream().map(services.groups()::find).flatMap(Optional::stream).toList();
    }

    private void show(SchemaNode node) {
        Optional<SchemaGroup> group = node == null ? Optional.empty() : outline.group(node.group());
        chosen = group.isPresent() ? node : null;
        details.removeAll();
        details.add(group.map(snapshot -> card(snapshot, node)).orElseGet(this::overview));
        if (!outline.groups().isEmpty()) {
            details.add(new RetrievalProbe(chosen == null ? null : chosen.group(), services.search(), background));
        }
    }

    private Component overview() {
        if (outline.groups().isEmpty()) {
            return new EmptyState(VaadinIcon.DATABASE, "No schema groups yet",
                    "Upload a schema as JSON, YAML or SQL DDL, or read one from a datasource.");
        }
        return new GroupOverview(outline.groups(), tree::choose);
    }

    private Component card(SchemaGroup group, SchemaNode node) {
        if (node instanceof SchemaNode.Table one) {
            return outline.table(group.name(), one.definition(), one.name()).<Component>map(table ->
                    new TableCard(group, table, wording -> edits.describe(group, table, wording)))
                    .orElseGet(() -> new GroupCard(group, edits));
        }
        if (node instanceof SchemaNode.Column one) {
            return outline.table(group.name(), one.definition(), one.table()).flatMap(table -> table.column(one.name())
                    .<Component>map(column -> column(group, table, column)))
                    .orElseGet(() -> new GroupCard(group, edits));
        }
        return new GroupCard(group, edits);
    }

    private Component column(SchemaGroup group, TableDefinition table, ColumnDefinition column) {
        return new ColumnCard(group, table, column, wording -> edits.describe(group, table, wording));
    }
}
