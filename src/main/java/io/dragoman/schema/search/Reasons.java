package io.dragoman.schema.search;

import io.dragoman.schema.search.GroupIndex.Postings;
import io.dragoman.schema.search.GroupIndex.Solved;
import io.dragoman.schema.search.GroupIndex.Term;
import io.dragoman.schema.search.GroupIndex.ValueOf;
import io.dragoman.schema.search.Question.Phrase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Says in words what spoke for a table. Looked up again for the few tables found, so that the search keeps no notes. */
class Reasons {

    private static final int MOST = 8;

    private final Question question;
    private final Evidence evidence;
    private final List<Phrase> values;
    private final List<Phrase> terms;

    Reasons(Question question, Evidence evidence) {
        this.question = question;
        this.evidence = evidence;
        values = question.wordPhrases();
        terms = question.lexemePhrases();
    }

    List<String> of(int table) {
        GroupIndex index = evidence.groups().get(evidence.groupOf(table));
        int position = evidence.positionOf(table);
        Set<String> reasons = new LinkedHashSet<>();
        if (evidence.similarity(table) != 0) {
            reasons.add(String.format(Locale.ROOT, "vector similarity %.2f", evidence.similarity(table)));
        }
        addTaught(reasons, index, position);
        addValues(reasons, index, position);
        addWords(reasons, index, position);
        if (reasons.isEmpty()) {
            reasons.add("related to tables found");
        }
        return new ArrayList<>(reasons).subList(0, Math.min(MOST, reasons.size()));
    }

    private void addTaught(Set<String> reasons, GroupIndex index, int position) {
        for (Phrase phrase : terms) {
            for (Term term : index.terms().getOrDefault(phrase.text(), List.of())) {
                if (term.table() == position) {
                    reasons.add(term.why());
                }
            }
        }
        for (Solved example : index.examples()) {
            if (Arrays.stream(example.tables()).anyMatch(table -> table == position) && evidence.similar(example)) {
                reasons.add("example '" + example.question() + "'");
            }
        }
    }

    private void addValues(Set<String> reasons, GroupIndex index, int position) {
        for (Phrase phrase : values) {
            ValueOf.of(position, index.values().getOrDefault(phrase.text(), List.of()))
                    .ifPresent(value -> reasons.add("value '" + value.value() + "' in " + value.column()));
        }
    }

    private void addWords(Set<String> reasons, GroupIndex index, int position) {
        question.distinct().forEach((lexeme, word) -> {
            Postings postings = index.postings().get(lexeme);
            int at = postings == null ? -1 : Arrays.binarySearch(postings.tables(), position);
            if (at >= 0) {
                reasons.add("'" + word + "' in " + postings.places()[at]);
            }
        });
    }
}
