/** The REST calls on users, API keys and the audit log. */
package io.dragoman.api.access;
