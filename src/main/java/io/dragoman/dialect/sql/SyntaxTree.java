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

/** Which kinds of node, and which fields of them, a query's tree may have. Looks at every field, so nothing hides. */
final class SyntaxTree {

    private static final String PARSER = "net.sf.jsqlparser.";
    private static final Map<String, Set<String>> ALLOWED = read();
    private static final Map<Class<?>, List<Slot>> SLOTS = new ConcurrentHashMap<>();

    /** A field, whether it may be set, and its value in a new node. */
    private record Slot(Field field, boolean allowed, Object initial) {
    }

    private SyntaxTree() {
    }

    /** Whether the kind of node is listed. */
    static boolean known(Object node) {
        return ALLOWED.containsKey(node.getClass().getSimpleName());
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
    static String children(Object node, List<Object> children) {
        for (Slot slot : SLOTS.computeIfAbsent(node.getClass(), SyntaxTree::slots)) {
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

    private static List<Slot> slots(Class<?> type) {
        Set<String> allowed = ALLOWED.getOrDefault(type.getSimpleName(), Set.of());
        Object fresh = fresh(type);
        List<Slot> slots = new ArrayList<>();
        for (Class<?> level = type; level != null && level != ASTNodeAccessImpl.class
                && level.getName().startsWith(PARSER); level = level.getSuperclass()) {
            for (Field field : level.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getName().equals("node")) {
                    field.setAccessible(true);
                    slots.add(new Slot(field, allowed.contains(field.getName()), fresh == null ? null : value(field, fresh)));
                }
            }
        }
        return slots;
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

    private static Map<String, Set<String>> read() {
        Map<String, Set<String>> allowed = new HashMap<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                SyntaxTree.class.getResourceAsStream("sql-nodes.txt"), StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.startsWith("#") && line.contains(":")).forEach(line -> {
                int colon = line.indexOf(':');
                allowed.put(line.substring(0, colon).trim(),
                        new HashSet<>(List.of(line.substring(colon + 1).trim().split("\\s+"))));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return allowed;
    }
}
