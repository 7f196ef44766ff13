package io.dragoman.security;

import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * The call that the present thread works for. A door binds it; whoever hands work to another thread hands it on with
 * {@link #wrap}. A thread that works for nobody works for the server itself.
 *
 * @param caller    who
 * @param operation what was called, such as {@code POST /api/v1/query}; null when nobody said
 * @param traceId   of the request; null when there is none
 * @param address   the remote end of the connection; null when there is none
 */
public record CurrentCall(Caller caller, String operation, String traceId, String address) {

    private static final ThreadLocal<CurrentCall> BOUND = new ThreadLocal<>();
    private static final CurrentCall SERVER = new CurrentCall(Caller.LOCAL, null, null, null);
    private static final CurrentCall NOBODY = new CurrentCall(Caller.NOBODY, null, null, null);

    /** The call of the present thread: the one bound to it, else that of the signed-in session, else the server's own. */
    public static CurrentCall get() {
        CurrentCall bound = BOUND.get();
        if (bound != null) {
            return bound;
        }
        Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
        if (signedIn == null) {
            return SERVER;
        }
        String address = signedIn.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : null;
        return SignedIn.of(signedIn).map(user -> new CurrentCall(user.caller(), null, null, address)).orElse(NOBODY);
    }

    /** Who the present thread works for. */
    public static Caller current() {
        return get().caller();
    }

    /** Does work on behalf of this call. */
    public void run(Runnable work) {
        supply(() -> {
            work.run();
            return null;
        });
    }

    /** Does work on behalf of this call. */
    public <T> T supply(Supplier<T> work) {
        CurrentCall before = BOUND.get();
        BOUND.set(this);
        try {
            return work.get();
        } finally {
            restore(before);
        }
    }

    /** The same work on behalf of the present thread's call, on whatever thread it will run. */
    public static <T> Supplier<T> wrap(Supplier<T> work) {
        CurrentCall call = get();
        return () -> call.supply(work);
    }

    /** Does work on behalf of the server itself, which sees everything, such as bringing an index up to date. */
    public static void asServer(Runnable work) {
        SERVER.run(work);
    }

    /** What work gives on behalf of the server itself. */
    public static <T> T server(Supplier<T> work) {
        return SERVER.supply(work);
    }

    /** The same call as made by somebody else, for the audit log; whoever that is has no rights by it. */
    public CurrentCall by(UUID userId, String name) {
        return new CurrentCall(new Caller(userId, name, Set.of(), Set.of(), Set.of(), caller.credential(), null), operation,
                traceId, address);
    }

    private static void restore(CurrentCall before) {
        if (before == null) {
            BOUND.remove();
        } else {
            BOUND.set(before);
        }
    }
}
