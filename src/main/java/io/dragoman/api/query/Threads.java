package io.dragoman.api.query;

import io.dragoman.api.Listing;
import io.dragoman.api.Page;
import io.dragoman.conversation.Conversation;
import io.dragoman.conversation.Conversations;
import io.dragoman.conversation.Message;
import io.dragoman.conversation.TokenUse;
import io.dragoman.conversation.UsedDatabase;
import io.dragoman.failure.FailureException;
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

    /** The body of {@code PATCH /conversations/{id}}; an empty title takes it away. */
    record RenameBody(String title) {
        RenameBody {
            if (title == null) {
                throw FailureException.invalid("title", "'title' is missing.");
            }
            Fields.optional("title", title, 255);
        }
    }

    /** What became of it. */
    record Deleted(UUID id, boolean deleted) {
    }

    /** Gives a thread another title. */
    public Conversation rename(RenameBody body, @Header("id") String id) {
        return conversations.rename(Ids.uuid("conversation", id), body.title().isBlank() ? null : body.title().strip());
    }

    /** Deletes a thread and what was said in it. */
    public Deleted delete(@Header("id") String id) {
        UUID thread = Ids.uuid("conversation", id);
        conversations.delete(thread);
        return new Deleted(thread, true);
    }

    /** What LLMs consumed for a thread. */
    public TokenUse tokens(@Header("id") String id) {
        return conversations.tokens(Ids.uuid("conversation", id));
    }

    /** The databases that a thread was about. */
    public Listing<UsedDatabase> databases(@Header("id") String id, @ExchangeProperty("page") Page page) {
        return Listing.of(conversations.databases(Ids.uuid("conversation", id)), page);
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
