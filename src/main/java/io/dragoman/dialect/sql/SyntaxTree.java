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
    private final Map<Class<?>, List<Slot>> slots = new ConcurrentHashMap<>();

    /** A field, whether it may be set, and its value in a new node. */
    private record Slot(Field field, boolean allowed, Object initial) {
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
     * @param children receives every value of its allowed fields and its elements
     * @return a field that may not be set but is; null when there is none
     */
    String listed(Object node, List<Object> children) {
        for (Slot slot : slots.computeIfAbsent(node.getClass(), this::slots)) {
            Object value = value(slot.field(), node);
            if (slot.allowed()) {
                if (value != null) {
                    children.add(value);
                }
            } else if (!isDefault(value, slot.initial())) {
                return slot.field().getName();
            }
        }
        if (node instanceof Collection<?> elements) {
            children.addAll(elements);
        }
        return null;
    }

    /** What a node of a tree that was found safe contains. */
    static void children(Object node, List<Object> children) {
        ANY.listed(node, children);
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

    private List<Slot> slots(Class<?> type) {
        Set<String> listed = allowed.getOrDefault(type.getSimpleName(), Set.of());
        Object fresh = fresh(type);
        List<Slot> fields = new ArrayList<>();
        for (Class<?> level = type; level != null && level != ASTNodeAccessImpl.class
                && level.getName().startsWith(PARSER); level = level.getSuperclass()) {
            for (Field field : level.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getName().equals("node")) {
                    field.setAccessible(true);
                    fields.add(new Slot(field, listed.contains(field.getName()), fresh == null ? null : value(field, fresh)));
                }
            }
        }
        return fields;
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
