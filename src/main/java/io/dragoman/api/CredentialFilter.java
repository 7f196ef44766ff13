package io.dragoman.api;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import io.dragoman.failure.FailureException;
import io.dragoman.security.Caller;
import io.dragoman.security.Credentials;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads the key or token that a request to the API shows, and refuses one that is not taken. */
final class CredentialFilter extends OncePerRequestFilter {

    private final Credentials credentials;
    private final AuthenticationEntryPoint refusal;
    private final SecurityContextHolderStrategy holder;
    private final RequestAttributeSecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

    /** @param holder where the other filters of the chain look for who calls */
    CredentialFilter(Credentials credentials, AuthenticationEntryPoint refusal, SecurityContextHolderStrategy holder) {
        this.credentials = credentials;
        this.refusal = refusal;
        this.holder = holder;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String shown = Credentials.shown(request.getHeader("X-API-Key"), request.getHeader("Authorization"));
        if (shown != null) {
            GuardedRequest guarded = GuardedRequest.within(request);
            Optional<Caller> caller;
            try {
                caller = credentials.authenticate(shown, guarded.fromThisMachine());
            } catch (FailureException e) {
                refused(response, e.failure(), guarded.traceId());
                return;
            }
            if (caller.isEmpty()) {
                refusal.commence(request, response, new BadCredentialsException("not taken"));
                return;
            }
            guarded.caller(caller.get());
            SecurityContext context = holder.createEmptyContext();
            context.setAuthentication(new Shown(caller.get()));
            holder.setContext(context);
            contexts.saveContext(context, request, response);
        }
        chain.doFilter(request, response);
    }

    /** A token that is not taken (RFC 6750), or cannot be checked. */
    private static void refused(HttpServletResponse response, Failure failure, String traceId) throws IOException {
        if (failure.code() == ErrorCode.UNAUTHENTICATED) {
            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        } else if (failure.details().get("retry_after_s") instanceof Number seconds) {
            response.setHeader("Retry-After", seconds.toString());
        }
        RequestGuard.write(response, failure, traceId);
    }

    /** A caller, as Spring Security sees one. */
    private static final class Shown extends AbstractAuthenticationToken {

        private final transient Caller caller;

        Shown(Caller caller) {
            super(java.util.List.of());
            this.caller = caller;
            setAuthenticated(true);
        }

        @Override
        public Object getCredentials() {
            return "";
        }

        @Override
        public Object getPrincipal() {
            return caller.name();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
