package io.dragoman.config;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Questions that are answered later, {@code dragoman.jobs}.
 *
 * @param workers        how many jobs this server works at at once; 0 leaves them to other servers
 * @param queue          how many jobs may wait altogether
 * @param queuePerCaller how many of one user may wait
 * @param lease          after so long without a sign of life from its server, another takes a job up; long enough for a busy server to
 *                       renew it
 * @param lookEvery      how often a server looks for work that nobody told it of
 * @param timeout        the longest that one job may run
 * @param keep           how long a job that ended is kept, with its rows
 * @param keepCheckpoints how long a run that was cut off can be resumed, whether or not it was a job
 */
@Validated
@ConfigurationProperties("dragoman.jobs")
public record JobProperties(@Min(0) @DefaultValue("4") int workers, @Min(1) @DefaultValue("10000") int queue,
        @Min(1) @DefaultValue("1000") int queuePerCaller, @NotNull @DurationMin(seconds = 2) @DefaultValue("15s") Duration lease,
        @NotNull @DurationMin(millis = 50) @DefaultValue("1s") Duration lookEvery,
        @NotNull @DurationMin(seconds = 1) @DefaultValue("10m") Duration timeout,
        @NotNull @DurationMin(minutes = 1) @DefaultValue("24h") Duration keep,
        @NotNull @DurationMin(minutes = 1) @DefaultValue("7d") Duration keepCheckpoints) {
}
