package io.dragoman.ui.administration;

import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.datasource.DataSources;
import io.dragoman.schema.SchemaGroups;
import io.dragoman.security.ApiKeys;
import io.dragoman.security.AuditLog;
import io.dragoman.security.CurrentCall;
import io.dragoman.security.Role;
import io.dragoman.security.Users;
import io.dragoman.ui.shell.Background;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What the page of users, keys and the audit log works with. */
@Component
record AccessServices(Users users, ApiKeys keys, AuditLog audit, SchemaGroups groups, DataSources dataSources,
        Background background) {

    private static final int MOST = 1_000;

    /** Work that only an administrator may have done, also one whose page was open before that changed. */
    <T> Supplier<T> asAdministrator(Supplier<T> work) {
        return () -> {
            CurrentCall.current().require(Role.ADMIN);
            return work.get();
        };
    }

    /** The names of schema groups to choose from. */
    List<String> groupNames() {
        return groups.names();
    }

    /** The names of datasources to choose from. */
    List<String> dataSourceNames() {
        return dataSources.list(MOST, 0).stream().map(DataSourceDefinition::name).toList();
    }
}
