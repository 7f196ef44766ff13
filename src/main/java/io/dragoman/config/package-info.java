/** The one typed configuration tree, {@code dragoman.*}. Nothing is read from the environment elsewhere. */
package io.dragoman.config;
