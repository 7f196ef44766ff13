package io.dragoman.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Times with which a server would do nothing but look, or end whatever it begins. */
class DurationBoundsTest {

    private final ApplicationContextRunner server = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class)).withUserConfiguration(Keys.class);

    @EnableConfigurationProperties({JobProperties.class, RedisProperties.class})
    private static final class Keys {
    }

    @Test
    void takesTheDefaults() {
        server.run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobs.look-every=0s", "jobs.look-every=-1s", "jobs.look-every=1ms", "jobs.timeout=0s",
        "jobs.timeout=-10m", "jobs.lease=1s", "jobs.lease=-15s", "jobs.keep=0s", "jobs.keep-checkpoints=0s", "redis.timeout=0s",
        "redis.timeout=-1ms"})
    void refusesToStartWithTimesThatAreTooShort(String setting) {
        server.withPropertyValues("dragoman." + setting).run(context -> assertThat(context).hasFailed().getFailure()
                .rootCause().hasMessageContaining("must be longer than or equal to"));
    }
}
