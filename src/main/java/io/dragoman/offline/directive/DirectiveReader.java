package io.dragoman.offline.directive;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.schema.SchemaGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the expression of a glossary directive: a measure such as {@code sum(price*size)/sum(size)}, or a condition such as
 * {@code status in ('paid', 'shipped') and total > 100}. Never throws on any text.
 */
public final class DirectiveReader {

    private static final int LONGEST = 2_000;

    private DirectiveReader() {
    }

    /**
     * What an expression means over a schema group.
     *
     * @param expression at most 2,000 characters
     * @param group      the schema group whose tables and columns it names
     * @param preferred  names of tables to prefer for a column that several have, best first; empty for none
     */
    public static DirectiveMeaning read(String expression, SchemaGroup group, List<String> preferred) {
        if (expression == null || expression.isBlank()) {
            return new DirectiveMeaning.Invalid("The expression is empty.", 0, null);
        }
        if (expression.length() > LONGEST) {
            return new DirectiveMeaning.Invalid("The expression is longer than " + LONGEST + " characters.", LONGEST, null);
        }
        try {
            Node tree = new ExpressionParser(expression).parse();
            List<Node.Name> names = new ArrayList<>();
            collect(tree, names);
            ColumnResolver resolver = ColumnResolver.of(names, group, preferred);
            MeaningBuilder builder = new MeaningBuilder(resolver);
            Object meaning = builder.build(tree);
            return meaning instanceof Predicate predicate
                    ? new DirectiveMeaning.Condition(predicate, builder.aggregates(), resolver.tables())
                    : measure((Expression) meaning, builder, resolver, tree);
        } catch (InvalidExpressionException invalid) {
            return invalid.reason();
        }
    }

    private static DirectiveMeaning measure(Expression expression, MeaningBuilder builder, ColumnResolver resolver,
            Node tree) {
        if (resolver.tables().isEmpty() && !builder.aggregates()) {
            return new DirectiveMeaning.Invalid("The expression names no column.", tree.offset(), null);
        }
        return new DirectiveMeaning.Measure(expression, builder.aggregates(), resolver.tables());
    }

    private static void collect(Node node, List<Node.Name> names) {
        if (node instanceof Node.Name name) {
            names.add(name);
        } else if (node instanceof Node.Function function) {
            function.arguments().forEach(argument -> collect(argument, names));
            if (function.filter() != null) {
                collect(function.filter(), names);
            }
        } else if (node instanceof Node.Binary binary) {
            collect(binary.left(), names);
            collect(binary.right(), names);
        } else if (node instanceof Node.Not not) {
            collect(not.term(), names);
        } else if (node instanceof Node.In in) {
            collect(in.value(), names);
            in.values().forEach(value -> collect(value, names));
        } else if (node instanceof Node.Between between) {
            collect(between.value(), names);
            collect(between.low(), names);
            collect(between.high(), names);
        } else if (node instanceof Node.Like like) {
            collect(like.value(), names);
        } else if (node instanceof Node.IsNull isNull) {
            collect(isNull.value(), names);
        }
    }
}
