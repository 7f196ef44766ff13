package io.dragoman.offline.followup;

import io.dragoman.offline.directive.DirectiveMeaning;
import io.dragoman.offline.directive.DirectiveReader;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.schema.DataType;
import io.dragoman.schema.Directive;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A glossary term that stands in a question. The core is asked with something it knows in the term's place (a count of
 * rows for a measure, a column for a row's value, the table for a condition), which then gives way to the term's meaning.
 *
 * @param directive the term
 * @param meaning   what its expression means
 * @param pattern   finds it in the question
 */
record Term(Directive directive, DirectiveMeaning meaning, Pattern pattern) {

    private static final int MOST = 3;
    private static final Pattern RANKED = Pattern.compile("(?i)\\b(top|best|highest|largest|bottom|lowest|worst|smallest)\\b.*\\b(by )(?:the |total )?$");
    private static final String NESTING = "(?:average|avg|mean|median|highest|lowest|maximum|minimum|largest|smallest) (?:daily |monthly |weekly )?$";

    /** The terms in a question, the longest first, none within another. */
    static List<Term> in(String question, SchemaGroup group) {
        List<Term> terms = new ArrayList<>();
        String rest = question;
        List<Directive> longest = group.directives().stream().filter(directive -> directive.expression() != null
                && directive.key() != null).sorted(Comparator.comparingInt(directive -> -directive.key().length())).toList();
        for (Directive directive : longest) {
            Pattern pattern = pattern(directive.key());
            Matcher matcher = pattern.matcher(rest);
            if (terms.size() == MOST || !matcher.find()) {
                continue;
            }
            DirectiveMeaning meaning = DirectiveReader.read(directive.expression(), group, List.of());
            boolean nested = meaning instanceof DirectiveMeaning.Measure measure && measure.aggregate()
                    && rest.substring(0, matcher.start()).toLowerCase(Locale.ROOT).matches("(?s).*\\b" + NESTING);
            if (!(meaning instanceof DirectiveMeaning.Invalid) && !nested) {
                terms.add(new Term(directive, meaning, pattern));
                rest = matcher.replaceFirst(" ");
            }
        }
        boolean severalMeasures = terms.stream().filter(term -> term.meaning() instanceof DirectiveMeaning.Measure).count() > 1;
        return severalMeasures ? List.of() : terms;
    }

    private static Pattern pattern(String key) {
        String[] words = key.trim().split("[\\s_-]+");
        StringBuilder regex = new StringBuilder("(?i)(?<![\\p{L}\\d_])");
        for (int i = 0; i < words.length; i++) {
            regex.append(i == 0 ? "" : "[\\s-]+");
            String word = words[i].length() > 3 && words[i].endsWith("s") && !words[i].endsWith("ss")
                    ? words[i].substring(0, words[i].length() - 1) : words[i];
            regex.append(Pattern.quote(word)).append(i == words.length - 1 ? "(?:s|es)?" : "s?");
        }
        return Pattern.compile(regex.append("(?![\\p{L}\\d_])").toString());
    }

    /** The question with what the core knows in the term's place; null when there is nothing for it. */
    String replacedIn(String question) {
        Matcher matcher = pattern.matcher(question);
        if (!matcher.find()) {
            return null;
        }
        String before = question.substring(0, matcher.start());
        String behind = question.substring(matcher.end());
        if (meaning instanceof DirectiveMeaning.Measure measure) {
            if (measure.aggregate()) {
                Matcher ranked = RANKED.matcher(before);
                if (ranked.find()) {
                    boolean lowest = ranked.group(1).toLowerCase(Locale.ROOT).matches("bottom|lowest|worst|smallest");
                    return before.substring(0, ranked.start(2)) + "with the " + (lowest ? "fewest " : "most ")
                            + Names.words(measure.tables().get(0)) + behind;
                }
                String open = before.replaceFirst("(?i)(?:\\b(?:the|total|overall|sum of|amount of)\\s+)+$", "");
                return open + "number of " + Names.words(measure.tables().get(0)) + behind;
            }
            Expression.Column stand = PlanEdit.column(measure.expression());
            return stand == null ? null : before + Names.words(stand.column()) + behind;
        }
        DirectiveMeaning.Condition condition = (DirectiveMeaning.Condition) meaning;
        if (condition.aggregate()) {
            return null;
        }
        String table = Names.words(condition.tables().get(0));
        String last = Names.singular(matcher.group().replaceFirst("(?s).*[\\s-]", "").toLowerCase(Locale.ROOT));
        boolean noun = (" " + Names.singular(table)).endsWith(" " + last);
        return noun ? before + table + behind : before + behind;
    }

    /** The plan of what the core was asked, with the term's meaning; null when it has no place there. */
    LogicalPlan addedTo(LogicalPlan plan, SchemaGroup group) {
        PlanEdit edit = new PlanEdit(plan);
        KnownColumns columns = new KnownColumns(edit, group);
        List<String> tables = meaning instanceof DirectiveMeaning.Measure measure ? measure.tables()
                : ((DirectiveMeaning.Condition) meaning).tables();
        Map<String, String> names = new HashMap<>();
        for (String table : tables) {
            TableDefinition definition = group.table(table).orElse(null);
            Expression.Column any = definition == null || definition.columns().isEmpty() ? null
                    : columns.use(new KnownColumns.Found(definition, definition.columns().get(0)));
            if (any == null) {
                return null;
            }
            names.put(table, any.alias());
        }
        Aliases here = new Aliases(name -> names.getOrDefault(name, name));
        if (meaning instanceof DirectiveMeaning.Condition condition) {
            Predicate predicate = here.in(condition.predicate());
            PlanEdit.terms(predicate, edit.where);
            return edit.plan();
        }
        DirectiveMeaning.Measure measure = (DirectiveMeaning.Measure) meaning;
        return swapped(edit, here.in(measure.expression()), measure.aggregate(), here.in(stand(measure)));
    }

    private static Expression stand(DirectiveMeaning.Measure measure) {
        Expression.Column column = PlanEdit.column(measure.expression());
        return column == null ? new Expression.Literal("1", DataType.INTEGER) : column;
    }

    private LogicalPlan swapped(PlanEdit edit, Expression expression, boolean aggregate, Expression stand) {
        boolean[] found = {false};
        List<OutputColumn> select = new ArrayList<>();
        String name = Names.words(directive.key()).replace(' ', '_');
        for (OutputColumn column : edit.select) {
            Expression swapped = swap(column.expression(), expression, aggregate, stand, found);
            boolean own = !swapped.equals(column.expression());
            select.add(own ? new OutputColumn(swapped, swapped.equals(expression) ? name : prefix(swapped) + name) : column);
        }
        if (aggregate && select.stream().filter(column -> column.expression().equals(expression)).count() > 1) {
            return null;
        }
        edit.select.clear();
        edit.select.addAll(select);
        edit.orderBy.replaceAll(order -> new LogicalPlan.Ordering(swap(order.expression(), expression, aggregate, stand, found),
                order.descending()));
        if (edit.having instanceof Predicate.Comparison comparison) {
            edit.having = new Predicate.Comparison(comparison.operator(), swap(comparison.left(), expression, aggregate, stand,
                    found), comparison.right());
        }
        if (!aggregate) {
            edit.where.replaceAll(term -> term instanceof Predicate.Comparison comparison
                    ? new Predicate.Comparison(comparison.operator(), swap(comparison.left(), expression, false, stand, found),
                            comparison.right()) : term);
        }
        return found[0] ? edit.plan() : null;
    }

    private static String prefix(Expression swapped) {
        return swapped instanceof Aggregate aggregate ? aggregate.function().name().toLowerCase(Locale.ROOT) + "_" : "";
    }

    private static Expression swap(Expression old, Expression expression, boolean aggregate, Expression stand,
            boolean[] found) {
        boolean count = aggregate && old instanceof Aggregate counted && counted.function() == Aggregate.Function.COUNT
                && counted.filter() == null;
        if (count || !aggregate && old.equals(stand)) {
            found[0] = true;
            return expression;
        }
        if (!aggregate && old instanceof Aggregate of && of.argument() != null && of.argument().equals(stand)) {
            found[0] = true;
            return new Aggregate(of.function(), expression, of.distinct(), of.filter());
        }
        return old;
    }
}
