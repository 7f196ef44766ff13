/** The policy over REST. */
package io.dragoman.api.policy;
