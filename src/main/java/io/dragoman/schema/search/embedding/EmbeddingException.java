package io.dragoman.schema.search.embedding;

/** No embedding could be had; the message says why and holds no secret. */
public class EmbeddingException extends RuntimeException {

    /** An embedding could not be had for that reason. */
    public EmbeddingException(String message, Throwable cause) {
        super(message, cause);
    }
}
