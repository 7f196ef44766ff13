/** Questions that are answered later, over REST: {@code /queries}; and the work at them on this server. */
package io.dragoman.api.jobs;
