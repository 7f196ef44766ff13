/** REST calls about LLMs: which are configured and alive, and what they consumed. */
package io.dragoman.api.llm;
