package io.dragoman.ui.schemas;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import io.dragoman.schema.Directive;
import io.dragoman.schema.Example;
import io.dragoman.schema.ImportMode;
import io.dragoman.schema.SchemaDocument;
import io.dragoman.schema.SchemaDocument.Part;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.SchemaGroupEditor.Wording;
import io.dragoman.schema.Synonym;
import io.dragoman.schema.TableDefinition;
import io.dragoman.ui.shell.Background;
import io.dragoman.ui.shell.Notices;
import java.util.List;
import java.util.function.Consumer;

/** Makes a curator's changes in the background, tells of them, and offers to take deletions back. One a page. */
class SchemaEdits {

    private final SchemaServices services;
    private final Background background;
    private final Consumer<String> changed;

    /** @param changed gets the name of the group that is different now */
    SchemaEdits(SchemaServices services, Background background, Consumer<String> changed) {
        this.services = services;
        this.background = background;
        this.changed = changed;
    }

    void describe(SchemaGroup group, String text) {
        make(group.name(), "Saved.", () -> services.editor().change(group.id().toString(), null, text));
    }

    void describe(SchemaGroup group, TableDefinition table, Wording wording) {
        make(group.name(), "Saved.",
                () -> services.editor().describe(group.id().toString(), table.id().toString(), wording));
    }

    /** Asks first; the deletion can be taken back, because the whole group is still at hand. */
    void delete(SchemaGroup group) {
        ConfirmDialog sure = new ConfirmDialog();
        sure.setHeader("Delete " + group.name() + "?");
        sure.setText("Its " + group.tables().size() + " tables, glossary, sample questions and synonyms go with it. The "
                + "databases themselves are not touched.");
        sure.setCancelable(true);
        sure.setConfirmText("Delete");
        sure.setConfirmButtonTheme("error primary");
        sure.addConfirmListener(confirm -> undoable(group.name(), "Deleted " + group.name() + ".",
                () -> services.editor().delete(group.id().toString()), () -> restore(group)));
        sure.open();
    }

    void add(SchemaGroup group, Directive added) {
        make(group.name(), "Added.", () -> services.directives().create(group.name(), added));
    }

    void change(SchemaGroup group, Directive before, Directive after) {
        make(group.name(), "Saved.", () -> services.directives().update(before.id().toString(), after));
    }

    void delete(SchemaGroup group, Directive gone) {
        undoable(group.name(), "Deleted " + gone.key() + ".", () -> services.directives().delete(gone.id().toString()),
                () -> services.directives().create(group.name(), gone));
    }

    void add(SchemaGroup group, Example added) {
        make(group.name(), "Added.", () -> services.examples().create(group.name(), added));
    }

    void change(SchemaGroup group, Example before, Example after) {
        make(group.name(), "Saved.", () -> services.examples().update(before.id().toString(), after));
    }

    void delete(SchemaGroup group, Example gone) {
        undoable(group.name(), "Deleted the question.", () -> services.examples().delete(gone.id().toString()),
                () -> services.examples().create(group.name(), gone));
    }

    void add(SchemaGroup group, Synonym added) {
        make(group.name(), "Added.", () -> services.synonyms().create(group.name(), added));
    }

    void change(SchemaGroup group, Synonym before, Synonym after) {
        make(group.name(), "Saved.", () -> services.synonyms().update(before.id().toString(), after));
    }

    void delete(SchemaGroup group, Synonym gone) {
        undoable(group.name(), "Deleted " + gone.term() + ".", () -> services.synonyms().delete(gone.id().toString()),
                () -> services.synonyms().create(group.name(), gone));
    }

    private void restore(SchemaGroup group) {
        services.imports().run(group.name(), new SchemaDocument(group.name(), group.definitions(), parts(group.tables()),
                parts(group.relationships()), parts(group.examples()), parts(group.directives()),
                parts(group.synonyms()), List.of(), 0), ImportMode.REPLACE, true);
        if (group.description() != null) {
            services.editor().change(group.name(), null, group.description());
        }
    }

    private static <T> List<Part<T>> parts(List<T> values) {
        return values.stream().map(value -> new Part<>(value, null, null, null)).toList();
    }

    private void undoable(String group, String done, Runnable work, Runnable undo) {
        run(group, work, () -> Notices.done(done, "Undo", () -> make(group, "Taken back.", undo)));
    }

    private void make(String group, String done, Runnable work) {
        run(group, work, () -> Notices.done(done));
    }

    private void run(String group, Runnable work, Runnable told) {
        background.run(UI.getCurrent(), () -> {
            work.run();
            return group;
        }, name -> {
            told.run();
            changed.accept(name);
        }, words -> {
            Notices.error(words);
            changed.accept(group);
        });
    }
}
