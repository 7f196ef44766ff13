package io.dragoman.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReachabilityTest {

    /** A default method that it does not pass on would do something else than the connector behind it. */
    @Test
    void passesOnAllThatAConnectorCanDo() throws NoSuchMethodException {
        Method convenience = Connector.class.getMethod("execute", String.class, int.class, long.class);
        assertThat(Arrays.stream(Connector.class.getDeclaredMethods()).filter(method -> !method.equals(convenience)
                && !method.isSynthetic())).allSatisfy(method -> assertThat(Reachability.class.getDeclaredMethod(method.getName(),
                        method.getParameterTypes())).isNotNull());
    }

    @Test
    void remembersWhetherTheDatabaseCouldBeReached() {
        QueryWatchdog watchdog = new QueryWatchdog();
        try (Reachability nowhere = new Reachability(new PostgresqlConnector(new DataSourceDefinition(UUID.randomUUID(), "pg",
                "postgresql", "jdbc:postgresql://127.0.0.1:1/none", null, Map.of(), null), Secrets.NONE, Settings.of(), watchdog))) {
            assertThat(nowhere.reached()).isTrue();
            assertThatThrownBy(nowhere::ping).isInstanceOf(Connector.UnavailableException.class);
            assertThat(nowhere.reached()).isFalse();
        } finally {
            watchdog.stop();
        }
    }
}
