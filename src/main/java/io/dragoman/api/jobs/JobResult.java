package io.dragoman.api.jobs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.dragoman.api.query.QueryReply;

/** How a job stands, and the fields of {@code POST /query} beside once it has them; for the description of the API. */
record JobResult(@JsonUnwrapped JobReply job, @JsonUnwrapped QueryReply reply) {
}
