package io.dragoman.broker;

import java.util.Set;

/** The names of the server's queues. */
public final class Queues {

    /** Questions. */
    public static final String QUERY = "dragoman.query";

    /** Queries to be run. */
    public static final String EXECUTE = "dragoman.execute";

    /** Feedback. */
    public static final String FEEDBACK = "dragoman.feedback";

    /** Requests that failed for good. */
    public static final String DEAD_LETTERS = "dragoman.dlq";

    /** How the names of fixed reply queues begin that the embedded broker creates when they are first used. */
    public static final String REPLIES = "dragoman.reply.";

    /** Where requests are sent. */
    public static final Set<String> REQUESTS = Set.of(QUERY, EXECUTE, FEEDBACK);

    private Queues() {
    }
}
