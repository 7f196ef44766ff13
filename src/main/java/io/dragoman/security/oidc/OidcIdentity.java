package io.dragoman.security.oidc;

import io.dragoman.security.Role;
import java.util.Set;

/**
 * Who a checked token is about.
 *
 * @param externalId   issuer and subject, unique and lasting
 * @param name         for people; not unique
 * @param roles        may do
 * @param schemaGroups the names of those to be seen; null for all
 * @param dataSources  the names of those to be seen; null for those that bear the name of a schema group in sight
 */
public record OidcIdentity(String externalId, String name, Set<Role> roles, Set<String> schemaGroups, Set<String> dataSources) {
}
