package io.dragoman.broker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.config.BrokerProperties;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.util.unit.DataSize;

/** A broker URL that cannot be used. */
class BrokerConfigurationTest {

    @ParameterizedTest
    @ValueSource(strings = {"tcp://me:s3cret@ho st:61616", "tcp://ho st:61616?user=me&password=s3cret", "no://me:s3cret@host:1"})
    void isRefusedWithoutItsPassword(String url) {
        BrokerProperties settings = new BrokerProperties(url, "me", "s3cret", 0, DataSize.ofMegabytes(1), DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(1), Duration.ofSeconds(1), 2, Duration.ofSeconds(1));
        assertThatThrownBy(() -> new BrokerConfiguration().broker(settings,
                new StaticListableBeanFactory().getBeanProvider(EmbeddedBroker.class))).isInstanceOf(BrokerException.class)
                .hasMessageContaining("cannot be used").hasMessageNotContaining("s3cret");
    }
}
