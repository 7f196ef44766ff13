package io.dragoman.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.SchemaGroupEditor.Wording;
import io.dragoman.storage.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaGroupEditorTest {

    private TestSchemas schemas;

    @BeforeEach
    void aGroupWithTwoTables() {
        schemas = TestSchemas.on(TestDatabase.fresh().dataSource());
        List<ColumnDefinition> columns = List.of(
                new ColumnDefinition("id", "int", null, false, true, null, null, null),
                new ColumnDefinition("region", "text", null, true, false, null, List.of("north"), null));
        schemas.imports().run("sales", SchemaDocument.of(new SchemaDefinition(null, "db", null, null, null),
                List.of(new TableDefinition(null, null, "shops", null, null, columns, null),
                        new TableDefinition(null, null, "regions", null, null, columns, null)), List.of()),
                ImportMode.MERGE, false);
        schemas.changed().clear();
    }

    @Test
    void aRenamedGroupIsFoundByItsNewNameOnlyAndBothNamesAreAnnounced() {
        SchemaGroup before = group();

        schemas.editor().change("sales", "revenue", "What was sold");

        assertThat(schemas.groups().find("sales")).isEmpty();
        SchemaGroup after = schemas.groups().find("revenue").orElseThrow();
        assertThat(after.description()).isEqualTo("What was sold");
        assertThat(after.version()).isGreaterThan(before.version());
        assertThat(schemas.groups().find(before.id().toString())).containsSame(after);
        assertThat(schemas.changed()).containsExactlyInAnyOrder("sales", "revenue");
    }

    @Test
    void namesAreUniqueAndNotLikeIds() {
        schemas.editor().create("other", null);

        assertThat(code(() -> schemas.editor().create("other", null))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(code(() -> schemas.editor().change("other", "sales", null))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(code(() -> schemas.editor().create(UUID.randomUUID().toString(), null)))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(code(() -> schemas.editor().create(" ", null))).isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(code(() -> schemas.editor().create("nul\0", null))).isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(code(() -> schemas.editor().delete("nothing"))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aDeletedGroupIsGoneWithEverythingInIt() {
        schemas.directives().create("sales", new Directive(null, "k", "v", null, null));

        schemas.editor().delete("sales");

        assertThat(schemas.groups().find("sales")).isEmpty();
        assertThat(schemas.groups().names()).isEmpty();
        assertThat(schemas.directives().list(null, 10, 0).total()).isZero();
    }

    @Test
    void describesATableAndItsColumnsAndLeavesTheRest() {
        schemas.editor().describe("sales", "shops", new Wording("Places that sell", List.of("stores", "stores", " "),
                Map.of("REGION", new Wording(null, List.of("area"), null))));

        TableDefinition shops = group().table("shops").orElseThrow();
        assertThat(shops.description()).isEqualTo("Places that sell");
        assertThat(shops.synonyms()).containsExactly("stores");
        assertThat(shops.column("region").orElseThrow().synonyms()).containsExactly("area");
        assertThat(shops.column("region").orElseThrow().sampleValues()).containsExactly("north");
        assertThatThrownBy(() -> schemas.editor().describe("sales", "shops",
                new Wording(null, null, Map.of("nope", new Wording("x", null, null)))))
                .hasMessageContaining("shops.nope");
        assertThat(code(() -> schemas.editor().describe("sales", "nope", new Wording("x", null, null))))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void everyChangeOfAnEntryCountsTheVersionUp() {
        long version = group().version();
        String id = schemas.synonyms().create("sales", new Synonym(null, "up north", "shops.region=north"))
                .value().id().toString();
        assertThat(group().version()).isEqualTo(++version);
        schemas.synonyms().update(id, new Synonym(null, "area", "shops.region"));
        assertThat(group().version()).isEqualTo(++version);
        assertThat(group().synonyms()).singleElement().extracting(Synonym::term).isEqualTo("area");
        schemas.synonyms().delete(id);
        assertThat(group().version()).isEqualTo(++version);
        assertThat(group().synonyms()).isEmpty();
        assertThat(code(() -> schemas.synonyms().delete(id))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(schemas.changed()).hasSize(3);
    }

    @Test
    void refusesEntriesThatNameWhatIsNotThere() {
        assertThat(field(() -> schemas.synonyms().create("sales", new Synonym(null, "a", "shops.nope"))))
                .isEqualTo("target");
        assertThat(field(() -> schemas.relationships().create("sales",
                new Relationship(null, "shops", List.of("region"), "regions", List.of("nope"), null))))
                .isEqualTo("target_columns");
        assertThat(field(() -> schemas.relationships().create("sales",
                new Relationship(null, "shops", List.of("region"), "regions", List.of("id"), "sideways"))))
                .isEqualTo("type");
        assertThat(field(() -> schemas.directives().create("sales",
                new Directive(null, "k", "v".repeat(10_001), null, null)))).isEqualTo("value");
        assertThat(code(() -> schemas.examples().create("nothing", new Example(null, "q", "select 1", null, null))))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void listsEntriesInPagesAndByGroup() {
        for (int i = 0; i < 5; i++) {
            schemas.examples().create("sales", new Example(null, "question " + i, "select 1", null, null));
        }
        schemas.editor().create("other", null);

        assertThat(schemas.examples().list("sales", 2, 3).items()).extracting(owned -> owned.value().question())
                .containsExactly("question 3", "question 4");
        assertThat(schemas.examples().list(null, 2, 0).total()).isEqualTo(5);
        assertThat(schemas.examples().list("other", 2, 0).total()).isZero();
        assertThat(code(() -> schemas.examples().create("sales", new Example(null, "question 1", "x", null, null))))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(schemas.editor().list(10, 0).items()).extracting(SchemaGroupEditor.Summary::name)
                .containsExactly("other", "sales");
    }

    private SchemaGroup group() {
        return schemas.groups().find("sales").orElseThrow();
    }

    private static ErrorCode code(ThrowingCallable call) {
        return catchThrowableOfType(FailureException.class, call).failure().code();
    }

    private static Object field(ThrowingCallable call) {
        return catchThrowableOfType(FailureException.class, call).failure().details().get("field");
    }
}
