package io.dragoman.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.TypeConverterSupport;
import org.springframework.stereotype.Component;

/** Lets a bean method take a JSON body, or {@link TextFields}, as a record (or {@code JsonNode}): Camel asks here to convert. */
@Component
final class JsonBodies extends TypeConverterSupport implements CamelContextConfiguration {

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        camel.getTypeConverterRegistry().addFallbackTypeConverter(this, false);
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // Everything is set up before.
    }

    @Override
    public <T> T convertTo(Class<T> type, Exchange exchange, Object value) {
        if (value instanceof TextFields texts && type.isRecord()) {
            try {
                return Json.read(texts, type);
            } catch (IOException e) {
                throw new TypeConversionException(value, type, e);
            }
        }
        if (!(value instanceof byte[] body) || !(type.isRecord() || type == JsonNode.class)) {
            return null;
        }
        if (body.length == 0) {
            throw new FailureException(ErrorCode.VALIDATION_FAILED, "A JSON body is missing.", Map.of("field", "body"));
        }
        try {
            T read = Json.read(body, type);
            if (read == null) {
                throw new FailureException(ErrorCode.VALIDATION_FAILED, "The body has to be a JSON object, not null.",
                        Map.of("field", "body"));
            }
            return read;
        } catch (IOException e) {
            throw new TypeConversionException(value, type, e);
        }
    }
}
