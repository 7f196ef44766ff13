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

    /** Where requests are sent. */
    public static final Set<String> REQUESTS = Set.of(QUERY, EXECUTE, FEEDBACK);

    private static final String OWN = "dragoman.";
    private static final String REPLIES = OWN + "reply.";
    private static final String BROKER = "activemq.";
    private static final int LONGEST = 200;

    private Queues() {
    }

    /**
     * Whether replies may go to a queue of that name: it is not one of the server's or of the broker's own, and stands for
     * itself alone (a name such as {@code #} would get copies of what is sent to other queues).
     */
    public static boolean forReplies(String name) {
        boolean own = name.startsWith(OWN) && !name.startsWith(REPLIES)
                || name.regionMatches(true, 0, BROKER, 0, BROKER.length());
        return !own && !name.isEmpty() && name.length() <= LONGEST && !name.contains("::") && name.chars().allMatch(Queues::plain);
    }

    private static boolean plain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "._-:".indexOf(c) >= 0;
    }
}
