package io.dragoman.config;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Requests from queues, {@code dragoman.jms}. How many are worked on at once, selectors and attempts are in
 * {@code routes/jms.camel.yaml}.
 *
 * @param defaultKey   the key of requests that show none; empty takes the demo key when the broker is embedded, and none
 *                     otherwise; {@code none} takes none
 * @param replyQueues  how the names of fixed reply queues have to begin; {@code *} for anything but the server's own queues
 * @param maxBody      the largest request
 * @param maxReply     the largest reply
 * @param remember     how long a request that was answered is known, so that it is not answered again
 */
@Validated
@ConfigurationProperties("dragoman.jms")
public record JmsProperties(@DefaultValue("") String defaultKey,
        @NotNull @DefaultValue("*") List<String> replyQueues, @NotNull @DefaultValue("1MB") DataSize maxBody,
        @NotNull @DefaultValue("16MB") DataSize maxReply, @NotNull @DefaultValue("1h") Duration remember) {

    @Override
    public String toString() {
        return "JmsProperties[" + replyQueues + "]";
    }
}
