package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.cache.JsonForm;
import org.junit.jupiter.api.Test;

class LlmReplyTest {

    @Test
    void isTheSameBehindRedis() throws Exception {
        LlmReply reply = new LlmReply("{\"query\": \"SELECT 'Grüße' \\u0000\"}", 120, 30, 20, 0.000252, false);
        JsonForm<LlmReply> form = JsonForm.of(LlmReply.class);
        assertThat(form.read(form.write(reply))).isEqualTo(reply);
    }
}
