/** The wire contract: REST (and later JMS and WebSocket) messages, their limits, and the one place that turns failures into errors. */
package io.dragoman.api;
