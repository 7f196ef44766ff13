package io.dragoman.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Everything that can be configured, validated at start. Every key and its default is in docs/Configuration.md.
 *
 * @param dataDir   where the embedded PostgreSQL and the sample databases live
 * @param samples   whether the sample worlds are loaded at the first start
 * @param secretKey encrypts datasource secrets; empty generates one into {@code dataDir}
 * @param oldSecretKeys with which secrets may still be encrypted; they are encrypted anew with {@code secretKey}
 */
@Validated
@ConfigurationProperties("dragoman")
public record DragomanProperties(
        @NotNull @DefaultValue("./data") Path dataDir,
        @DefaultValue("true") boolean samples,
        @DefaultValue("") String secretKey,
        @NotNull @DefaultValue List<String> oldSecretKeys,
        @Valid @DefaultValue Db db,
        @Valid @DefaultValue Embedding embedding,
        @Valid @DefaultValue Retrieval retrieval,
        @Valid @DefaultValue Budgets budgets,
        @Valid @DefaultValue Validation validation,
        @Valid @DefaultValue Execution execution,
        @Valid @DefaultValue Introspection introspection,
        @Valid @DefaultValue Duckdb duckdb,
        @Valid @DefaultValue Bigquery bigquery,
        @Valid @DefaultValue Security security,
        @Valid @DefaultValue Policy policy) {

    /**
     * The server's own PostgreSQL.
     *
     * @param url  JDBC URL of an external server; empty starts the embedded one
     * @param pool the most connections held
     */
    public record Db(@DefaultValue("") String url, @DefaultValue("") String user, @DefaultValue("") String password,
            @Min(2) @DefaultValue("16") int pool) {
    }

    /**
     * The embedding model.
     *
     * @param provider {@code local} (in process), {@code gemini}, {@code openai} or {@code none}
     * @param model    the provider's model name; empty takes its default
     * @param apiKey   for the hosted providers
     * @param baseUrl  for the hosted providers; empty takes the provider's own
     * @param batch    texts sent in one call
     * @param dimensions of the vectors, for models that let one choose; 0 takes the model's default (768 for Gemini)
     * @param timeout  of one call to a hosted provider; it is tried three times
     */
    public record Embedding(@NotBlank @DefaultValue("local") String provider, @DefaultValue("") String model,
            @DefaultValue("") String apiKey, @DefaultValue("") String baseUrl,
            @Min(1) @DefaultValue("64") int batch, @Min(0) @DefaultValue("0") int dimensions,
            @NotNull @DefaultValue("10s") Duration timeout) {
    }

    /**
     * Retrieval of tables.
     *
     * @param k         the most tables found before joins are closed over
     * @param threshold the least fused score, 0 to 1
     */
    public record Retrieval(@Min(1) @DefaultValue("8") int k,
            @DecimalMin("0") @DecimalMax("1") @DefaultValue("0.2") double threshold) {
    }

    /**
     * How often a question may go round, and how sure its reading has to be.
     *
     * @param confidence the least share of the question, 0 to 1, that a reading has to account for
     */
    public record Budgets(@Min(0) @DefaultValue("3") int refinements, @Min(0) @DefaultValue("2") int escalations,
            @Min(0) @DefaultValue("5") int total,
            @DecimalMin("0") @DecimalMax("1") @DefaultValue("0.55") double confidence) {
    }

    /**
     * How long a query may be; what is longer is refused before it is parsed.
     *
     * @param maxLength the most characters
     * @param maxTokens the most words, numbers, texts and signs
     */
    public record Validation(@Min(1) @DefaultValue("100000") int maxLength, @Min(1) @DefaultValue("10000") int maxTokens) {
    }

    /**
     * Running queries on datasources.
     *
     * @param maxRows     the most rows a reply holds
     * @param defaultRows the rows a reply holds when the caller does not say
     * @param timeout     after which a query is cancelled
     * @param pool        the most connections held to one datasource
     * @param maxBytes    the most bytes of values a reply holds; what is longer is cut off as rows are
     * @param streamRows  the most rows that are streamed as CSV or lines of JSON
     * @param streamBytes the most bytes of values that are streamed
     * @param streamTimeout the longest that rows are streamed for, a slow reader's time included
     */
    public record Execution(@Min(1) @DefaultValue("10000") int maxRows, @Min(1) @DefaultValue("1000") int defaultRows,
            @NotNull @DefaultValue("30s") Duration timeout, @Min(1) @DefaultValue("4") int pool,
            @NotNull @DefaultValue("32MB") DataSize maxBytes, @Min(1) @DefaultValue("5000000") int streamRows,
            @NotNull @DefaultValue("4GB") DataSize streamBytes,
            @NotNull @DefaultValue("110s") Duration streamTimeout) {
    }

    /**
     * Reading live catalogues.
     *
     * @param maxDistinct columns with more distinct values than this get no sample values
     * @param maxTables   the most tables read at once
     * @param timeout     after which counting and sampling stop; names, types and keys are read all the same
     */
    public record Introspection(@Min(0) @DefaultValue("1000") int maxDistinct,
            @Min(1) @DefaultValue("20000") int maxTables, @NotNull @DefaultValue("60s") Duration timeout) {
    }

    /**
     * The engine that each DuckDB file is opened with, in this process.
     *
     * @param memory  the most it takes; a query that needs more fails
     * @param threads it works with
     */
    public record Duckdb(@NotNull @DefaultValue("256MB") DataSize memory, @Min(1) @DefaultValue("2") int threads) {
    }

    /**
     * Who may call.
     *
     * @param adminPassword   of the user {@code admin}; empty makes one up at the first start
     * @param bootstrapApiKey an administrator's key for scripts; empty for none
     * @param demoKey         whether a key in the data folder is taken from this machine
     * @param endpointRoles   where it is written which roles may call what
     * @param corsOrigins     the origins whose pages may call the API, such as {@code https://example.org}
     */
    public record Security(@DefaultValue("") String adminPassword, @DefaultValue("") String bootstrapApiKey,
            @DefaultValue("true") boolean demoKey,
            @NotBlank @DefaultValue("classpath:routes/endpoint-roles.yaml") String endpointRoles,
            @NotNull @DefaultValue List<String> corsOrigins, @Valid @DefaultValue Limits limits) {
    }

    /**
     * How much one caller may ask of the server. What is more waits, and is refused when it would wait too long.
     *
     * @param perKey     calls a second of one key or user; 0 for any number
     * @param perAddress calls a second from one address; 0 for any number
     * @param queue      calls that may wait at once
     * @param longestWait the longest that a call waits for its turn
     * @param signIns    attempts to sign in a minute, of one user and from one address
     * @param calls      calls that may be worked at or wait at once in one server; more are refused
     * @param shared     how often servers on one database tell each other of their calls, so that the limits hold for all of
     *                   them together; 0 for each by itself
     */
    public record Limits(@Min(0) @DefaultValue("1000") int perKey, @Min(0) @DefaultValue("2000") int perAddress,
            @Min(0) @DefaultValue("1000") int queue, @NotNull @DurationMin(millis = 1) @DefaultValue("2s") Duration longestWait,
            @Min(1) @DefaultValue("10") int signIns, @Min(1) @DefaultValue("2000") int calls,
            @NotNull @DefaultValue("200ms") Duration shared) {
    }

    /**
     * BigQuery.
     *
     * @param endpoint       of its REST interface, without a path
     * @param tokenEndpoint  where service accounts get their tokens
     * @param maxBytesBilled the most bytes that one query may be billed for
     */
    public record Bigquery(@NotNull @DefaultValue("https://bigquery.googleapis.com") URI endpoint,
            @NotNull @DefaultValue("https://oauth2.googleapis.com/token") URI tokenEndpoint,
            @NotNull @DefaultValue("10GB") DataSize maxBytesBilled) {
    }

    /**
     * What queries may do.
     *
     * @param file the policy's file; empty takes {@code policy.yaml} in the data folder, which is written when it is not there
     */
    public record Policy(@DefaultValue("") String file) {
    }
}
