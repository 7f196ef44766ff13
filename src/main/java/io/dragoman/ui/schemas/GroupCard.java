package io.dragoman.ui.schemas;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.component.textfield.TextArea;
import io.dragoman.schema.Directive;
import io.dragoman.schema.Example;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.Synonym;
import io.dragoman.ui.schemas.EntryList.Field;
import io.dragoman.ui.schemas.EntryList.Shape;
import io.dragoman.ui.shell.Card;
import java.util.List;
import java.util.stream.Collectors;

/** A schema group: what it is, its glossary, examples, words and relationships. */
class GroupCard extends Card {

    private static final Shape<Directive> DIRECTIVE = new Shape<>("directive", List.of(
            new Field<>("Word", Directive::key, false, true), new Field<>("What it means", Directive::value, true, true),
            new Field<>("When to use it", Directive::context, true, false),
            new Field<>("As an expression", Directive::expression, true, false)),
            texts -> new Directive(null, texts.get(0), texts.get(1), texts.get(2), texts.get(3)));
    private static final Shape<Example> EXAMPLE = new Shape<>("sample question", List.of(
            new Field<>("Question", Example::question, true, true), new Field<>("Query", Example::query, true, true),
            new Field<>("Language", Example::dialect, false, false),
            new Field<>("Why so", Example::explanation, true, false)),
            texts -> new Example(null, texts.get(0), texts.get(1), texts.get(2), texts.get(3)));
    private static final Shape<Synonym> SYNONYM = new Shape<>("synonym", List.of(
            new Field<>("Word", Synonym::term, false, true), new Field<>("Stands for", Synonym::target, false, true)),
            texts -> new Synonym(null, texts.get(0), texts.get(1)));

    GroupCard(SchemaGroup group, SchemaEdits edits) {
        super(group.name());
        beside(badge("schema group", null), delete(group, edits));
        add(facts(group), description(group, edits), parts(group, edits));
    }

    private static Facts facts(SchemaGroup group) {
        return new Facts().with("Tables", group.tables().size())
                .with("Databases", group.definitions().stream().map(GroupCard::words).collect(Collectors.joining(", ")))
                .with("Version", group.version());
    }

    private static String words(SchemaDefinition definition) {
        return definition.name() + (definition.dialect() == null ? "" : " (" + definition.dialect()
                + (definition.datasource() == null ? ", not connected" : "") + ")");
    }

    private static Button delete(SchemaGroup group, SchemaEdits edits) {
        Button delete = new Button("Delete", VaadinIcon.TRASH.create(), click -> edits.delete(group));
        delete.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ERROR, ButtonVariant.LUMO_SMALL);
        delete.addClassName("end");
        return delete;
    }

    private static Div description(SchemaGroup group, SchemaEdits edits) {
        TextArea text = new TextArea("Description");
        text.setValue(group.description() == null ? "" : group.description());
        text.setMaxLength(10_000);
        text.setWidthFull();
        Button save = new Button("Save", click -> edits.describe(group, text.getValue()));
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        save.setDisableOnClick(true);
        Div form = new Div(text, save);
        form.addClassName("wording");
        return form;
    }

    private static TabSheet parts(SchemaGroup group, SchemaEdits edits) {
        TabSheet parts = new TabSheet();
        parts.setWidthFull();
        parts.add("Glossary (" + group.directives().size() + ")", new EntryList<>(DIRECTIVE, group.directives(),
                added -> edits.add(group, added), (before, after) -> edits.change(group, before, after),
                gone -> edits.delete(group, gone)));
        parts.add("Sample questions (" + group.examples().size() + ")", new EntryList<>(EXAMPLE, group.examples(),
                added -> edits.add(group, added), (before, after) -> edits.change(group, before, after),
                gone -> edits.delete(group, gone)));
        parts.add("Synonyms (" + group.synonyms().size() + ")", new EntryList<>(SYNONYM, group.synonyms(),
                added -> edits.add(group, added), (before, after) -> edits.change(group, before, after),
                gone -> edits.delete(group, gone)));
        parts.add("Relationships (" + group.relationships().size() + ")", new RelationshipList(group, null, null));
        return parts;
    }
}
