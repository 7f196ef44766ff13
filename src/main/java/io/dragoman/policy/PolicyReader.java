package io.dragoman.policy;

import io.dragoman.dialect.Suggestions;
import io.dragoman.security.Role;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** Reads a policy from YAML, or from JSON, which is YAML too. Everything is checked; the first mistake is told with its place. */
final class PolicyReader {

    /** Longer policies are refused. */
    static final int MAX_LENGTH = 200_000;
    private static final int MAX_DEPTH = 10;
    private static final int MAX_ENTRIES = 500;
    private static final int MAX_SECTIONS = 1_000;

    private PolicyReader() {
    }

    /** @throws PolicyException when it is not a policy */
    static PolicyDocument read(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new PolicyException("", "The policy is longer than " + MAX_LENGTH + " characters", 0, 0);
        }
        Node root = parse(text);
        if (root == null || root.getTag().equals(Tag.NULL)) {
            return new PolicyDocument(PolicyRules.NONE, Map.of(), Map.of());
        }
        Fields fields = new Fields("", root);
        PolicyRules defaults = fields.get("defaults") == null ? PolicyRules.NONE : section("defaults", fields.get("defaults"));
        Map<String, PolicyRules> roles = sections("roles", fields.get("roles"), name -> Arrays.stream(Role.values())
                .anyMatch(role -> role.name().toLowerCase(Locale.ROOT).equals(name)) ? null : "is no role; roles are "
                + String.join(", ", Arrays.stream(Role.values()).map(role -> role.name().toLowerCase(Locale.ROOT)).toList()));
        Map<String, PolicyRules> groups = sections("schema_groups", fields.get("schema_groups"),
                name -> name.isBlank() || name.length() > 255 ? "has to be the name of a schema group" : null);
        fields.end();
        return new PolicyDocument(defaults, roles, groups);
    }

    private static Node parse(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_LENGTH);
        try {
            return new Yaml(new SafeConstructor(options), new Representer(new DumperOptions()),
                    new DumperOptions(), options)
                    .compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            throw new PolicyException("", "It is not YAML: " + firstLine(e.getProblem()),
                    mark == null ? 0 : mark.getLine() + 1, mark == null ? 0 : mark.getColumn() + 1);
        } catch (YAMLException e) {
            throw new PolicyException("", "It is not YAML: " + firstLine(e.getMessage()), 0, 0);
        }
    }

    private static String firstLine(String message) {
        String line = message == null ? "unknown reason" : message.lines().findFirst().orElse("unknown reason");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }

    private static Map<String, PolicyRules> sections(String field, Node node, Function<String, String> problem) {
        Map<String, PolicyRules> sections = new LinkedHashMap<>();
        if (node == null) {
            return sections;
        }
        Fields fields = new Fields(field, node);
        if (fields.names().size() > MAX_SECTIONS) {
            throw wrong(field, "has more than " + MAX_SECTIONS + " sections", node);
        }
        for (String name : fields.names()) {
            if (problem.apply(name) != null) {
                throw wrong(field + "." + shortened(name), problem.apply(name), fields.key(name));
            }
            Node section = fields.get(name);
            sections.put(name, section == null ? PolicyRules.NONE : section(field + "." + shortened(name), section));
        }
        return sections;
    }

    private static PolicyRules section(String field, Node node) {
        Fields fields = new Fields(field, node);
        PolicyRules rules = new PolicyRules(
                new LinkedHashSet<>(fields.list("blocked_keywords", PolicyReader::keyword)),
                fields.list("blocked_tables", NamePattern::table), fields.list("blocked_columns", NamePattern::column),
                fields.list("blocked_patterns", TokenPattern::of),
                fields.integer("max_complexity", 1, 100_000), fields.integer("max_execution_time", 1, 86_400),
                fields.integer("max_rows", 1, Integer.MAX_VALUE), fields.decimal("max_cost"), fields.whole("max_bytes"),
                fields.integer("refinements", 0, 20), fields.integer("escalations", 0, 20), fields.integer("rounds", 0, 40),
                fields.integer("candidates", 1, 10), approval(fields.path("require_approval"), fields.get("require_approval")),
                fields.bool("system_catalogues"));
        fields.end();
        return rules;
    }

    private static PolicyRules.Approval approval(String field, Node node) {
        if (node == null) {
            return PolicyRules.Approval.NEVER;
        }
        if (node instanceof ScalarNode) {
            return new PolicyRules.Approval(Fields.truth(field, node), null, List.of());
        }
        Fields fields = new Fields(field, node);
        PolicyRules.Approval approval = new PolicyRules.Approval(Boolean.TRUE.equals(fields.bool("always")),
                fields.decimal("above_cost"), fields.list("tables", NamePattern::table));
        fields.end();
        return approval;
    }

    private static String keyword(String text) {
        boolean word = !text.isEmpty() && text.length() <= 40
                && text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_');
        if (!word) {
            throw new IllegalArgumentException("has to be one word of letters; for several use blocked_patterns");
        }
        return text.toUpperCase(Locale.ROOT);
    }

    private static String shortened(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }

    private static PolicyException wrong(String field, String problem, Node node) {
        Mark mark = node.getStartMark();
        return new PolicyException(field, "'" + field + "' " + problem, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The fields of a mapping; those that nobody asked for are unknown. */
    private static final class Fields {

        private final String path;
        private final Map<String, Node> keys = new LinkedHashMap<>();
        private final Map<String, Node> values = new LinkedHashMap<>();
        private final Set<String> known = new HashSet<>();

        Fields(String path, Node node) {
            this.path = path;
            if (!(node instanceof MappingNode mapping)) {
                throw wrong(path.isEmpty() ? "policy" : path, "has to be a mapping of fields to values", node);
            }
            for (NodeTuple tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getTag().equals(Tag.MERGE)) {
                    throw wrong(path.isEmpty() ? "policy" : path, "has a field whose name is not a plain text",
                            tuple.getKeyNode());
                }
                if (values.put(key.getValue(), tuple.getValueNode()) != null) {
                    throw wrong(path(shortened(key.getValue())), "is there twice", key);
                }
                keys.put(key.getValue(), key);
            }
        }

        String path(String name) {
            return path.isEmpty() ? name : path + "." + name;
        }

        Set<String> names() {
            return values.keySet();
        }

        Node key(String name) {
            return keys.get(name);
        }

        /** The value; null when it is left out or null. */
        Node get(String name) {
            known.add(name);
            Node node = values.get(name);
            return node == null || node.getTag().equals(Tag.NULL) ? null : node;
        }

        <T> List<T> list(String name, Function<String, T> reader) {
            Node node = get(name);
            if (node == null) {
                return List.of();
            }
            if (!(node instanceof SequenceNode sequence) || sequence.getValue().size() > MAX_ENTRIES) {
                throw wrong(path(name), "has to be a list of at most " + MAX_ENTRIES + " texts", node);
            }
            List<T> entries = new ArrayList<>();
            for (Node entry : sequence.getValue()) {
                String place = path(name) + "[" + entries.size() + "]";
                if (!(entry instanceof ScalarNode scalar) || !Set.of(Tag.STR, Tag.BOOL).contains(scalar.getTag())) {
                    throw wrong(place, "has to be a text", entry);
                }
                try {
                    entries.add(reader.apply(scalar.getValue()));
                } catch (IllegalArgumentException e) {
                    throw wrong(place, e.getMessage(), entry);
                }
            }
            return entries;
        }

        Integer integer(String name, int least, int most) {
            Node node = get(name);
            if (node == null) {
                return null;
            }
            try {
                int value = Integer.parseInt(number(node, Tag.INT));
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Told below, like a number that is out of bounds.
            }
            throw wrong(path(name), most == Integer.MAX_VALUE ? "has to be a whole number from " + least
                    : "has to be a whole number from " + least + " to " + most, node);
        }

        Long whole(String name) {
            Node node = get(name);
            if (node == null) {
                return null;
            }
            try {
                long value = Long.parseLong(number(node, Tag.INT));
                if (value > 0) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Told below, like a number that is out of bounds.
            }
            throw wrong(path(name), "has to be a whole number above 0", node);
        }

        Double decimal(String name) {
            Node node = get(name);
            if (node == null) {
                return null;
            }
            try {
                double value = Double.parseDouble(number(node, Tag.INT, Tag.FLOAT));
                if (value > 0 && Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Told below, like a number that is out of bounds.
            }
            throw wrong(path(name), "has to be a number above 0", node);
        }

        Boolean bool(String name) {
            Node node = get(name);
            return node == null ? null : truth(path(name), node);
        }

        /** YAML has more words for both, such as {@code yes}; here they are refused, as JSON has them as texts. */
        static boolean truth(String field, Node node) {
            if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)
                    && Set.of("true", "false").contains(scalar.getValue().toLowerCase(Locale.ROOT))) {
                return Boolean.parseBoolean(scalar.getValue());
            }
            throw wrong(field, "has to be true or false", node);
        }

        private static String number(Node node, Tag... tags) {
            return node instanceof ScalarNode scalar && List.of(tags).contains(scalar.getTag())
                    ? scalar.getValue().replace("_", "") : "";
        }

        void end() {
            for (String name : values.keySet()) {
                if (!known.contains(name)) {
                    throw wrong(path(shortened(name)), "is not known" + near(name), keys.get(name));
                }
            }
        }

        private String near(String name) {
            String near = Suggestions.nearest(name, known);
            return near == null ? "; known are " + String.join(", ", new TreeSet<>(known))
                    : "; did you mean '" + near + "'?";
        }
    }
}
