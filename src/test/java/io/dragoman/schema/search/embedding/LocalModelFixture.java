package io.dragoman.schema.search.embedding;

import dev.langchain4j.model.embedding.EmbeddingModel;

/** The in-process model for tests, loaded once. */
public final class LocalModelFixture {

    private static final EmbeddingModel MODEL = new LocalModel();

    private LocalModelFixture() {
    }

    /** The model that the server uses when nothing else is configured. */
    public static EmbeddingModel model() {
        return MODEL;
    }
}
