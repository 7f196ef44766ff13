package io.dragoman.schema.search.embedding;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.dragoman.cache.Caches;
import io.dragoman.config.CacheProperties;
import io.dragoman.config.DragomanProperties;
import io.dragoman.config.RedisProperties;
import java.nio.file.Path;
import java.util.Collections;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** The embedders as they are configured, through the route, the real clients and the providers' wire formats. */
class EmbedderTest {

    private static final WireMockServer PROVIDER = new WireMockServer(options().dynamicPort());

    @BeforeAll
    static void start() {
        PROVIDER.start();
    }

    @AfterAll
    static void stop() {
        PROVIDER.stop();
    }

    @BeforeEach
    void reset() {
        PROVIDER.resetAll();
    }

    @Test
    void theLocalModelKnowsWhatIsAlike() throws Exception {
        with(Map.of(), embedder -> {
            float[] client = embedder.question("clients");
            assertThat(client).hasSize(384);
            assertThat(dot(client, embedder.question("customers")))
                    .isGreaterThan(dot(client, embedder.question("rainfall")));
            assertThat(embedder.texts(List.of("clients")).get(0)).containsExactly(client);
            assertThat(embedder.modelId()).isEqualTo("local/all-minilm-l6-v2-q");
        });
    }

    @Test
    void geminiIsAskedInItsOwnFormat() throws Exception {
        PROVIDER.stubFor(post(urlPathEqualTo("/models/text-embedding-005:embedContent"))
                .willReturn(okJson("{\"embedding\":{\"values\":" + vector(768) + "}}")));
        PROVIDER.stubFor(post(urlPathEqualTo("/models/text-embedding-005:batchEmbedContents"))
                .willReturn(okJson("{\"embeddings\":[{\"values\":" + vector(768) + "},{\"values\":" + vector(768) + "}]}")));

        with(Map.of("provider", "gemini", "api-key", "the-key", "base-url", PROVIDER.baseUrl()), embedder -> {
            assertThat(embedder.modelId()).isEqualTo("gemini/text-embedding-005/768");
            assertThat(embedder.question("open orders")).hasSize(768);
            assertThat(embedder.texts(List.of("orders", "products"))).hasSize(2);
        });

        PROVIDER.verify(postRequestedFor(anyUrl()).withHeader("x-goog-api-key", equalTo("the-key"))
                .withRequestBody(matchingJsonPath("$.requests[0].outputDimensionality", equalTo("768"))));
    }

    @Test
    void openAiIsAskedInItsOwnFormat() throws Exception {
        PROVIDER.stubFor(post(urlPathEqualTo("/v1/embeddings")).willReturn(okJson(openAi(1536))));

        with(openAiSettings(), embedder -> {
            assertThat(embedder.modelId()).isEqualTo("openai/text-embedding-3-small");
            assertThat(embedder.question("open orders")).hasSize(1536);
        });

        PROVIDER.verify(postRequestedFor(urlPathEqualTo("/v1/embeddings"))
                .withHeader("Authorization", equalTo("Bearer the-key"))
                .withRequestBody(matchingJsonPath("$.model", equalTo("text-embedding-3-small")))
                .withRequestBody(matchingJsonPath("$.input[0]", equalTo("open orders"))));
    }

    @Test
    void aQuestionIsSentOnce() throws Exception {
        PROVIDER.stubFor(post(urlPathEqualTo("/v1/embeddings")).willReturn(okJson(openAi(1536))));

        with(openAiSettings(), embedder -> {
            embedder.question("open orders");
            embedder.question("open orders");
        });

        PROVIDER.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void afterTwoRetriesItRestsAndSaysSoWithoutTheKey() throws Exception {
        PROVIDER.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(503).withBody("the-key is overloaded")));

        with(openAiSettings(), embedder -> {
            assertThatThrownBy(() -> embedder.question("open orders")).isInstanceOf(EmbeddingException.class)
                    .hasMessageContaining("does not answer").hasMessageNotContaining("the-key");
            PROVIDER.verify(3, postRequestedFor(anyUrl()));
            assertThatThrownBy(() -> embedder.question("closed orders")).isInstanceOf(EmbeddingException.class)
                    .hasMessageContaining("a moment ago");
            PROVIDER.verify(3, postRequestedFor(anyUrl()));
        });
    }

    @Test
    void aWrongSettingIsNamed() {
        assertThatThrownBy(() -> model(Map.of("provider", "oracle"))).hasMessageContaining("dragoman.embedding.provider")
                .hasMessageContaining("local, gemini, openai, none");
        assertThatThrownBy(() -> model(Map.of("provider", "gemini"))).hasMessageContaining("dragoman.embedding.api-key");
        assertThatThrownBy(() -> model(Map.of("model", "bert"))).hasMessageContaining("dragoman.embedding.model");
    }

    @Test
    void noneHasNoModel() throws Exception {
        with(Map.of("provider", "none"), embedder -> assertThat(embedder.enabled()).isFalse());
    }

    private interface Use {
        void with(Embedder embedder) throws Exception;
    }

    /** Runs the route that the server runs. */
    private static void with(Map<String, String> settings, Use use) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            DragomanProperties properties = properties(settings);
            EmbeddingConfiguration configuration = new EmbeddingConfiguration();
            EmbeddingModel model = configuration.embeddingModel(properties);
            camel.getRegistry().bind("embeddingModel", model);
            PluginHelper.getRoutesLoader(camel).loadRoutes(
                    PluginHelper.getResourceLoader(camel).resolveResource("classpath:routes/embedding.camel.yaml"));
            camel.start();
            ProducerTemplate template = camel.createProducerTemplate();
            CacheProperties.Layer layer = new CacheProperties.Layer(Duration.ofHours(1), DataSize.ofMegabytes(1), false);
            use.with(configuration.embedder(properties, model, template,
                    new Caches(new RedisProperties("", "", "", "", Duration.ofMillis(100), DataSize.ofMegabytes(1)), "", null),
                    new CacheProperties(layer, layer, layer, layer, layer)));
        }
    }

    private static EmbeddingModel model(Map<String, String> settings) {
        return new EmbeddingConfiguration().embeddingModel(properties(settings));
    }

    private static DragomanProperties properties(Map<String, String> embedding) {
        Map<String, String> all = new HashMap<>();
        embedding.forEach((key, value) -> all.put("dragoman.embedding." + key, value));
        all.put("dragoman.data-dir", Path.of("target").toString());
        return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("dragoman", DragomanProperties.class);
    }

    private static Map<String, String> openAiSettings() {
        return Map.of("provider", "openai", "api-key", "the-key", "base-url", PROVIDER.baseUrl() + "/v1");
    }

    private static String openAi(int dimensions) {
        return "{\"object\":\"list\",\"model\":\"text-embedding-3-small\",\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2},"
                + "\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":" + vector(dimensions) + "}]}";
    }

    private static String vector(int dimensions) {
        return Collections.nCopies(dimensions, "0.125").toString();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
