/** The sample worlds: small databases with their schema groups, loaded once so that a newcomer has something to ask. */
package io.dragoman.samples;
