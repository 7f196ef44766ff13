/**
 * Named caches: each has a time to live and a bound of memory, keeps its entries in this process, and has Redis behind it
 * when one is configured and the cache is shared. A feature makes its own cache by {@link io.dragoman.cache.Caches}; as
 * they are Caffeine caches, routes use them by {@code caffeine-cache:<name>}, being beans of that name.
 *
 * <p>Nothing is invalidated in Redis: whatever a value depends on (versions of schema groups and of the policy, the
 * definition of a datasource) is a part of its key, so that a value of before is not found any more.
 */
package io.dragoman.cache;
