package io.dragoman.failure;

/** The errors that callers can get. The names are the codes on the wire and are stable. */
public enum ErrorCode {
    /** A field is missing, of the wrong type or too long ({@code details.field}); or the body is not JSON. */
    VALIDATION_FAILED(400),
    /** The caller did not say who it is. */
    UNAUTHENTICATED(401),
    /** The caller may not do this. */
    FORBIDDEN(403),
    /** No such path, schema group, conversation, run or datasource. */
    NOT_FOUND(404),
    /** The path exists, but not with this method. */
    METHOD_NOT_ALLOWED(405),
    /** None of the formats that the caller accepts can be given. */
    NOT_ACCEPTABLE(406),
    /** The unique name is taken, or the thing changed meanwhile. */
    CONFLICT(409),
    /** The body is larger than this call takes. */
    PAYLOAD_TOO_LARGE(413),
    /** The body's format is not one that this call takes. */
    UNSUPPORTED_MEDIA_TYPE(415),
    /** Nothing was retrieved above the threshold; the closest tables are in the details. */
    NO_RELEVANT_SCHEMA(422),
    /** The query was refused before it reached a database, because it could write or harm. */
    UNSAFE_QUERY(422),
    /** The query was refused before it reached a database, because a policy forbids it. */
    POLICY_VIOLATION(422),
    /** The database refused the query; its own message is in the details. */
    QUERY_FAILED(422),
    /** The caller cancelled it. The status is the one that gRPC's CANCELLED is mapped to. */
    CANCELLED(499),
    /** Too many requests; {@code Retry-After} says when to come back. */
    RATE_LIMITED(429),
    /** The budgets ended without a valid query; every attempt and its findings are in the details. */
    GENERATION_FAILED(500),
    /** A fault of the server's own; the log has it under the trace id. */
    INTERNAL_ERROR(500),
    /** The target database cannot be reached. */
    DATASOURCE_UNAVAILABLE(503),
    /** No LLM provider could be reached, and the call cannot go on without one. */
    LLM_UNAVAILABLE(503),
    /** The identity provider cannot be reached, so that tokens cannot be checked. */
    IDENTITY_PROVIDER_UNAVAILABLE(503),
    /** Something took longer than its limit; {@code details.stage} says what. */
    TIMEOUT(504);

    private final int httpStatus;

    ErrorCode(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    /** The HTTP status that the error is replied with. */
    public int httpStatus() {
        return httpStatus;
    }
}
