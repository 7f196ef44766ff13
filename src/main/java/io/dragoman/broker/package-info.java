/** The message broker: embedded by default, external by configuration, and the one connection factory to it. */
package io.dragoman.broker;
