package io.dragoman.schema.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDocument;
import io.dragoman.schema.SchemaDocument.Part;
import io.dragoman.schema.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DdlReaderTest {

    @Test
    void readsWhatPgDumpWrites() {
        SchemaDocument document = read("""
                --
                -- PostgreSQL database dump
                --
                \\restrict abc
                SET statement_timeout = 0;
                SELECT pg_catalog.set_config('search_path', '', false);
                CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $_$
                BEGIN; CREATE TABLE inside (x int); RETURN NEW; END;
                $_$;
                CREATE TABLE public.customers (
                    id bigint NOT NULL,
                    name character varying(100) DEFAULT 'a;b'::character varying NOT NULL,
                    tags text[],
                    state text,
                    CONSTRAINT customers_state_check CHECK ((state = ANY (ARRAY['a'::text, 'b'::text]))),
                    CONSTRAINT level CHECK (state IN ('gold', 'silver'))
                );
                ALTER TABLE public.customers OWNER TO postgres;
                COMMENT ON TABLE public.customers IS 'People who buy; it''s them';
                COMMENT ON COLUMN public.customers.name IS 'full name';
                CREATE TABLE sales.orders (
                    id bigint NOT NULL,
                    customer_id bigint,
                    total numeric(10,2),
                    created_at timestamp with time zone DEFAULT now()
                );
                COPY public.customers (id, name) FROM stdin;
                1\tCREATE TABLE evil (x int);
                2\tit's; "open
                \\.

                SELECT pg_catalog.setval('public.x', 1, false);
                ALTER TABLE ONLY public.customers
                    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);
                CREATE INDEX ix ON sales.orders USING btree (customer_id);
                ALTER TABLE ONLY sales.orders
                    ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES public.customers(id) ON DELETE CASCADE;
                """, "postgresql");

        assertThat(document.rejected()).isEmpty();
        assertThat(names(document)).containsExactly("customers", "sales.orders");
        TableDefinition customers = table(document, "customers");
        assertThat(customers.description()).isEqualTo("People who buy; it's them");
        assertThat(customers.columns()).extracting(ColumnDefinition::name, ColumnDefinition::type,
                ColumnDefinition::nullable, ColumnDefinition::primaryKey, ColumnDefinition::description)
                .containsExactly(tuple("id", "bigint", false, true, null),
                        tuple("name", "character varying(100)", false, false, "full name"),
                        tuple("tags", "text[]", true, false, null), tuple("state", "text", true, false, null));
        assertThat(customers.columns().get(3).sampleValues()).containsExactly("gold", "silver");
        assertThat(values(document)).containsExactly(new Relationship(null, "sales.orders", List.of("customer_id"),
                "customers", List.of("id"), null));
        assertThat(document.skipped()).isEqualTo(7);
    }

    @Test
    void readsMySql() {
        SchemaDocument document = read("""
                /*!40101 SET NAMES utf8 */;
                # a comment; with a semicolon
                DROP TABLE IF EXISTS `order items`;
                CREATE TABLE `order items` (
                  `id` int unsigned NOT NULL AUTO_INCREMENT COMMENT 'the key',
                  `state` enum('new','it''s old') CHARACTER SET utf8 DEFAULT 'new',
                  `product` int,
                  PRIMARY KEY (`id`),
                  KEY `ix` (`state`),
                  CONSTRAINT `c` FOREIGN KEY (`product`) REFERENCES `products` (`id`) ON DELETE SET NULL
                ) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COMMENT='Lines; of orders';
                INSERT INTO `order items` VALUES (1,'new',2),(2,'a;b',3);
                CREATE TABLE products (id int PRIMARY KEY);
                """, "mysql");

        assertThat(document.rejected()).isEmpty();
        TableDefinition items = table(document, "order items");
        assertThat(items.description()).isEqualTo("Lines; of orders");
        assertThat(items.columns().get(0).description()).isEqualTo("the key");
        assertThat(items.columns().get(0).primaryKey()).isTrue();
        assertThat(items.columns().get(1).sampleValues()).containsExactly("new", "it's old");
        assertThat(values(document)).extracting(Relationship::targetTable).containsExactly("products");
    }

    @Test
    void readsSqlite() {
        SchemaDocument document = read("""
                PRAGMA foreign_keys=OFF;
                BEGIN TRANSACTION;
                CREATE TABLE artist(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL COLLATE NOCASE UNIQUE) STRICT;
                CREATE TABLE "album" (aid INTEGER, artist INTEGER REFERENCES artist, title TEXT, PRIMARY KEY(aid)) WITHOUT ROWID;
                CREATE TABLE untyped(a, b);
                CREATE TRIGGER t AFTER INSERT ON album BEGIN SELECT 1; END;
                COMMIT;
                """, "sqlite");

        assertThat(document.rejected()).isEmpty();
        assertThat(names(document)).containsExactly("artist", "album", "untyped");
        assertThat(table(document, "untyped").columns()).extracting(ColumnDefinition::name).containsExactly("a", "b");
        assertThat(values(document)).containsExactly(
                new Relationship(null, "album", List.of("artist"), "artist", List.of("id"), null));
    }

    @Test
    void readsDuckDb() {
        SchemaDocument document = read("""
                CREATE OR REPLACE TABLE "main"."Events" (i HUGEINT, s STRUCT(a INTEGER, b VARCHAR), l INTEGER[],
                  m MAP(VARCHAR, INTEGER), e ENUM('x', 'y'), d DECIMAL(18,3) NOT NULL);
                ALTER TABLE "Events" ADD COLUMN note VARCHAR;
                CREATE TABLE copied AS SELECT 1 AS one;
                """, "duckdb");

        assertThat(document.rejected()).isEmpty();
        assertThat(table(document, "Events").columns()).extracting(ColumnDefinition::name)
                .containsExactly("i", "s", "l", "m", "e", "d", "note");
        assertThat(table(document, "Events").columns()).extracting(ColumnDefinition::type)
                .contains("HUGEINT", "STRUCT(a INTEGER, b VARCHAR)", "MAP(VARCHAR, INTEGER)", "DECIMAL(18, 3)");
        assertThat(document.skipped()).isEqualTo(1);
    }

    @Test
    void onlyPostgresFoldsNamesWithoutQuotes() {
        String script = "CREATE TABLE Orders (ID int, \"Mixed\" int)";

        assertThat(table(read(script, "postgresql"), "orders").columns()).extracting(ColumnDefinition::name)
                .containsExactly("id", "Mixed");
        assertThat(table(read(script, "sqlite"), "Orders").columns()).extracting(ColumnDefinition::name)
                .containsExactly("ID", "Mixed");
    }

    @Test
    void theValuesThatAColumnAllowsAreItsSamples() {
        SchemaDocument document = read("CREATE TABLE a (tier text NOT NULL CHECK (tier IN ('gold', 'it''s')),"
                + " total int CHECK (total >= 0), other text CHECK (tier IN ('x')))", "postgresql");

        assertThat(table(document, "a").columns()).extracting(ColumnDefinition::sampleValues)
                .containsExactly(List.of("gold", "it's"), List.of(), List.of());
    }

    @Test
    void saysInWhichLineAStatementIsBroken() {
        SchemaDocument document = read("""
                CREATE TABLE fine (id int);

                CREATE TABLE broken (
                  id int,,
                  name text
                );
                ALTER TABLE missing ADD COLUMN x int;
                CREATE TABLE (;
                CREATE TABLE none;
                CREATE TABLE open (id int
                """, null);

        assertThat(names(document)).containsExactly("fine");
        assertThat(document.rejected()).extracting(rejection -> rejection.line() + " " + rejection.path() + " "
                + rejection.reason()).containsExactly(
                        "4 statement 2 cannot be read at ','",
                        "7 statement 3 changes table 'missing', which the script does not create before",
                        "8 statement 4 cannot be read", "9 statement 5 creates table 'none' without columns",
                        "10 statement 6 cannot be read at its end");
    }

    @Test
    @Timeout(30)
    void hostileScriptsAreRejectedQuickly() {
        assertThat(read("CREATE TABLE a (b int CHECK " + "(".repeat(100_000) + ")", null).rejected()).hasSize(1);
        assertThat(read("CREATE TABLE a (b int DEFAULT 'open", null).rejected()).hasSize(1);
        assertThat(read("/* never closed", null).rejected()).extracting("reason").containsExactly("has no statement");
        assertThat(read(";".repeat(1_000_000), null).tables()).isEmpty();
        assertThat(read("$".repeat(1_000_000), null).skipped()).isEqualTo(1);
        assertThat(read("\\' ".repeat(300_000), null).tables()).isEmpty();
        assertThat(read("CREATE TABLE \"" + "x".repeat(2_000_000) + "\" (a int)", null).rejected()).hasSize(1);
        assertThat(read("CREATE TABLE a (b int DEFAULT " + "((".repeat(15) + "1" + "))".repeat(15) + ")", null)
                .tables().size()).isLessThanOrEqualTo(1);
    }

    private static SchemaDocument read(String script, String dialect) {
        return SchemaFormat.DDL.read(script.getBytes(StandardCharsets.UTF_8), dialect);
    }

    private static List<String> names(SchemaDocument document) {
        return document.tables().stream().map(part -> part.value().name()).toList();
    }

    private static TableDefinition table(SchemaDocument document, String name) {
        return document.tables().stream().map(Part::value).filter(table -> table.name().equals(name)).findFirst()
                .orElseThrow();
    }

    private static List<Relationship> values(SchemaDocument document) {
        return document.relationships().stream().map(Part::value).toList();
    }
}
