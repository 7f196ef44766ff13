/**
 * Requests from queues, request-reply by {@code JMSReplyTo} and {@code JMSCorrelationID}. The order of things is in
 * {@code routes/jms.camel.yaml}; the beans here read messages, tell who asks, remember what was answered and write replies.
 * The questions go through the same beans as those that come over REST.
 */
package io.dragoman.api.jms;
