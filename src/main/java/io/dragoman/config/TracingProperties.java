package io.dragoman.config;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Traces of questions and LLM calls over OTLP/HTTP, {@code dragoman.tracing}.
 *
 * @param endpoint where they are sent, without {@code /v1/traces}; empty for nowhere
 * @param headers  sent along, such as {@code Authorization=Basic%20…}: pairs parted by commas, values URL-encoded
 * @param service  the name that this server has there
 * @param content  whether prompts and replies are sent too
 * @param every    how long spans wait to be sent together
 */
@Validated
@ConfigurationProperties("dragoman.tracing")
public record TracingProperties(@DefaultValue("") String endpoint, @DefaultValue("") String headers,
        @NotBlank @DefaultValue("dragoman") String service, @DefaultValue("false") boolean content,
        @NotNull @DefaultValue("2s") Duration every) {

    @Override
    public String toString() {
        return "TracingProperties[" + service + "]";
    }
}
