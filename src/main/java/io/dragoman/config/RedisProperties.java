package io.dragoman.config;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The Redis that several servers share values through, {@code dragoman.redis}. It prints without credentials.
 *
 * @param url      {@code redis://host:port/database}, or {@code rediss://} for TLS; empty for none
 * @param user     empty for the one in the URL, or the default user
 * @param password empty for the one in the URL, or none
 * @param caFile   PEM file of the authorities that may vouch for the server under {@code rediss://}; empty for those of Java
 * @param timeout  the longest that a reply is waited for
 * @param maxValue the largest value that is kept there
 */
@Validated
@ConfigurationProperties("dragoman.redis")
public record RedisProperties(
        @Pattern(regexp = "(rediss?://.+)?", message = "has to be redis://host:port or rediss://host:port") @DefaultValue("") String url,
        @DefaultValue("") String user, @DefaultValue("") String password,
        @DefaultValue("") String caFile, @NotNull @DurationMin(millis = 1) @DefaultValue("100ms") Duration timeout,
        @NotNull @DefaultValue("1MB") DataSize maxValue) {

    @Override
    public String toString() {
        return "RedisProperties[" + (url.isEmpty() ? "none" : "configured") + "]";
    }
}
