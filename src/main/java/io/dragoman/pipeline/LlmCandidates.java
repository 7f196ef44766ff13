package io.dragoman.pipeline;

import io.dragoman.datasource.Connector;
import io.dragoman.datasource.DataSources;
import io.dragoman.datasource.ResultTable;
import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.QueryState.Attempt;
import io.dragoman.pipeline.QueryState.Draft;
import io.dragoman.pipeline.QueryState.Usage;
import io.dragoman.security.CurrentCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Several candidate queries for one question, written at a spread of temperatures and ranked by validity, agreement of
 * their results (self-consistency, Wang et al. 2022, arXiv 2203.11171), cost and confidence.
 */
@Configuration("llmCandidates")
class LlmCandidates {

    static final String TEMPERATURE = "llmTemperature";

    private static final Logger LOG = LoggerFactory.getLogger(LlmCandidates.class);
    /** The properties that hold for one candidate. */
    private static final List<String> OWN = List.of(TEMPERATURE, QueryPipeline.LISTENER, LlmStages.GIVEN_UP, LlmStages.WORK);
    private static final double HOTTEST = 0.8;
    private static final int COMPARED_ROWS = 200;
    private static final int MOST_AT_ONCE = 64;
    private static final int MOST_WAITING = 1_000;
    private static final long ESTIMATE_MS = 2_000;

    private final GuardedExecution execution;
    private final DataSources dataSources;
    private final SchemaContext context;
    private final Cancellations cancellations;
    private final PolicyGate policy;

    LlmCandidates(GuardedExecution execution, DataSources dataSources, SchemaContext context,
            Cancellations cancellations, PolicyGate policy) {
        this.execution = execution;
        this.dataSources = dataSources;
        this.context = context;
        this.cancellations = cancellations;
        this.policy = policy;
    }

    /** Whether more than one query is to be written: as many as the caller says, or else the policy. */
    public boolean several(QueryState state) {
        return count(state) > 1;
    }

    private int count(QueryState state) {
        Integer asked = state.question().candidates();
        Integer usual = asked == null ? policy.rules(state).candidates() : asked;
        return usual == null ? 1 : usual;
    }

    /** One candidate to write for each that was asked for, the first at temperature 0. */
    public List<Candidate> spread(QueryState state) {
        int count = count(state);
        return IntStream.range(0, count)
                .mapToObj(i -> new Candidate(state, count == 1 ? 0 : HOTTEST * i / (count - 1), null, null)).toList();
    }

    /** Makes the state the body again, for the stages; what is written is not announced piece by piece. */
    public void open(Exchange exchange) {
        Candidate candidate = exchange.getMessage().getBody(Candidate.class);
        exchange.setProperty(TEMPERATURE, candidate.temperature());
        exchange.setProperty(QueryPipeline.LISTENER, ProgressListener.NONE);
        exchange.getMessage().setBody(candidate.state());
    }

    /** One that could not be checked or tried out goes on as it is; a run that was cancelled ends here. */
    public void failed(Exchange exchange) {
        QueryState state = exchange.getMessage().getBody(QueryState.class);
        cancellations.of(state.id()).check();
        LOG.debug("A candidate of run {} could not be tried out", state.id(),
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        exchange.getMessage().setBody(new Candidate(state, exchange.getProperty(TEMPERATURE, Double.class), null, null));
    }

    /** Runs a valid candidate under guard when the caller wants rows, and makes it the body. */
    public void tryOut(Exchange exchange) {
        QueryState state = exchange.getMessage().getBody(QueryState.class);
        Candidate written = new Candidate(state, exchange.getProperty(TEMPERATURE, Double.class), null, null);
        String source = state.analysis().datasource();
        if (!written.valid() || source == null) {
            exchange.getMessage().setBody(written);
            return;
        }
        ResultTable rows = null;
        Connector.Estimate estimate = null;
        try {
            estimate = dataSources.find(source).map(dataSources::connector)
                    .map(connector -> connector.estimate(state.draft().query(), ESTIMATE_MS)).orElse(null);
            rows = state.question().execute() ? execution.run(state.draft().query(), source, context.of(state),
                    new GuardedExecution.Authority(state.question().caller(), false), COMPARED_ROWS, null, cancellations.of(state.id())) : null;
        } catch (FailureException e) {
            // It counts as one that gives no rows; the chosen one is checked and run again by the stages.
        }
        exchange.getMessage().setBody(new Candidate(state, written.temperature(), rows, estimate));
    }

    /** Ranks the candidates and goes on with the best; the state has no draft when none was written. */
    public QueryState choose(Exchange exchange, QueryState before, List<Candidate> all) {
        Usage usage = before.usage();
        for (Candidate one : all) {
            Usage more = one.state().usage();
            usage = new Usage(usage.inputTokens() + more.inputTokens() - before.usage().inputTokens(),
                    usage.outputTokens() + more.outputTokens() - before.usage().outputTokens(),
                    usage.costUsd() + more.costUsd() - before.usage().costUsd());
        }
        Revision after = before.revise().usage(usage).refinements(all.stream().mapToInt(one -> one.state().refinements()).max()
                .orElse(before.refinements()));
        int number = before.attempts().size();
        for (Attempt unusable : all.stream().flatMap(one -> one.unusable(before.attempts().size())).toList()) {
            after.attempt(new Attempt(++number, null, unusable.result(), unusable.findings()));
        }
        List<Candidate> written = all.stream().filter(Candidate::written).toList();
        exchange.removeProperty(LlmStages.ANSWERED_BY);
        if (written.isEmpty()) {
            return after.degradation(all.get(0).state().degradation()).done();
        }
        exchange.setProperty(LlmStages.ANSWERED_BY, "llm");
        Map<Object, Long> votes = written.stream().filter(Candidate::valid)
                .collect(Collectors.groupingBy(Candidate::signature, Collectors.counting()));
        Function<Candidate, Long> agreement = one -> one.valid() ? votes.get(one.signature()) : 0L;
        List<Draft> ranked = new ArrayList<>();
        written.stream().sorted(Comparator.comparing(agreement).reversed()
                        .thenComparing(LlmCandidates::cost)
                        .thenComparing(Comparator.comparingDouble((Candidate one) -> one.state().draft().confidence()).reversed()))
                .forEach(one -> ranked.add(one.state().draft().ranked(why(one, agreement.apply(one), written.size()))));
        return after.withoutDraft().draft(ranked.get(0)).candidates(ranked).done();
    }

    private static double cost(Candidate candidate) {
        return candidate.estimate() == null || candidate.estimate().cost() == null ? Double.MAX_VALUE
                : candidate.estimate().cost();
    }

    private static String why(Candidate one, long agreeing, int written) {
        if (!one.valid()) {
            return one.state().validation() == null ? "It could not be checked." : "It did not pass the checks.";
        }
        String alike = one.rows() == null ? " are written alike" : " give the same rows";
        String cost = cost(one) == Double.MAX_VALUE ? "" : ", estimated cost " + one.estimate().cost();
        return "Valid; " + agreeing + " of " + written + alike + cost + ", confidence " + one.state().draft().confidence()
                + ".";
    }

    /** The threads that candidates are written on; each works for the call that started it. They are for nothing else. */
    @Bean(destroyMethod = "shutdown", defaultCandidate = false)
    ExecutorService candidateThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(MOST_AT_ONCE, MOST_AT_ONCE, 30, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING)) {
            @Override
            public void execute(Runnable work) {
                Supplier<Void> bound = CurrentCall.wrap(() -> {
                    work.run();
                    return null;
                });
                super.execute(bound::get);
            }
        };
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Collects the candidates. What held for one of them does not hold for the run, which goes on from the exchange of the first. */
    @Bean
    AggregationStrategy candidateList() {
        return new GroupedBodyAggregationStrategy() {
            @Override
            public void onCompletion(Exchange exchange) {
                super.onCompletion(exchange);
                OWN.forEach(exchange::removeProperty);
            }
        };
    }
}
