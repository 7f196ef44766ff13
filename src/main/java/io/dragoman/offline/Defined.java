package io.dragoman.offline;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Predicate;
import java.util.List;

/**
 * What a glossary directive defines, ready for plans.
 *
 * @param key        the directive's key
 * @param expression a measure over columns whose alias is their table's name; null when it is a condition
 * @param predicate  a condition over such columns; null when it is a measure
 * @param aggregate  whether it is of a group of rows
 * @param tables     the tables it needs, at least one
 */
record Defined(String key, Expression expression, Predicate predicate, boolean aggregate, List<TableNode> tables) {
}
