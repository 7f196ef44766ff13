package io.dragoman.api.jms;

import java.util.Map;

/**
 * A reply as it is sent.
 *
 * @param text       the body
 * @param properties of the message, texts
 */
record JmsReply(String text, Map<String, String> properties) {
}
