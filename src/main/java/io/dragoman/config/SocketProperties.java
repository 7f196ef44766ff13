package io.dragoman.config;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The Socket.IO door, {@code dragoman.socket}.
 *
 * @param enabled              whether {@code /ws} is served
 * @param connections          the most connections at once
 * @param connectionsPerCaller the most connections of one caller
 * @param running              the most questions of one connection that run at once
 * @param waiting              the most questions of one connection that wait for those that run
 * @param questionsPerCaller   the most questions of one caller that run or wait, over all connections
 * @param threads              the most questions of all connections that run at once
 * @param pingInterval         between the server's pings
 * @param pingTimeout          within which a ping has to be answered
 * @param connectTimeout       within which a connection has to say who it is
 * @param idleTimeout          after which a connection that asks nothing is closed
 * @param slowReader           within which a message has to be taken by the caller's side; else the connection is closed
 * @param buffer               the most that waits for a slow reader before progress is merged and tokens are left out
 * @param bufferAll            the most that waits for all readers together
 * @param reconnect            how long a run goes on after its connection was lost; then it is cancelled
 * @param keepResults          how long a result can be picked up again
 * @param keptResults          the most that is kept of such results
 */
@Validated
@ConfigurationProperties("dragoman.socket")
public record SocketProperties(@DefaultValue("true") boolean enabled,
        @Min(1) @DefaultValue("2000") int connections, @Min(1) @DefaultValue("50") int connectionsPerCaller,
        @Min(1) @DefaultValue("4") int running, @Min(0) @DefaultValue("16") int waiting,
        @Min(1) @DefaultValue("100") int questionsPerCaller, @Min(1) @DefaultValue("32") int threads,
        @NotNull @DefaultValue("25s") Duration pingInterval, @NotNull @DefaultValue("20s") Duration pingTimeout,
        @NotNull @DefaultValue("10s") Duration connectTimeout, @NotNull @DefaultValue("30m") Duration idleTimeout,
        @NotNull @DefaultValue("30s") Duration slowReader, @NotNull @DefaultValue("256KB") DataSize buffer,
        @NotNull @DefaultValue("128MB") DataSize bufferAll, @NotNull @DefaultValue("1m") Duration reconnect,
        @NotNull @DefaultValue("5m") Duration keepResults, @NotNull @DefaultValue("32MB") DataSize keptResults) {
}
