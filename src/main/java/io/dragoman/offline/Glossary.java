package io.dragoman.offline;

import io.dragoman.offline.directive.DirectiveMeaning;
import io.dragoman.offline.directive.DirectiveReader;
import io.dragoman.schema.Directive;
import io.dragoman.schema.SchemaGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The directives of a group by the words that people say. Immutable. */
final class Glossary {

    private static final int LONGEST = 5;

    private final Map<String, Defined> byPhrase = new HashMap<>();

    Glossary(SchemaGroup group, java.util.function.Function<String, TableNode> tables) {
        for (Directive directive : group.directives()) {
            Defined defined = define(directive, group, tables);
            if (defined != null) {
                byPhrase.putIfAbsent(phrase(directive.key()), defined);
            }
        }
    }

    private static Defined define(Directive directive, SchemaGroup group, java.util.function.Function<String, TableNode> tables) {
        if (directive.expression() == null || directive.expression().isBlank()) {
            return null;
        }
        DirectiveMeaning meaning = DirectiveReader.read(directive.expression(), group, List.of());
        if (meaning instanceof DirectiveMeaning.Measure measure) {
            List<TableNode> needed = nodes(measure.tables(), tables);
            return needed.isEmpty() ? null : new Defined(directive.key(), measure.expression(), null, measure.aggregate(), needed);
        } else if (meaning instanceof DirectiveMeaning.Condition condition) {
            List<TableNode> needed = nodes(condition.tables(), tables);
            return needed.isEmpty() ? null
                    : new Defined(directive.key(), null, condition.predicate(), condition.aggregate(), needed);
        }
        return null;
    }

    private static List<TableNode> nodes(List<String> names, java.util.function.Function<String, TableNode> tables) {
        List<TableNode> nodes = new ArrayList<>();
        for (String name : names) {
            TableNode node = tables.apply(name);
            if (node == null) {
                return List.of();
            }
            nodes.add(node);
        }
        return nodes;
    }

    private static String phrase(String key) {
        StringBuilder phrase = new StringBuilder();
        for (String word : Words.normalize(key).split(" ")) {
            phrase.append(phrase.length() == 0 ? "" : " ").append(Words.stem(word));
        }
        return phrase.toString();
    }

    /** The directives that the words starting at a token name. */
    List<Link> at(List<Token> tokens, int start) {
        if (byPhrase.isEmpty()) {
            return List.of();
        }
        List<Link> found = new ArrayList<>();
        StringBuilder phrase = new StringBuilder();
        int words = 0;
        for (int end = start; end < tokens.size() && words < LONGEST; end++) {
            Token token = tokens.get(end);
            if (token.kind() == Token.Kind.QUOTED || !token.content() && !token.is("-")) {
                break;
            }
            if (!token.content()) {
                continue;
            }
            for (String part : Words.normalize(token.lower()).split(" ")) {
                phrase.append(phrase.length() == 0 ? "" : " ").append(Words.stem(part));
            }
            words++;
            Defined defined = byPhrase.get(phrase.toString());
            if (defined != null) {
                boolean whole = start > 0 && defined.aggregate() && Set.of("total", "overall").contains(tokens.get(start - 1).lower());
                found.add(new Link(whole ? start - 1 : start, end + 1, Link.Kind.DIRECTIVE, defined.tables().get(0), null, phrase.toString(), null,
                        1.15 * (whole ? words + 1 : words) + 0.2));
            }
        }
        return found;
    }

    /** Whether a word is part of what a directive is called. */
    boolean knows(String stem) {
        return byPhrase.keySet().stream().anyMatch(phrase -> (" " + phrase + " ").contains(" " + stem + " "));
    }

    Defined get(String phrase) {
        return byPhrase.get(phrase);
    }
}
