package io.dragoman.pipeline;

import io.dragoman.offline.intent.IntentClassifier;
import org.springframework.stereotype.Component;

/** Offline: tells what kind of thing was said. */
@Component("offlineIntent")
class IntentStage {

    private final IntentClassifier classifier;

    IntentStage(IntentClassifier classifier) {
        this.classifier = classifier;
    }

    /** Sets the intent. */
    public QueryState apply(QueryState state) {
        return state.revise()
                .intent(classifier.classify(state.question().text(), state.question().previous() != null))
                .done();
    }
}
