package io.dragoman.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.failure.FailureException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlAddressTest {

    private final MysqlConnectorFactory factory = new MysqlConnectorFactory(Settings.of(), null);

    @Test
    void takesOneHostAndADatabase() {
        ConnectorFactory.Address address = factory.address("jdbc:mysql://me:p%40ss@db.example:3306/shop?sslMode=REQUIRED", Map.of());
        assertThat(address.url()).isEqualTo("jdbc:mysql://db.example:3306/shop?sslMode=REQUIRED");
        assertThat(address.user()).isEqualTo("me");
        assertThat(address.password()).isEqualTo("p@ss");
        assertThat(factory.address("jdbc:mysql://[::1]:3306/shop", Map.of()).url()).isEqualTo("jdbc:mysql://[::1]:3306/shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://h/d?allowLoadLocalInfile=true", "jdbc:mysql://h/d?autoDeserialize=true",
        "jdbc:mysql://h/d?allowUrlInLocalInfile=true", "jdbc:mysql://h/d?propertiesTransform=x.Y",
        "jdbc:mysql://h/d?queryInterceptors=com.mysql.cj.jdbc.interceptors.ServerStatusDiffInterceptor",
        "jdbc:mysql://h/d?allowMultiQueries=true", "jdbc:mysql://h/d?socketFactory=x.Y", "jdbc:mysql://h/d?allow%4CoadLocalInfile=true",
        "jdbc:mysql://(host=h,allowLoadLocalInfile=true)/d", "jdbc:mysql://address=(host=h)(autoDeserialize=true)/d",
        "jdbc:mysql://h1,h2/d", "jdbc:mysql://[(host=h,port=1)]/d", "jdbc:mysql:loadbalance://h/d", "jdbc:mysql:replication://h,i/d",
        "jdbc:mysql+srv://h/d", "jdbc:mysql:///d", "jdbc:mysql://h", "jdbc:mysql://h/", "jdbc:mysql://h:99999/d", "jdbc:mysql://h:x/d",
        "jdbc:mysql://h/d/e", "jdbc:mysql://h/d#autoDeserialize=true", "jdbc:mysql://h/d?sslMode=(x)", "jdbc:mysql://h/d%3FautoDeserialize=true",
        "jdbc:mariadb://h/d", "mysqlx://h/d", "jdbc:mysql://h/d?sslMode=REQUIRED&trustCertificateKeyStoreUrl=file:/x"})
    void refusesAnythingElse(String url) {
        assertThatThrownBy(() -> factory.address(url, Map.of())).isInstanceOf(FailureException.class);
    }

    @Test
    void hasNoOptions() {
        assertThatThrownBy(() -> factory.address("jdbc:mysql://h/d", Map.of("queryInterceptors", "x")))
                .isInstanceOf(FailureException.class);
    }
}
