package io.dragoman.schema.search.embedding;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * all-MiniLM-L6-v2, quantised, run in this process with one thread a text. LangChain4j's own class for the model lets one
 * text use every core, which is slower as soon as several callers ask at once: the threads of each wait for the others'.
 */
class LocalModel extends AbstractInProcessEmbeddingModel {

    static final String NAME = "all-minilm-l6-v2-q";

    private static final int DIMENSIONS = 384;

    private final OnnxBertBiEncoder encoder;

    /** Loads the model from its jar. */
    LocalModel() {
        super(batchThreads());
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                InputStream model = resource(".onnx"); InputStream tokenizer = resource("-tokenizer.json")) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            OrtSession session = environment.createSession(model.readAllBytes(), options);
            encoder = new OnnxBertBiEncoder(environment, session, tokenizer, PoolingMode.MEAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model " + NAME + " does not load on this machine", e);
        }
    }

    /** Batches leave a core to questions where there is more than one. */
    private static Executor batchThreads() {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "embedding");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static InputStream resource(String suffix) {
        return AllMiniLmL6V2QuantizedEmbeddingModel.class.getResourceAsStream("/" + NAME + suffix);
    }

    @Override
    protected OnnxBertBiEncoder model() {
        return encoder;
    }

    @Override
    protected Integer knownDimension() {
        return DIMENSIONS;
    }
}
