package io.dragoman.llm;

import io.dragoman.config.LlmProperties;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.springframework.stereotype.Service;

/** The providers that are configured, in the order they are asked. Thread-safe. */
@Service("llmProviders")
public class LlmProviders {

    private static final List<String> USUAL_ORDER = List.of("gemini", "claude", "openai", "ollama");

    private final Map<String, LlmProperties.Provider> configured = new LinkedHashMap<>();
    private final Map<String, ProviderClient> clients = new LinkedHashMap<>();
    private final Set<String> stages;

    LlmProviders(LlmProperties properties) {
        LlmProperties settings = properties;
        this.stages = settings.stages();
        List<String> order = new ArrayList<>(List.of(settings.provider()));
        order.addAll(USUAL_ORDER);
        order.addAll(settings.providers().keySet());
        if (!settings.provider().isEmpty() && !settings.provider().equals("none")
                && !settings.providers().containsKey(settings.provider())) {
            throw new IllegalArgumentException("dragoman.llm.provider names '" + settings.provider()
                    + "', which dragoman.llm.providers does not have.");
        }
        if (settings.provider().equals("none")) {
            return;
        }
        for (String name : order) {
            LlmProperties.Provider provider = settings.providers().get(name);
            if (provider != null && usable(provider)) {
                configured.putIfAbsent(name, provider);
            }
        }
        configured.forEach((name, provider) -> clients.put(name, new ProviderClient(provider)));
    }

    /** A server of one's own may want no key, and others take a token as a header. */
    private static boolean usable(LlmProperties.Provider provider) {
        boolean keyless = provider.kind().equals("ollama") || provider.kind().equals("openai")
                || !provider.headers().isEmpty();
        return !provider.apiKey().isEmpty() || keyless && !provider.baseUrl().isEmpty();
    }

    /** The names of the configured providers, the one that is asked first first. */
    public List<String> names() {
        return List.copyOf(configured.keySet());
    }

    /** Whether an LLM does the stage of that name. */
    public boolean does(String stage) {
        return !configured.isEmpty() && stages.contains(stage);
    }

    /**
     * The name of a provider's model for a kind of task.
     *
     * @throws NoSuchElementException when the provider is not configured
     */
    public String model(String provider, ModelRole role) {
        LlmProperties.Provider settings = settings(provider);
        return switch (role) {
            case WEAK -> settings.weak().isEmpty() ? settings.developer() : settings.weak();
            case PLANNING -> settings.planning().isEmpty() ? settings.developer() : settings.planning();
            case DEVELOPER -> settings.developer();
        };
    }

    LlmProperties.Provider settings(String provider) {
        LlmProperties.Provider settings = configured.get(provider);
        if (settings == null) {
            throw new NoSuchElementException("The LLM provider '" + provider + "' is not configured.");
        }
        return settings;
    }

    ProviderClient client(String provider) {
        settings(provider);
        return clients.get(provider);
    }
}
