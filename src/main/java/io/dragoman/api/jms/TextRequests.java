package io.dragoman.api.jms;

import io.dragoman.api.TextFields;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Reads requests in plain text: the body is one field, the message's properties are the others. */
@Component("jmsText")
final class TextRequests {

    private static final String GROUP = "schema_group";
    private static final String GROUP_FIELD = "schema_group_id";
    private static final String MODEL = "model_config_";

    /**
     * The fields of a request.
     *
     * @param field that the body is
     */
    public TextFields read(Exchange exchange, String field) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Map<String, Object> model = new LinkedHashMap<>();
        JmsRequest.of(exchange).fields().forEach((name, value) -> {
            if (name.startsWith(MODEL)) {
                model.put(name.substring(MODEL.length()), value);
            } else {
                fields.put(name, value);
            }
        });
        if (!model.isEmpty()) {
            fields.put("model_config", model);
        }
        if (fields.containsKey(GROUP)) {
            fields.putIfAbsent(GROUP_FIELD, fields.get(GROUP));
        }
        byte[] body = exchange.getMessage().getBody(byte[].class);
        fields.put(field, new String(body, StandardCharsets.UTF_8));
        return new TextFields(fields);
    }
}
