package io.dragoman.pipeline;

import dev.langchain4j.data.message.ChatMessage;
import io.dragoman.cache.CacheKey;
import io.dragoman.cache.NamedCache;
import io.dragoman.llm.LlmLedger;
import io.dragoman.llm.LlmReply;
import io.dragoman.llm.LlmRequest;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.caffeine.CaffeineConstants;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * What routes ask around a call to an LLM: a call at temperature 0 is looked up in the cache by provider, model and the whole
 * text of the prompt, and its reply is kept there, unless it was cut off or turned out not to be usable. The look-ups are
 * {@code caffeine-cache:} steps in {@code routes/llm.camel.yaml}.
 */
@Component("keptReplies")
class KeptReplies {

    private static final String KEY = "llmReplyKey";
    /** The variable that the chat endpoint is sent. */
    static final String MESSAGES = "llmMessages";
    /** The variable that a look-up leaves what it found in. */
    private static final String FOUND = "llmKnown";
    /** The variable with what is to be kept. */
    private static final String KEEP = "llmToKeep";
    /** The variables that the routes of a call set. */
    private static final List<String> OF_A_CALL = List.of(MESSAGES, FOUND, KEEP, "llmText", "llmKept");

    private final LlmLedger ledger;
    private final NamedCache<LlmReply> replies;

    KeptReplies(LlmLedger ledger, @Qualifier("llm-replies") NamedCache<LlmReply> replies) {
        this.ledger = ledger;
        this.replies = replies;
    }

    /** Notes what the reply to the call is kept under, when the same call would get the same reply. */
    public void about(Exchange exchange) {
        LlmRequest request = request(exchange);
        exchange.removeVariable(FOUND);
        exchange.removeVariable(KEEP);
        if (request.temperature() != 0) {
            exchange.removeProperty(KEY);
            return;
        }
        String key = CacheKey.of(request.provider(), request.model(), request.maxTokens(), request.prompt().hash(),
                request.system(), request.user());
        exchange.setProperty(KEY, key);
        exchange.getMessage().setHeader(CaffeineConstants.KEY, key);
    }

    /** Whether the same call would get the same reply. */
    public boolean wanted(Exchange exchange) {
        return exchange.getProperty(KEY) != null;
    }

    /** Whether there is a reply. */
    public boolean found(Exchange exchange) {
        return exchange.getVariable(FOUND) instanceof LlmReply;
    }

    /** Answers the call with it; it costs nothing. */
    public void take(Exchange exchange) {
        LlmReply kept = exchange.getVariable(FOUND, LlmReply.class);
        LlmRequest request = request(exchange);
        ledger.cached(request);
        request.answered().accept(new LlmReply(kept.text(), 0, 0, 0, 0, false));
    }

    /** Notes the reply that came, when it is whole and the next would be the same. */
    public void replied(Exchange exchange) {
        LlmReply reply = exchange.getProperty(LlmStages.WORK, LlmWork.class).reply();
        if (exchange.getProperty(KEY) != null && reply != null && !reply.truncated() && !reply.text().isBlank()) {
            exchange.setVariable(KEEP, reply);
        }
    }

    /** Whether there is a reply to keep. */
    public boolean worthKeeping(Exchange exchange) {
        return exchange.getVariable(KEEP) != null;
    }

    /** Lets go of what the calls of a stage left, which Camel would copy before each condition of the routes that follow. */
    static void letGo(Exchange exchange) {
        OF_A_CALL.forEach(exchange::removeVariable);
        exchange.removeProperty(KEY);
    }

    /** Forgets the last reply, as it could not be used. */
    void forget(Exchange exchange) {
        String key = exchange.getProperty(KEY, String.class);
        if (key != null) {
            replies.invalidate(key);
        }
    }

    @SuppressWarnings("unchecked")
    private static LlmRequest request(Exchange exchange) {
        return LlmRequest.of((List<ChatMessage>) exchange.getVariable(MESSAGES));
    }
}
