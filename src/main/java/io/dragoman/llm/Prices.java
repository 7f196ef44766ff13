package io.dragoman.llm;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.dragoman.config.LlmProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/** What tokens cost, from a price table file: US dollars a million tokens by the beginning of a model's name. */
@Component
class Prices {

    private static final double MILLION = 1_000_000;

    private final List<Price> prices;

    /**
     * A row of the table.
     *
     * @param model  the beginning of the names of the models that it holds for
     * @param cached of prompt tokens that the provider had cached
     */
    private record Price(String model, double input, double cached, double output) {
    }

    private record Table(List<Price> usdPerMillionTokens) {
    }

    Prices(LlmProperties properties) {
        String file = properties.prices();
        try (InputStream table = file.isEmpty() ? Prices.class.getResourceAsStream("/llm-prices.yaml")
                : Files.newInputStream(Path.of(file))) {
            this.prices = YAMLMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build().readValue(table, Table.class)
                    .usdPerMillionTokens().stream()
                    .sorted(Comparator.comparingInt((Price price) -> price.model().length()).reversed()).toList();
        } catch (IOException e) {
            throw new IllegalArgumentException("The price table " + (file.isEmpty() ? "" : file) + " cannot be read: "
                    + e.getMessage(), e);
        }
    }

    /** What a call cost in US dollars; 0 for a model that is in no row. The cached tokens are a part of the input's. */
    double cost(String model, long input, long cached, long output) {
        return prices.stream().filter(price -> model.startsWith(price.model())).findFirst()
                .map(price -> ((input - cached) * price.input() + cached * price.cached() + output * price.output()) / MILLION)
                .orElse(0.0);
    }
}
