package io.dragoman.llm;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Replies to calls at temperature 0, for half an hour, by provider, model and the whole text of the prompt. */
@Component
class ReplyCache {

    private static final long MOST_CHARACTERS = 16_000_000;

    private final Cache<Key, LlmReply> replies = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(30))
            .maximumWeight(MOST_CHARACTERS)
            .weigher((Key key, LlmReply reply) -> key.system().length() + key.user().length() + reply.text().length())
            .build();

    private record Key(String provider, String model, int maxTokens, String prompt, String system, String user) {
    }

    /** The reply to the same request before; null when there is none, or the next one may differ. */
    LlmReply find(LlmRequest request) {
        return request.temperature() == 0 ? replies.getIfPresent(key(request)) : null;
    }

    void keep(LlmRequest request, LlmReply reply) {
        if (request.temperature() == 0 && !reply.truncated() && !reply.text().isBlank()) {
            replies.put(key(request), new LlmReply(reply.text(), 0, 0, 0, 0, false));
        }
    }

    /** Forgets a reply that turned out not to be usable, so that it is not given again. */
    void forget(LlmRequest request) {
        replies.invalidate(key(request));
    }

    private static Key key(LlmRequest request) {
        return new Key(request.provider(), request.model(), request.maxTokens(), request.prompt().hash(), request.system(),
                request.user());
    }
}
