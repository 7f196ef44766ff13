package io.dragoman.feedback;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.CuratedExamples;
import io.dragoman.schema.Example;
import io.dragoman.schema.Examples;
import io.dragoman.schema.SchemaGroups;
import io.dragoman.security.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Makes feedback an example of its schema group, and takes that back. An example that came of feedback carries its id; one
 * that a curator wrote is neither changed nor deleted here. Runs within a transaction.
 */
@Component
class Promotion {

    private final Examples examples;
    private final SchemaGroups groups;
    private final FeedbackStore store;

    Promotion(Examples examples, SchemaGroups groups, FeedbackStore store) {
        this.examples = examples;
        this.groups = groups;
        this.store = store;
    }

    /**
     * Makes the feedback that example. One that says the same already is taken; one for the same question that came of
     * other feedback is replaced.
     *
     * @throws FailureException {@code CONFLICT} when a curator's own example answers the question otherwise
     */
    void promote(Feedback feedback, Example wanted, Caller curator) {
        List<Example> same = same(feedback, wanted);
        Optional<UUID> there = same.stream().filter(example -> example.query().strip().equals(wanted.query()))
                .map(Example::id).findFirst();
        if (there.isPresent() && there.get().equals(feedback.exampleId())) {
            return;
        }
        release(feedback);
        UUID id = there.orElseGet(() -> write(feedback, wanted,
                same.stream().filter(example -> !example.id().equals(feedback.exampleId())).toList()));
        store.example(feedback.id(), id);
        store.note(feedback.id(), new Change(null, curator.name(), "promoted", null, wanted.query(), null));
    }

    private UUID write(Feedback feedback, Example wanted, List<Example> others) {
        others.stream().filter(example -> example.feedbackId() == null).findFirst().ifPresent(own -> {
            throw new FailureException(ErrorCode.CONFLICT, "The schema group has an example for this question with another"
                    + " query. Change or delete that one first.", Map.of("kind", "example", "id", own.id().toString()));
        });
        others.forEach(old -> examples.delete(old.id().toString()));
        return examples.create(feedback.schemaGroup(), wanted).value().id();
    }

    /** Deletes the example that came of the feedback, if one did. */
    void demote(Feedback feedback, Caller curator) {
        if (feedback.promoted()) {
            release(feedback);
            store.example(feedback.id(), null);
            store.note(feedback.id(), new Change(null, curator.name(), "demoted", null, null, null));
        }
    }

    private void release(Feedback feedback) {
        if (feedback.promoted()) {
            Example example = examples.get(feedback.exampleId().toString()).value();
            if (feedback.id().equals(example.feedbackId())) {
                examples.delete(example.id().toString());
            }
        }
    }

    /** The examples of the group for the same question in the same language. */
    private List<Example> same(Feedback feedback, Example wanted) {
        String words = CuratedExamples.words(wanted.question());
        return groups.find(feedback.schemaGroup()).stream().flatMap(group -> group.examples().stream())
                .filter(example -> CuratedExamples.words(example.question()).equals(words))
                .filter(example -> example.dialect() == null || example.dialect().equals(wanted.dialect())).toList();
    }
}
