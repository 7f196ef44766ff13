package io.dragoman.datasource;

import io.dragoman.failure.FailureException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What a datasource may be: its limits, and which of its parts are secrets. */
@Component
class DataSourceRules {

    static final int LONGEST_NAME = 100;
    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_SECRET = 4_000;
    private static final int LONGEST_DESCRIPTION = 2_000;
    private static final int MOST_OPTIONS = 50;
    private static final List<String> SECRET_WORDS = List.of("password", "secret", "token", "credential", "private_key");

    /** A datasource that may be stored. */
    record Checked(DataSourceDefinition definition, Secrets secrets) {
    }

    Checked create(DataSourceRequest request, Map<String, ConnectorFactory> factories) {
        String name = required("name", request.name(), LONGEST_NAME);
        boolean plain = name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.');
        if (!plain || uuid(name).isPresent()) {
            throw FailureException.invalid("name",
                    "A name has letters, digits, '_', '-' and '.' only, and is no UUID");
        }
        String dialect = required("dialect", request.dialect(), LONGEST_NAME).toLowerCase(Locale.ROOT);
        if (!factories.containsKey(dialect)) {
            throw FailureException.invalid("dialect", "There is no connector for '" + dialect
                    + "'; there are " + String.join(", ", factories.keySet()));
        }
        required("url", request.url(), LONGEST_URL);
        return check(UUID.randomUUID(), name, dialect, request, Map.of(), factories);
    }

    Checked change(DataSourceDefinition current, Supplier<Secrets> stored, DataSourceRequest changes,
            Map<String, ConnectorFactory> factories) {
        keeps("name", current.name(), changes.name());
        keeps("dialect", current.dialect(), changes.dialect());
        if (!factories.containsKey(current.dialect())) {
            throw FailureException.invalid("dialect", "There is no connector for '" + current.dialect() + "'");
        }
        DataSourceRequest whole = new DataSourceRequest(current.name(), current.dialect(),
                changes.url() == null ? current.url() : changes.url(),
                changes.user() == null ? current.user() : changes.user(), changes.password(),
                changes.options(), changes.description() == null ? current.description() : changes.description());
        Checked alone = check(current.id(), current.name(), current.dialect(), whole, current.options(), factories);
        boolean sameTarget = alone.definition().url().equals(current.url())
                && Objects.equals(alone.definition().user(), current.user());
        if (!sameTarget) {
            return alone;
        }
        Secrets kept = stored.get();
        return new Checked(alone.definition(), new Secrets(
                alone.secrets().password() == null ? kept.password() : alone.secrets().password(),
                changes.options() == null ? kept.options() : alone.secrets().options()));
    }

    private Checked check(UUID id, String name, String dialect, DataSourceRequest request,
            Map<String, String> currentOptions, Map<String, ConnectorFactory> factories) {
        limit("url", request.url(), LONGEST_URL);
        limit("user", request.user(), LONGEST_NAME);
        limit("password", request.password(), LONGEST_SECRET);
        limit("description", request.description(), LONGEST_DESCRIPTION);
        Map<String, String> options = new HashMap<>();
        Map<String, String> secretOptions = new HashMap<>();
        if (request.options() == null) {
            options.putAll(currentOptions);
        } else {
            if (request.options().size() > MOST_OPTIONS) {
                throw FailureException.invalid("options", "There are more than " + MOST_OPTIONS + " options");
            }
            request.options().forEach((option, value) -> {
                limit("options", option, LONGEST_NAME);
                (secret(option) ? secretOptions : options).put(option, required("options." + option, value, LONGEST_SECRET));
            });
        }
        String cache = options.get(DataSourceDefinition.CACHE);
        if (cache != null && !cache.equals("on") && !cache.equals("off")) {
            throw FailureException.invalid("options." + DataSourceDefinition.CACHE, "The option 'cache' is on or off");
        }
        ConnectorFactory.Address address = factories.get(dialect).address(request.url().trim(),
                DataSourceDefinition.connectorOptions(options));
        String user = blankAsNull(request.user() == null ? address.user() : request.user());
        String password = blankAsNull(request.password() == null ? address.password() : request.password());
        return new Checked(new DataSourceDefinition(id, name, dialect, address.url(), user, options,
                blankAsNull(request.description())), new Secrets(password, secretOptions));
    }

    private static boolean secret(String option) {
        String lower = option.toLowerCase(Locale.ROOT);
        return SECRET_WORDS.stream().anyMatch(lower::contains);
    }

    private static void keeps(String field, String current, String wanted) {
        if (wanted != null && !wanted.equals(current)) {
            throw FailureException.invalid(field, "The " + field + " of a datasource cannot be changed, as schemas"
                    + " refer to it; add another datasource");
        }
    }

    private static String required(String field, String value, int longest) {
        if (value == null || value.isBlank()) {
            throw FailureException.invalid(field, "'" + field + "' is missing");
        }
        limit(field, value, longest);
        return value;
    }

    private static void limit(String field, String value, int longest) {
        if (value != null && value.length() > longest) {
            throw FailureException.invalid(field, "'" + field + "' is longer than " + longest + " characters");
        }
    }

    private static String blankAsNull(String value) {
        return value == null || value.isBlank() ? null : value;
    }

    /** The text as an id; empty when it is none. */
    static Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
