package io.dragoman.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import java.util.Map;

/** What every reply looks like: {@code {"status":"success","data":…}} or {@code {"status":"error","error":{…}}}. */
@JsonPropertyOrder({"status", "data", "error"})
interface Envelope {

    /** {@code success} or {@code error}. */
    String getStatus();

    /** The reply to a call that worked. */
    static Envelope success(Object data) {
        return new Success(data);
    }

    /** The reply to a call that failed. */
    static Envelope error(Failure failure, String traceId) {
        return new Refusal(new ErrorBody(failure.code(), failure.message(), failure.details(), traceId));
    }

    record Success(Object data) implements Envelope {
        @Override
        public String getStatus() {
            return "success";
        }
    }

    record Refusal(ErrorBody error) implements Envelope {
        @Override
        public String getStatus() {
            return "error";
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ErrorBody(ErrorCode code, String message, Map<String, Object> details, String traceId) {
    }
}
