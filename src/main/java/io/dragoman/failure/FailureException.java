package io.dragoman.failure;

import java.util.Map;

/** A failure that the caller is told of as it is: throw it anywhere below a door, and the door replies with it. */
public class FailureException extends RuntimeException {

    private final transient Failure failure;

    /**
     * A failure with particulars.
     *
     * @param code    stable
     * @param message what happened and what to do about it, without secrets or internals
     * @param details JSON-serialisable particulars
     */
    public FailureException(ErrorCode code, String message, Map<String, Object> details) {
        this(new Failure(code, message, details));
    }

    /** A failure without particulars. */
    public FailureException(ErrorCode code, String message) {
        this(code, message, Map.of());
    }

    /** That failure. */
    public FailureException(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    /** For a kind of failure with a type of its own, whose message says less or more than callers are told. */
    protected FailureException(Failure failure, String message, Throwable cause) {
        super(message, cause, false, false);
        this.failure = failure;
    }

    /** {@link ErrorCode#VALIDATION_FAILED} for a field, by its name on the wire. */
    public static FailureException invalid(String field, String message) {
        return new FailureException(ErrorCode.VALIDATION_FAILED, message, Map.of("field", field));
    }

    /** {@link ErrorCode#NOT_FOUND} for a thing such as {@code schema group}, and the id or name that was asked for. */
    public static FailureException notFound(String thing, String idOrName) {
        return new FailureException(ErrorCode.NOT_FOUND, "There is no " + thing + " '" + idOrName + "'.",
                Map.of("kind", thing, "id", idOrName));
    }

    /** {@link ErrorCode#CONFLICT} for a unique name that is taken. */
    public static FailureException nameTaken(String thing, String name) {
        return new FailureException(ErrorCode.CONFLICT, "There is already a " + thing + " '" + name + "'.",
                Map.of("kind", thing, "id", name));
    }

    /** What the caller is told. */
    public Failure failure() {
        return failure;
    }
}
