package io.dragoman.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dragoman.config.LlmProperties;
import io.dragoman.dialect.Finding;
import io.dragoman.llm.LlmException;
import io.dragoman.llm.LlmLedger;
import io.dragoman.llm.LlmProviders;
import io.dragoman.llm.LlmReply;
import io.dragoman.llm.LlmRequest;
import io.dragoman.llm.Prompt;
import io.dragoman.llm.Prompts;
import io.dragoman.llm.ReplyJson;
import io.dragoman.pipeline.QueryState.Attempt;
import io.dragoman.pipeline.QueryState.Validation.Result;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The work of the LLM routes: what is asked, what a reply changes, and what is said when nobody replied. */
@Component("llmStages")
class LlmStages {

    private static final Logger LOG = LoggerFactory.getLogger(LlmStages.class);
    /** The exchange property with the {@link LlmWork} of the stage. */
    static final String WORK = "llmWork";
    private static final String PROVIDER = "llmProvider";
    /** The exchange property that is set once no LLM could be reached. */
    static final String GIVEN_UP = "llmGivenUp";
    /** The exchange property that is {@code llm} when an LLM did the stage. */
    static final String ANSWERED_BY = "answeredBy";

    private final LlmProviders providers;
    private final LlmLedger ledger;
    private final Prompts prompts;
    private final Cancellations cancellations;
    private final LlmProperties settings;
    private final KeptReplies kept;
    private final Budgets budgets;
    private final Map<String, LlmStage> stages;

    LlmStages(LlmProviders providers, LlmLedger ledger, Prompts prompts, Cancellations cancellations,
            LlmProperties properties, KeptReplies kept, Budgets budgets, List<LlmStage> stages) {
        this.kept = kept;
        this.budgets = budgets;
        this.providers = providers;
        this.ledger = ledger;
        this.prompts = prompts;
        this.cancellations = cancellations;
        this.settings = properties;
        this.stages = stages.stream().collect(Collectors.toMap(LlmStage::name, Function.identity()));
        for (String name : properties.stageTimeouts().keySet()) {
            if (!this.stages.containsKey(name)) {
                throw new IllegalArgumentException("dragoman.llm.stage-timeouts names '" + name + "', which is no stage. Stages are "
                        + String.join(", ", new TreeSet<>(this.stages.keySet())) + ".");
            }
        }
    }

    /** Whether an LLM is to do a stage of this run. Once none could be reached, the rest of the run stays offline. */
    public boolean wanted(Exchange exchange, String stage) {
        return providers.does(stage) && exchange.getProperty(GIVEN_UP) == null;
    }

    /** Sets the exchange property {@code llmWork}. A spent budget leaves no provider to ask. */
    public void prepare(Exchange exchange, String stage) {
        QueryState state = exchange.getMessage().getBody(QueryState.class);
        exchange.removeProperty(ANSWERED_BY);
        LlmStage doing = stages.get(stage);
        Prompt prompt = prompts.get(doing.prompt(state));
        String refusal = ledger.refusal(state.question().caller().name());
        LlmWork work = new LlmWork(state, doing, prompt, doing.values(state), refusal == null ? order(state.question())
                : List.of(), settings.limit(stage), new LlmWork.Calls(settings.timeout(), state.question().modelConfig(),
                        tokens(exchange, state, stage), abort(state), provider -> providers.model(provider, prompt.model()),
                        exchange.getProperty(LlmCandidates.TEMPERATURE, Double.class)));
        if (refusal != null) {
            work.nextProvider(refusal);
        }
        exchange.setProperty(WORK, work);
    }

    /** Whether another call is to be made, to the provider that the exchange property {@code llmProvider} then names. */
    public boolean open(Exchange exchange) {
        LlmWork work = work(exchange);
        exchange.setProperty(PROVIDER, work.provider());
        return work.open();
    }

    /** Sets the variable with the messages for the provider whose turn it is. */
    public void ask(Exchange exchange) {
        exchange.setVariable(KeptReplies.MESSAGES, work(exchange).messages());
    }

    /** Notes why a provider gave no reply; a run that was cancelled ends here. */
    public void failed(Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        LlmWork work = work(exchange);
        cancellations.of(exchange.getMessage().getBody(QueryState.class).id()).check();
        work.nextProvider(why(thrown, work.provider()));
    }

    private static String why(Throwable thrown, String provider) {
        if (thrown instanceof LlmException known) {
            return known.getMessage();
        }
        if (thrown == null || thrown instanceof CallNotPermittedException) {
            return "The LLM provider '" + provider + "' is left alone for a while, as it failed too often.";
        }
        LOG.warn("The call of the LLM provider {} failed", provider, thrown);
        return "The LLM provider '" + provider + "' could not be called.";
    }

    /**
     * Reads the reply, if there is one, into the state; a run that was cancelled ends here. A reply that
     * cannot be used is asked for once more, as long as the question may take another refinement.
     */
    public void read(Exchange exchange, int refinements, int total) {
        LlmWork work = work(exchange);
        if (work.failed()) {
            exchange.getMessage().setBody(work.before());
            cancellations.of(work.before().id()).check();
            return;
        }
        LlmReply reply = work.takeReply();
        QueryState state = exchange.getMessage().getBody(QueryState.class);
        String model = work.provider() + "/" + work.model();
        Optional<JsonNode> read = work.prompt().schema() == null
                ? Optional.of(JsonNodeFactory.instance.objectNode().put("text", reply.text()))
                : ReplyJson.read(reply.text(), work.prompt().schema());
        if (read.isEmpty()) {
            kept.forget(exchange);
            work.unusable(reply.text(), reply.truncated() ? "it was cut off; be shorter"
                    : "it is no JSON object with the fields that were asked for", budgets.repair(state, work.repairs(), refinements, total));
            return;
        }
        try {
            exchange.getMessage().setBody(work.stage().apply(state, read.get(), model));
            exchange.setProperty(ANSWERED_BY, "llm");
            work.finish();
        } catch (LlmStage.UnusableReplyException e) {
            kept.forget(exchange);
            work.unusable(reply.text(), e.getMessage(), budgets.repair(state, work.repairs(), refinements, total));
        }
    }

    /** Adds what was consumed, and says when nobody did the stage; the run goes on offline unless it does well without. */
    public void end(Exchange exchange) {
        LlmWork work = work(exchange);
        exchange.removeProperty(WORK);
        exchange.removeProperty(PROVIDER);
        KeptReplies.letGo(exchange);
        QueryState state = exchange.getMessage().getBody(QueryState.class);
        QueryState.Usage before = state.usage();
        QueryState.Usage now = work.usage();
        Revision revised = state.revise().usage(new QueryState.Usage(before.inputTokens() + now.inputTokens(),
                before.outputTokens() + now.outputTokens(), before.costUsd() + now.costUsd()));
        int number = state.attempts().size();
        for (Finding finding : work.unusable()) {
            revised.attempt(new Attempt(++number, null, Result.INVALID_REFINABLE, List.of(finding)));
        }
        revised.refinements(state.refinements() + work.repairs());
        boolean missed = exchange.getProperty(ANSWERED_BY) == null;
        if (missed && work.stage().optional()) {
            exchange.setProperty(Progress.MISSED, work.failure());
        } else if (missed) {
            exchange.setProperty(GIVEN_UP, true);
            revised.degradation(work.failure() + " The offline engine went on from the stage '" + work.stage().name() + "'.");
        }
        exchange.getMessage().setBody(revised.done());
    }

    private static LlmWork work(Exchange exchange) {
        return exchange.getProperty(WORK, LlmWork.class);
    }

    /** The provider that the caller wants first, then the others. */
    private List<String> order(Question question) {
        Set<String> order = new LinkedHashSet<>();
        if (question.modelConfig() != null && question.modelConfig().provider() != null) {
            order.add(question.modelConfig().provider());
        }
        order.addAll(providers.names());
        return new ArrayList<>(order);
    }

    private static Consumer<String> tokens(Exchange exchange, QueryState state, String stage) {
        ProgressListener listener = exchange.getProperty(QueryPipeline.LISTENER, ProgressListener.class);
        return listener == null || !listener.wantsTokens() ? null : text -> listener.token(state.id(), stage, text);
    }

    private LlmRequest.Abort abort(QueryState state) {
        return action -> cancellations.of(state.id()).onCancel(action)::close;
    }
}
