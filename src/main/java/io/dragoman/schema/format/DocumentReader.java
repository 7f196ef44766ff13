package io.dragoman.schema.format;

import io.dragoman.schema.Directive;
import io.dragoman.schema.Example;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaDocument;
import io.dragoman.schema.SchemaDocument.Part;
import io.dragoman.schema.SchemaLimits;
import io.dragoman.schema.Synonym;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads a schema from the structure that the JSON and the YAML format share. */
final class DocumentReader {

    private final String wholeField;
    private final FieldReader fields;
    private final RelationshipReader relationships;
    private final TableReader tables;
    private final List<SchemaDefinition> definitions = new ArrayList<>();
    private final List<Part<Example>> examples = new ArrayList<>();
    private final List<Part<Directive>> directives = new ArrayList<>();
    private final List<Part<Synonym>> synonyms = new ArrayList<>();

    /**
     * @param numbersAreText whether a bare number may stand for text
     * @param wholeField     which field to name as missing when there is nothing of a schema
     */
    DocumentReader(boolean numbersAreText, String wholeField) {
        this.wholeField = wholeField;
        fields = new FieldReader(numbersAreText);
        relationships = new RelationshipReader(fields);
        tables = new TableReader(fields, relationships);
    }

    SchemaDocument read(Node root) {
        String groupName = null;
        if (root.kind() == Node.Kind.OBJECT) {
            groupName = fields.text(root, SchemaLimits.NAME, "schema_group_name", "schema_group");
        }
        Node data = root.field("schema_data");
        readData(data == null ? root : data);
        return new SchemaDocument(groupName, definitions, tables.tables(), relationships.relationships(), examples,
                directives, synonyms, fields.rejected(), 0);
    }

    private void readData(Node data) {
        if (data.kind() == Node.Kind.LIST) {
            tables.readAll(data, null, null);
            return;
        }
        if (data.kind() != Node.Kind.OBJECT) {
            fields.reject(data, "has to be an object with tables");
            return;
        }
        if (data.field("tables", "schemas", "databases", "definitions", "examples", "directives", "glossary",
                "glossary_directives", "synonyms", "relationships") == null) {
            fields.missing(data, data.path().isEmpty() ? wholeField : "tables");
            return;
        }
        readDatabase(data, null);
        Node databases = data.field("databases", "definitions");
        if (databases != null && databases.kind() == Node.Kind.OBJECT) {
            databases.fields().forEach((name, database) -> readNamed(database, name));
        } else if (databases != null) {
            each(databases, database -> readNamed(database,
                    fields.required(database, SchemaLimits.NAME, "name", "database", "definition")));
        }
    }

    private void readNamed(Node database, String name) {
        String problem = name == null ? null : SchemaLimits.problem(name, SchemaLimits.NAME);
        if (database.kind() != Node.Kind.OBJECT) {
            fields.reject(database, "has to be an object with schemas or tables");
        } else if (problem != null) {
            fields.reject(database, "has a name that " + problem);
        } else if (name != null) {
            readDatabase(database, name);
        }
    }

    private void readDatabase(Node node, String name) {
        String stated = name != null ? name : fields.text(node, SchemaLimits.NAME, "definition", "database");
        SchemaDefinition definition = new SchemaDefinition(null, stated,
                fields.text(node, SchemaLimits.TEXT, "description"),
                fields.text(node, SchemaLimits.DIALECT, "dialect"),
                fields.text(node, SchemaLimits.NAME, "datasource", "data_source"));
        if (stated != null || definition.dialect() != null || definition.datasource() != null) {
            definitions.add(definition);
        }
        if (node.field("tables") != null) {
            tables.readAll(node.field("tables"), stated, null);
        }
        Node schemas = node.field("schemas");
        if (schemas != null && schemas.kind() != Node.Kind.OBJECT) {
            fields.reject(schemas, "has to be an object of schemas by name");
        } else if (schemas != null) {
            schemas.fields().forEach((schema, content) -> readSchema(content, stated, schema));
        }
        relationships.readAll(node.field("relationships", "foreign_keys"), null, null);
        readWords(node);
    }

    private void readSchema(Node schema, String definition, String name) {
        if (schema.field("tables") == null) {
            fields.missing(schema, "tables");
        } else {
            tables.readAll(schema.field("tables"), definition, name);
            relationships.readAll(schema.field("relationships", "foreign_keys"), null, null);
        }
    }

    private void readWords(Node node) {
        each(node.field("examples"), this::readExample);
        each(node.field("directives", "glossary", "glossary_directives"), this::readDirective);
        Node all = node.field("synonyms");
        if (all != null && all.kind() == Node.Kind.OBJECT) {
            all.fields().forEach(this::readSynonym);
        } else {
            each(all, this::readSynonym);
        }
    }

    private void readExample(Node node) {
        String question = fields.required(node, SchemaLimits.TEXT, "question");
        String query = fields.required(node, SchemaLimits.TEXT, "query", "sql");
        String dialect = fields.text(node, SchemaLimits.DIALECT, "dialect");
        String explanation = fields.text(node, SchemaLimits.TEXT, "explanation");
        if (question != null && query != null) {
            examples.add(FieldReader.part(node, new Example(null, question, query, dialect, explanation)));
        }
    }

    private void readDirective(Node node) {
        String key = fields.required(node, SchemaLimits.NAME, "directive_key", "key", "term", "name");
        String value = fields.required(node, SchemaLimits.TEXT, "directive_value", "value", "meaning", "definition");
        String context = fields.text(node, SchemaLimits.TEXT, "context", "usage");
        String expression = fields.text(node, SchemaLimits.TEXT, "expression", "formula");
        if (key != null && value != null) {
            directives.add(FieldReader.part(node, new Directive(null, key, value, context, expression)));
        }
    }

    private void readSynonym(Node node) {
        String term = fields.required(node, SchemaLimits.NAME, "term", "synonym");
        String target = fields.required(node, SchemaLimits.TARGET, "target", "means");
        if (term != null && target != null) {
            synonyms.add(FieldReader.part(node, new Synonym(null, term, target)));
        }
    }

    private void readSynonym(String term, Node target) {
        String problem = term.isBlank() ? "is empty" : SchemaLimits.problem(term, SchemaLimits.NAME);
        String text = fields.text(target, SchemaLimits.TARGET, true);
        if (problem != null) {
            fields.reject(target, "has a term that " + problem);
        } else if (text != null) {
            synonyms.add(FieldReader.part(target, new Synonym(null, term.strip(), text)));
        }
    }

    private void each(Node list, Consumer<Node> reading) {
        if (list == null) {
            return;
        }
        for (Node node : fields.items(list)) {
            if (node.kind() == Node.Kind.OBJECT) {
                reading.accept(node);
            } else {
                fields.reject(node, "has to be an object");
            }
        }
    }
}
