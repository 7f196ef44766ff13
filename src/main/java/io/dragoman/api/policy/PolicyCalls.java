package io.dragoman.api.policy;

import io.dragoman.api.Json;
import io.dragoman.api.Listing;
import io.dragoman.api.Page;
import io.dragoman.failure.FailureException;
import io.dragoman.policy.PolicyDocument;
import io.dragoman.policy.PolicyVersion;
import io.dragoman.policy.PolicyVersions;
import io.dragoman.policy.SeenPolicy;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** What {@code /policy} does. */
@Component("policyCalls")
final class PolicyCalls {

    private static final int LONGEST_COMMENT = 1_000;

    private final PolicyVersions versions;

    PolicyCalls(PolicyVersions versions) {
        this.versions = versions;
    }

    /**
     * The policy in force, or an earlier one.
     *
     * @param source {@code file} or {@code database}
     * @param file   where the file is, which counts while nobody edited the policy; null for who sees a part of the policy
     * @param comment null for who sees a part, too
     * @param whole  whether the caller sees all sections
     * @param yaml   the same as {@code policy}, with its comments when it is whole
     */
    record PolicyReply(long version, String source, String file, String changedBy, Instant changedAt, String comment,
            Long restored, boolean whole, PolicyDocument policy, String yaml) {
    }

    /** A version in the history. */
    record VersionReply(long version, String changedBy, Instant changedAt, String comment, Long restored) {
    }

    /** A change: the version that it was made from, and one of a policy as JSON, as YAML, or an earlier version to go back to. */
    record PolicyBody(Long version, Map<String, Object> policy, String yaml, Long restore, String comment) {

        PolicyBody {
            if (version == null || version < 0) {
                throw FailureException.invalid("version", "'version' is missing: which version was the change made from?");
            }
            int given = (policy == null ? 0 : 1) + (yaml == null ? 0 : 1) + (restore == null ? 0 : 1);
            if (given != 1) {
                throw FailureException.invalid("policy", "Give one of 'policy' (JSON), 'yaml' and 'restore' (a version).");
            }
            if (comment != null && comment.length() > LONGEST_COMMENT) {
                throw FailureException.invalid("comment", "'comment' has more than " + LONGEST_COMMENT + " characters.");
            }
        }
    }

    public PolicyReply read() {
        PolicyVersions.Current current = versions.current();
        return reply(current.version(), current.document());
    }

    public PolicyReply change(PolicyBody body) {
        Caller caller = CurrentCall.current();
        PolicyVersions.Current changed;
        if (body.restore() != null) {
            changed = versions.restore(body.version(), body.restore(), caller, body.comment());
        } else if (body.yaml() != null) {
            changed = versions.change(body.version(), body.yaml(), caller, body.comment());
        } else {
            changed = versions.changeJson(body.version(), new String(Json.write(body.policy()), StandardCharsets.UTF_8),
                    caller, body.comment());
        }
        return reply(changed.version(), changed.document());
    }

    public Listing<VersionReply> history(@ExchangeProperty("page") Page page) {
        boolean scoped = CurrentCall.current().schemaGroups() != null;
        return new Listing<>(versions.history(page.limit(), page.offset()).stream().map(version -> new VersionReply(
                version.version(), version.changedBy(), version.changedAt(), scoped ? null : version.comment(),
                version.restored())).toList(),
                versions.count());
    }

    public PolicyReply version(@Header("version") String number) {
        try {
            PolicyVersion version = versions.find(Long.parseLong(number))
                    .orElseThrow(() -> FailureException.notFound("policy version", number));
            return reply(version, versions.check(version.content()));
        } catch (NumberFormatException e) {
            throw FailureException.notFound("policy version", number.length() > 40 ? number.substring(0, 40) + "…" : number);
        }
    }

    private PolicyReply reply(PolicyVersion version, PolicyDocument document) {
        SeenPolicy seen = SeenPolicy.of(document, version.content(), CurrentCall.current());
        return new PolicyReply(version.version(), version.version() == 0 ? "file" : "database",
                seen.whole() ? versions.filePath() : null, version.changedBy(), version.changedAt(),
                seen.whole() ? version.comment() : null, version.restored(), seen.whole(), seen.document(), seen.yaml());
    }
}
