package io.dragoman.api.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketPacketTest {

    @Test
    void readsWhatTheProtocolHas() throws IOException {
        assertThat(SocketPacket.parse("0{\"token\":\"x\"}")).contains(
                new SocketPacket(SocketPacket.CONNECT, "/", null, "{\"token\":\"x\"}"));
        assertThat(SocketPacket.parse("0/admin,{}")).contains(new SocketPacket(SocketPacket.CONNECT, "/admin", null, "{}"));
        assertThat(SocketPacket.parse("0/admin?token=x,{}").orElseThrow().namespace()).isEqualTo("/admin");
        assertThat(SocketPacket.parse("1")).contains(new SocketPacket(SocketPacket.DISCONNECT, "/", null, ""));
        SocketPacket event = SocketPacket.parse("212[\"ask\",{\"a\":1}]").orElseThrow();
        assertThat(event.ack()).isEqualTo(12);
        assertThat(event.read().path(1).path("a").asInt()).isEqualTo(1);
        assertThat(SocketPacket.parse("2/admin,12[\"ask\"]").orElseThrow().ack()).isEqualTo(12);
        assertThat(SocketPacket.parse("51-[\"ask\",{\"_placeholder\":true,\"num\":0}]").orElseThrow().type())
                .isEqualTo(SocketPacket.BINARY_EVENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "7", "-1", " 2[]", "2999999999999999999999[\"a\"]"})
    void refusesWhatIsNoPacket(String text) {
        assertThat(SocketPacket.parse(text)).isEmpty();
    }

    @Test
    void refusesANamespaceWithoutEnd() {
        assertThat(SocketPacket.parse("0/" + "a".repeat(10_000))).isEmpty();
    }

    @Test
    void readsNoJsonThatIsNestedTooDeeply() {
        SocketPacket deep = SocketPacket.parse("2" + "[".repeat(100_000)).orElseThrow();
        assertThatThrownBy(deep::read).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void writesWhatClientsRead() {
        assertThat(SocketPacket.connected("abc")).isEqualTo("40{\"sid\":\"abc\"}");
        assertThat(SocketPacket.disconnected()).isEqualTo("41");
        assertThat(SocketPacket.event("done", "{\"a\":1}")).isEqualTo("42[\"done\",{\"a\":1}]");
        assertThat(SocketPacket.acknowledged(7, Map.of("a", 1))).isEqualTo("437[{\"a\":1}]");
        assertThat(SocketPacket.refused("/", Map.of("message", "no"))).isEqualTo("44{\"message\":\"no\"}");
        assertThat(SocketPacket.refused("/admin", Map.of("message", "no"))).isEqualTo("44/admin,{\"message\":\"no\"}");
    }

    @Property(tries = 2_000, seed = "4711")
    void neverThrowsWhateverComes(@ForAll @StringLength(max = 40) @CharRange(from = '\0', to = '~') String text) {
        SocketPacket.parse(text).ifPresent(packet -> assertThat(packet.namespace()).startsWith("/"));
    }

    @Property(tries = 500, seed = "4711")
    void splitsWhatItJoined(@ForAll List<@StringLength(min = 1, max = 10) @CharRange(from = ' ', to = '~') String> packets) {
        if (!packets.isEmpty()) {
            assertThat(EnginePackets.split(EnginePackets.join(packets))).isEqualTo(packets);
        }
    }
}
