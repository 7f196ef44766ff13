package io.dragoman.broker;

/** The broker cannot be used, so that the server cannot start. */
public class BrokerException extends RuntimeException {

    private final String action;

    /**
     * @param message what happened, one line without secrets
     * @param action  what to do about it, one line
     * @param cause   null when there is none
     */
    public BrokerException(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    /** What to do about it, one line. */
    public String action() {
        return action;
    }
}
