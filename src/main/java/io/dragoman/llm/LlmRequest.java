package io.dragoman.llm;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * One call to one provider. It prints without its texts.
 *
 * @param runId       the run that it belongs to
 * @param stage       of the pipeline
 * @param caller      the name of who asked
 * @param schemaGroup null when none is known yet
 * @param provider    by its configured name
 * @param model       the provider's model name
 * @param prompt      that the texts were made from
 * @param system      what the model is told to be and to do
 * @param user        what it is given
 * @param temperature 0 to 2
 * @param maxTokens   the most tokens of the reply
 * @param timeout     the longest that one try waits for the whole reply
 * @param deadline    when waiting ends, whatever tries are left
 * @param tokens      hears the reply as it is written; null when nobody listens
 * @param answered    is handed the reply with its usage, which the message of a chat endpoint does not carry
 * @param abort       is handed what stops the call, and gives back what forgets that
 */
public record LlmRequest(UUID runId, String stage, String caller, String schemaGroup, String provider, String model,
        Prompt prompt, String system, String user, double temperature, int maxTokens, Duration timeout,
        Instant deadline, Consumer<String> tokens, Consumer<LlmReply> answered, Abort abort) {

    private static final String ATTRIBUTE = "request";

    /** Lets a caller stop a call. */
    @FunctionalInterface
    public interface Abort {

        /** Nobody stops it. */
        Abort NEVER = action -> () -> {
        };

        /** Remembers what stops the call; what is given back forgets it. */
        Runnable on(Runnable action);
    }

    /** How long a try that begins now may take, in milliseconds: the timeout, or what is left until the deadline. */
    long leftMs() {
        return Math.max(1, Math.min(timeout.toMillis(), Duration.between(Instant.now(), deadline).toMillis()));
    }

    /** The messages as a chat endpoint of Camel takes (and changes) them; the last one carries this request. */
    public List<ChatMessage> messages() {
        return new ArrayList<>(List.of(SystemMessage.from(system), UserMessage.builder()
                .addContent(TextContent.from(user)).attributes(Map.of(ATTRIBUTE, this)).build()));
    }

    /** The request that messages carry. */
    public static LlmRequest of(List<ChatMessage> messages) {
        return ((UserMessage) messages.get(messages.size() - 1)).attribute(ATTRIBUTE, LlmRequest.class);
    }

    @Override
    public String toString() {
        return "LlmRequest[" + stage + ", " + provider + ", " + model + "]";
    }
}
