package io.dragoman.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What two policies say differently in one field.
 *
 * @param field   such as {@code defaults.max_rows}
 * @param added   entries that only the later one has, or its value
 * @param removed entries that only the earlier one has, or its value
 * @param list    whether the field is a list of entries
 */
public record PolicyDifference(String field, List<String> added, List<String> removed, boolean list) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The differences in the order of the fields' names; empty when both say the same, whatever their comments are. */
    public static List<PolicyDifference> between(PolicyDocument earlier, PolicyDocument later) {
        Map<String, JsonNode> before = new TreeMap<>();
        Map<String, JsonNode> after = new TreeMap<>();
        flatten("", JSON.valueToTree(earlier), before);
        flatten("", JSON.valueToTree(later), after);
        Set<String> fields = new TreeSet<>(before.keySet());
        fields.addAll(after.keySet());
        List<PolicyDifference> differences = new ArrayList<>();
        for (String field : fields) {
            Set<String> had = texts(before.get(field));
            Set<String> has = texts(after.get(field));
            if (!had.equals(has)) {
                boolean list = before.getOrDefault(field, after.get(field)).isArray();
                differences.add(new PolicyDifference(field, has.stream().filter(one -> !had.contains(one)).toList(),
                        had.stream().filter(one -> !has.contains(one)).toList(), list));
            }
        }
        return differences;
    }

    private static void flatten(String path, JsonNode node, Map<String, JsonNode> into) {
        if (node.isObject()) {
            node.properties().forEach(field -> flatten(path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                    field.getValue(), into));
        } else {
            into.put(path, node);
        }
    }

    private static Set<String> texts(JsonNode node) {
        Set<String> texts = new LinkedHashSet<>();
        if (node != null && node.isArray()) {
            node.forEach(entry -> texts.add(entry.asText()));
        } else if (node != null) {
            texts.add(node.isDouble() && node.asDouble() == Math.rint(node.asDouble()) && Math.abs(node.asDouble()) < 1e15
                    ? Long.toString((long) node.asDouble()) : node.asText());
        }
        return texts;
    }
}
