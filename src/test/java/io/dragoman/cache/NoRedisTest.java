package io.dragoman.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.ApiTest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The server without a Redis. */
class NoRedisTest extends ApiTest {

    @Autowired
    private ApplicationContext context;

    @Test
    void setsNothingUpOfTheClient() {
        assertThat(Arrays.stream(context.getBeanDefinitionNames()).filter(name -> name.toLowerCase(java.util.Locale.ROOT)
                .contains("lettuce"))).isEmpty();
        assertThat(server.get("/api/v1/health").json().toString()).doesNotContain("Redis");
    }
}
