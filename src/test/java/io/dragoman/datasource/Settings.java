package io.dragoman.datasource;

import io.dragoman.config.DragomanProperties;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The configuration's defaults, with some keys set. */
public final class Settings {

    private Settings() {
    }

    /** Keys without their prefix, each followed by its value. */
    public static DragomanProperties of(String... keysAndValues) {
        Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put("dragoman." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(keys)).bindOrCreate("dragoman", DragomanProperties.class);
    }
}
