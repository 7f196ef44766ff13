package io.dragoman.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.dragoman.security.Role;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A whole policy. Of the sections that apply to a query the strictest wins, so that a section can only tighten.
 *
 * @param defaults     apply to every query
 * @param roles        by role in lower case: apply to callers who have that role
 * @param schemaGroups by name: apply to queries over that schema group
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PolicyDocument(PolicyRules defaults, Map<String, PolicyRules> roles, Map<String, PolicyRules> schemaGroups) {

    /** Copies the maps, in their order. */
    public PolicyDocument {
        roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        schemaGroups = Collections.unmodifiableMap(new LinkedHashMap<>(schemaGroups));
    }

    /** What applies to a caller with those roles, asking over those schema groups. */
    public PolicyRules rules(Set<Role> callerRoles, Collection<String> groups) {
        PolicyRules rules = defaults;
        for (Role role : Role.values()) {
            PolicyRules section = callerRoles.contains(role) ? roles.get(role.name().toLowerCase(Locale.ROOT)) : null;
            rules = section == null ? rules : rules.and(section);
        }
        for (String group : groups) {
            PolicyRules section = schemaGroups.get(group);
            rules = section == null ? rules : rules.and(section);
        }
        return rules;
    }
}
