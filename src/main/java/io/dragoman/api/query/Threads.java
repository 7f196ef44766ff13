package io.dragoman.api.query;

import io.dragoman.api.Listing;
import io.dragoman.api.Page;
import io.dragoman.conversation.Conversation;
import io.dragoman.conversation.Conversations;
import io.dragoman.conversation.Message;
import java.util.UUID;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** Conversations over REST. */
@Component("threads")
final class Threads {

    private final Conversations conversations;
    private final Queries queries;

    Threads(Conversations conversations, Queries queries) {
        this.conversations = conversations;
        this.queries = queries;
    }

    /** The body of {@code POST /conversations}. */
    record ConversationBody(String title) {
        ConversationBody {
            Fields.name("title", title);
        }
    }

    /** Begins a thread. */
    public Conversation create(ConversationBody body) {
        return conversations.create(body.title());
    }

    /** Threads, the latest first. */
    public Listing<Conversation> list(@ExchangeProperty("page") Page page) {
        return new Listing<>(conversations.list(page.limit(), page.offset()), conversations.count());
    }

    /** One thread. */
    public Conversation get(@Header("id") String id) {
        return conversations.get(Ids.uuid("conversation", id));
    }

    /** What was said in a thread. */
    public Listing<Message> messages(@Header("id") String id, @ExchangeProperty("page") Page page) {
        UUID thread = get(id).id();
        return new Listing<>(conversations.messages(thread, page.limit(), page.offset()),
                conversations.messageCount(thread));
    }

    /** Asks in a thread. */
    public Object say(QueryBody body, @Header("id") String id, @Header("Accept") String accept,
            @ExchangeProperty("traceId") String traceId) {
        return queries.ask(body.in(get(id).id()), accept, traceId);
    }
}
