package io.dragoman.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class RequiresTest {

    @Test
    void skipsOrUnderCiFailsWithoutTouchingWhatIsMissing() {
        Events all = EngineTestKit.engine("junit-jupiter").selectors(DiscoverySelectors.selectClass(NeedsAMoon.class))
                .execute().allEvents();

        boolean ci = "true".equalsIgnoreCase(System.getenv("CI"));
        assertThat(all.skipped().count()).isEqualTo(ci ? 0 : 1);
        assertThat(all.failed().count()).isEqualTo(ci ? 1 : 0);
        assertThat(NeedsAMoon.touched).isFalse();
    }

    @Test
    @Requires(PgvectorServer.class)
    void startsAServerWithTheExtension() throws SQLException {
        try (Connection connection = PgvectorServer.dataSource().getConnection();
                ResultSet version = connection.createStatement().executeQuery(
                        "select default_version from pg_available_extensions where name = 'vector'")) {
            assertThat(version.next()).isTrue();
        }
    }

    @Requires(NoMoon.class)
    static class NeedsAMoon {
        private static boolean touched;

        @BeforeAll
        static void touch() {
            touched = true;
        }

        @Test
        void tides() {
            touched = true;
        }
    }

    /** Never met. */
    public static class NoMoon implements Requirement {
        @Override
        public Optional<String> missing() {
            return Optional.of("there is no moon");
        }
    }
}
