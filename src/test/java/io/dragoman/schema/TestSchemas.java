package io.dragoman.schema;

import io.dragoman.cluster.Changes;
import io.dragoman.cluster.Node;
import io.dragoman.security.AuditLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * The services of this package over a migrated database, without a Spring context, for tests.
 *
 * @param changed the names in the {@link SchemaGroupChanged} events so far
 */
public record TestSchemas(SchemaGroups groups, SchemaImport imports, SchemaGroupEditor editor, Directives directives,
        Examples examples, Synonyms synonyms, Relationships relationships, List<String> changed) {

    /** The services over that database. */
    public static TestSchemas on(DataSource database) {
        JdbcClient jdbc = JdbcClient.create(database);
        DataSourceTransactionManager transactions = new DataSourceTransactionManager(database);
        SchemaReader reader = new SchemaReader(jdbc, transactions);
        SchemaWriter writer = new SchemaWriter(new JdbcTemplate(database));
        SchemaGroups groups = new SchemaGroups(reader);
        List<String> changed = Collections.synchronizedList(new ArrayList<>());
        Changes changes = new Changes(jdbc, new Node());
        new GroupNews(changes, event -> {
            groups.groupChanged((SchemaGroupChanged) event);
            changed.add(((SchemaGroupChanged) event).groupName());
        });
        GroupTransaction transaction = new GroupTransaction(jdbc, transactions, changes, new AuditLog(new JdbcTemplate(database)));
        return new TestSchemas(groups, new SchemaImport(transaction, reader, writer),
                new SchemaGroupEditor(jdbc, transaction, reader, writer), new Directives(jdbc, transaction, reader),
                new Examples(jdbc, transaction, reader), new Synonyms(jdbc, transaction, reader),
                new Relationships(jdbc, transaction, reader), changed);
    }
}
