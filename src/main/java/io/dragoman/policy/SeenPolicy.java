package io.dragoman.policy;

import io.dragoman.security.Caller;
import io.dragoman.security.Role;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What of a policy a caller sees: the sections of the schema groups in sight; of roles, those of the caller's own, or all for
 * who curates, approves or administers. Who sees a part gets no comments, as they may tell of the rest.
 *
 * @param document what it says
 * @param yaml     the same
 * @param whole    whether nothing is left out
 */
public record SeenPolicy(PolicyDocument document, String yaml, boolean whole) {

    /** What that caller sees of a policy with that text. */
    public static SeenPolicy of(PolicyDocument document, String yaml, Caller caller) {
        boolean keeper = caller.is(Role.CURATOR) || caller.is(Role.APPROVER);
        if (keeper && caller.schemaGroups() == null) {
            return new SeenPolicy(document, yaml, true);
        }
        PolicyDocument part = new PolicyDocument(document.defaults(),
                only(document.roles(), role -> keeper || caller.roles().contains(Role.valueOf(role.toUpperCase(Locale.ROOT)))),
                only(document.schemaGroups(), caller::sees));
        return new SeenPolicy(part, PolicyWriter.yaml(part), false);
    }

    private static Map<String, PolicyRules> only(Map<String, PolicyRules> sections, Predicate<String> seen) {
        Map<String, PolicyRules> kept = new LinkedHashMap<>(sections);
        kept.keySet().removeIf(seen.negate());
        return kept;
    }
}
