package io.dragoman.security;

import java.time.Instant;
import java.util.Map;

/**
 * That somebody did something.
 *
 * @param id         grows
 * @param at         when
 * @param actor      the name of who did it
 * @param credential what was shown for it; null for none
 * @param address    the remote end of the connection; null for none
 * @param action     such as {@code POST /api/v1/query} or {@code user.created}
 * @param subject    what it was done to; null for nothing in particular
 * @param status     the HTTP status of the reply; null for changes, which are only logged when they happened
 * @param traceId    of the request; null for none
 * @param details    particulars, without secrets; never null
 */
public record AuditEntry(long id, Instant at, String actor, String credential, String address, String action,
        String subject, Integer status, String traceId, Map<String, Object> details) {
}
