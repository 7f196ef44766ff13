package io.dragoman.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How rows are best drawn.
 *
 * @param type   the kind of chart
 * @param x      the name of the column along the horizontal axis, or of the slices
 * @param y      the names of the columns drawn, at least one
 * @param series the name of the column that tells the lines apart; null when there is one line a {@code y}
 * @param period what stretches of time the values of {@code x} stand for; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Chart(Type type, String x, List<String> y, String series, Period period) {

    /** A chart whose horizontal axis says the values as they are. */
    public Chart(Type type, String x, List<String> y, String series) {
        this(type, x, y, series, null);
    }

    /** Copies the list. */
    public Chart {
        y = List.copyOf(y);
    }

    /** The chart as the JSON object that pages draw from: {@code type}, {@code x}, {@code y} and maybe {@code series} and {@code period}. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", type.name().toLowerCase(Locale.ROOT));
        map.put("x", x);
        map.put("y", y);
        if (series != null) {
            map.put("series", series);
        }
        if (period != null) {
            map.put("period", period.name().toLowerCase(Locale.ROOT));
        }
        return map;
    }

    /** The kinds of charts. */
    public enum Type {
        @JsonProperty("bar") BAR,
        @JsonProperty("line") LINE,
        @JsonProperty("pie") PIE,
        @JsonProperty("scatter") SCATTER
    }
}
