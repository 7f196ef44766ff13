package io.dragoman.policy;

import io.dragoman.failure.FailureException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Changes one field of a policy's text and leaves everything else of the text as it is, comments too. */
public final class PolicyEdit {

    private static final Set<String> WORDS_OF_YAML = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final String text;

    private PolicyEdit(String text) {
        this.text = text;
    }

    /**
     * The policy with another value of a field.
     *
     * @param yaml  a policy that can be read
     * @param path  of the field, such as {@code defaults}, {@code max_rows}
     * @param value as YAML in one line, such as {@code 5} or {@code [a, b]}; null takes the limit away
     * @throws FailureException {@code VALIDATION_FAILED} when that part is written elsewhere, by an alias of YAML
     */
    public static String set(String yaml, List<String> path, String value) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(PolicyReader.MAX_LENGTH);
        Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(yaml));
        return new PolicyEdit(yaml).set(root, path, value);
    }

    /** Texts as a list of YAML in one line. */
    public static String list(List<String> texts) {
        return texts.stream().map(PolicyEdit::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        boolean plain = !text.isEmpty() && Character.isLetter(text.charAt(0)) && !WORDS_OF_YAML.contains(text.toLowerCase(Locale.ROOT))
                && text.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c) || c == '_' || c == '.');
        return plain ? text : "'" + text.replace("'", "''") + "'";
    }

    private String set(Node node, List<String> path, String value) {
        String name = path.get(0);
        List<String> rest = path.subList(1, path.size());
        if (node == null || none(node)) {
            return value == null ? text : text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + nested(path, value, 0) + "\n";
        }
        MappingNode mapping = (MappingNode) node;
        for (NodeTuple field : mapping.getValue()) {
            if (((ScalarNode) field.getKeyNode()).getValue().equals(name)) {
                return inside(mapping, field, rest, value);
            }
        }
        return value == null ? text : added(mapping, path, value);
    }

    private String inside(MappingNode mapping, NodeTuple field, List<String> rest, String value) {
        if (at(field.getValueNode().getStartMark()) < at(field.getKeyNode().getEndMark())) {
            throw FailureException.invalid("yaml", "This part of the policy is an alias of another: change it in the text.");
        }
        if (!rest.isEmpty() && field.getValueNode() instanceof MappingNode inner && !inner.getValue().isEmpty()) {
            return set(inner, rest, value);
        }
        if (!rest.isEmpty()) {
            return value == null ? text : replaced(field, withShortForm(field.getValueNode(), rest, flow(rest, value)));
        }
        boolean lines = mapping.getFlowStyle() == FlowStyle.BLOCK;
        if (value == null && lines && mapping.getValue().size() > 1) {
            int from = text.lastIndexOf('\n', at(field.getKeyNode().getStartMark())) + 1;
            int until = text.indexOf('\n', end(field));
            return text.substring(0, from) + (until < 0 ? "" : text.substring(until + 1));
        }
        return replaced(field, value == null ? "null" : value);
    }

    /** {@code require_approval: true} is short for {@code {always: true}}, which another field beside it must not take away. */
    private static String withShortForm(Node before, List<String> path, String flow) {
        boolean always = before instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)
                && Boolean.parseBoolean(scalar.getValue()) && !path.get(0).equals("always");
        return always ? "{always: true, " + flow.substring(1) : flow;
    }

    private String replaced(NodeTuple field, String value) {
        int colon = text.indexOf(':', at(field.getKeyNode().getEndMark()));
        return text.substring(0, colon + 1) + " " + value + text.substring(end(field));
    }

    private String added(MappingNode mapping, List<String> path, String value) {
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            int open = at(mapping.getStartMark()) + 1;
            return text.substring(0, open) + path.get(0) + ": " + (path.size() == 1 ? value : flow(path.subList(1, path.size()), value))
                    + (mapping.getValue().isEmpty() ? "" : ", ") + text.substring(open);
        }
        NodeTuple last = mapping.getValue().get(mapping.getValue().size() - 1);
        int end = text.indexOf('\n', end(last));
        int place = end < 0 ? text.length() : end;
        return text.substring(0, place) + "\n" + nested(path, value, mapping.getStartMark().getColumn()) + text.substring(place);
    }

    private static String nested(List<String> path, String value, int indent) {
        String blanks = " ".repeat(indent);
        return path.size() == 1 ? blanks + path.get(0) + ": " + value
                : blanks + path.get(0) + ":\n" + nested(path.subList(1, path.size()), value, indent + 2);
    }

    private static String flow(List<String> path, String value) {
        return "{" + path.get(0) + ": " + (path.size() == 1 ? value : flow(path.subList(1, path.size()), value)) + "}";
    }

    /** Where a field's value ends, without the comments that follow; of one that is left out, after the colon. */
    private int end(NodeTuple field) {
        Node value = field.getValueNode();
        if (none(value) && at(value.getEndMark()) == at(value.getStartMark())) {
            return text.indexOf(':', at(field.getKeyNode().getEndMark())) + 1;
        }
        if (value instanceof MappingNode mapping && !mapping.getValue().isEmpty()
                && mapping.getFlowStyle() == FlowStyle.BLOCK) {
            return end(mapping.getValue().get(mapping.getValue().size() - 1));
        }
        if (value instanceof SequenceNode list && !list.getValue().isEmpty()
                && list.getFlowStyle() == FlowStyle.BLOCK) {
            return at(list.getValue().get(list.getValue().size() - 1).getEndMark());
        }
        return at(value.getEndMark());
    }

    private static boolean none(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private int at(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }
}
