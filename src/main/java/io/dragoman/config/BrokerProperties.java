package io.dragoman.config;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The message broker, {@code dragoman.broker}. What follows {@code password} concerns the embedded one alone.
 *
 * @param url       of an external ActiveMQ Artemis, such as {@code tcp://host:61616}; empty starts the embedded one
 * @param user      who connects
 * @param password  empty makes one up for the embedded broker, into {@code broker.password} of the data folder
 * @param port      on the loopback address; 0 takes one that is free
 * @param memory    the most bytes of messages held in memory; more go to disk
 * @param disk      the most bytes of messages on disk for one queue; beyond it senders are refused
 * @param maxMessage the largest message that the broker takes in
 * @param firstRetry the time before a message that could not be worked on is delivered again
 * @param retryFactor by which that time grows with each delivery
 * @param longestRetry what it grows to
 */
@Validated
@ConfigurationProperties("dragoman.broker")
public record BrokerProperties(@DefaultValue("") String url,
        @NotBlank @DefaultValue("dragoman") String user, @DefaultValue("") String password,
        @Min(0) @Max(65_535) @DefaultValue("61616") int port, @NotNull @DefaultValue("32MB") DataSize memory,
        @NotNull @DefaultValue("512MB") DataSize disk, @NotNull @DefaultValue("16MB") DataSize maxMessage,
        @NotNull @DefaultValue("1s") Duration firstRetry, @DecimalMin("1") @DefaultValue("2") double retryFactor,
        @NotNull @DefaultValue("60s") Duration longestRetry) {

    @Override
    public String toString() {
        return "BrokerProperties[" + (url.isBlank() ? "embedded" : "external") + "]";
    }
}
