/**
 * Hosted and local LLMs: which providers are configured, the prompts, one guarded call to a provider, structured replies,
 * and the ledger of what was consumed. It knows no stage of the pipeline; the order of calls, retries, circuit breakers
 * and fallbacks is in {@code routes/llm.camel.yaml}.
 */
package io.dragoman.llm;
