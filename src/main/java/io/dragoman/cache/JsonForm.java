package io.dragoman.cache;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * How values of a shared cache are written as JSON and read back.
 *
 * @param <V> the values
 */
public interface JsonForm<V> {

    /**
     * The value as JSON.
     *
     * @return null when this value has no such form
     * @throws IOException when it cannot be written
     */
    byte[] write(V value) throws IOException;

    /**
     * The value that JSON stands for.
     *
     * @throws IOException when it is none
     */
    V read(byte[] json) throws IOException;

    /** The form of a type that has one by its parts, such as a record of texts and numbers. */
    static <V> JsonForm<V> of(Class<V> type) {
        ObjectMapper mapper = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();
        ObjectWriter writer = mapper.writerFor(type);
        ObjectReader reader = mapper.readerFor(type);
        return new JsonForm<>() {
            @Override
            public byte[] write(V value) throws IOException {
                return writer.writeValueAsBytes(value);
            }

            @Override
            public V read(byte[] json) throws IOException {
                return reader.readValue(json);
            }
        };
    }
}
