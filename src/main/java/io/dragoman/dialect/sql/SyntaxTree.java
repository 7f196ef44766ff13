package io.dragoman.dialect.sql;

import io.dragoman.dialect.Finding.Position;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.sf.jsqlparser.parser.ASTNodeAccess;
import net.sf.jsqlparser.parser.ASTNodeAccessImpl;

/**
 * Which kinds of node, and which fields of them, a query's tree may have: {@code sql-nodes.txt} for all databases, and a
 * list of its own for each. Looks at every field, so nothing hides.
 */
final class SyntaxTree {

    private static final String PARSER = "net.sf.jsqlparser.";
    /** What any database may have: for passes over trees that have been found safe. */
    private static final SyntaxTree ANY = new SyntaxTree("sql-nodes.txt", "duckdb-nodes.txt", "mysql-nodes.txt",
            "bigquery-nodes.txt");

    private final Map<String, Set<String>> allowed = new HashMap<>();
    private final Map<Class<?>, Slots> slots = new ConcurrentHashMap<>();

    /** A field that may not be set, and its value in a new node. */
    private record Slot(Field field, Object initial) {
    }

    /** The fields of a kind of node: those that may not be set, and those that may and can hold more than a plain value. */
    private record Slots(List<Slot> closed, List<Field> open) {
    }

    /** @param resources lists of nodes beside this class; what any of them allows is allowed */
    SyntaxTree(String... resources) {
        for (String resource : resources) {
            read(resource);
        }
    }

    /** Whether the kind of node is listed. */
    boolean known(Object node) {
        return allowed.containsKey(node.getClass().getSimpleName());
    }

    static boolean isNode(Object value) {
        return value != null && !(value instanceof Enum) && value.getClass().getName().startsWith(PARSER);
    }

    /**
     * Collects what a known node contains.
     *
     * @param children receives the values of its allowed fields and its elements; no texts, numbers and such by their field's
     *                 type, in which nothing can hide
     * @return a field that may not be set but is; null when there is none
     */
    String listed(Object node, List<Object> children) {
        for (Slot slot : slots(node).closed()) {
            if (!isDefault(value(slot.field(), node), slot.initial())) {
                return slot.field().getName();
            }
        }
        contents(node, children);
        return null;
    }

    private void contents(Object node, List<Object> children) {
        for (Field field : slots(node).open()) {
            Object value = value(field, node);
            if (value != null) {
                children.add(value);
            }
        }
        if (node instanceof Collection<?> elements) {
            children.addAll(elements);
        }
    }

    private Slots slots(Object node) {
        Slots known = slots.get(node.getClass());
        return known != null ? known : slots.computeIfAbsent(node.getClass(), this::slotsOf);
    }

    /** What a node of a tree that was found safe contains. */
    static void children(Object node, List<Object> children) {
        ANY.contents(node, children);
    }

    /** Where a node stands in the text; null when the parser did not keep it. */
    static Position position(Object node, String text) {
        int offset = offset(node);
        return offset < 0 ? null : Position.of(text, offset);
    }

    /** Where a node starts; -1 when the parser did not keep it. */
    static int offset(Object node) {
        return node instanceof ASTNodeAccess access && access.getASTNode() != null
                && access.getASTNode().jjtGetFirstToken() != null
                ? access.getASTNode().jjtGetFirstToken().absoluteBegin - 1 : -1;
    }

    private static boolean isDefault(Object value, Object initial) {
        return value == null || value.equals(initial) || Boolean.FALSE.equals(value)
                || value instanceof Number number && number.doubleValue() == 0
                || value instanceof Collection<?> elements && elements.isEmpty();
    }

    private static Object value(Field field, Object node) {
        try {
            return field.get(node);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private Slots slotsOf(Class<?> type) {
        Set<String> listed = allowed.getOrDefault(type.getSimpleName(), Set.of());
        Object fresh = fresh(type);
        List<Slot> closed = new ArrayList<>();
        List<Field> open = new ArrayList<>();
        for (Class<?> level = type; level != null && level != ASTNodeAccessImpl.class
                && level.getName().startsWith(PARSER); level = level.getSuperclass()) {
            for (Field field : level.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getName().equals("node")) {
                    field.setAccessible(true);
                    if (!listed.contains(field.getName())) {
                        closed.add(new Slot(field, fresh == null ? null : value(field, fresh)));
                    } else if (!plain(field.getType())) {
                        open.add(field);
                    }
                }
            }
        }
        return new Slots(closed, open);
    }

    private static boolean plain(Class<?> type) {
        return type.isPrimitive() || type.isEnum() || type == String.class || type == Boolean.class
                || Number.class.isAssignableFrom(type);
    }

    private static Object fresh(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private void read(String resource) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                SyntaxTree.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.startsWith("#") && line.contains(":")).forEach(line -> {
                int colon = line.indexOf(':');
                allowed.computeIfAbsent(line.substring(0, colon).trim(), kind -> new HashSet<>())
                        .addAll(List.of(line.substring(colon + 1).trim().split("\\s+")));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
