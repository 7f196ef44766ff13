package io.dragoman.api.schema;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.dragoman.schema.Directive;
import io.dragoman.schema.Directives;
import io.dragoman.schema.GroupEntries.Owned;
import java.util.UUID;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** What {@code /directives} does. */
@Component("directiveCalls")
final class DirectiveCalls extends EntryCalls<Directive, DirectiveCalls.View> {

    DirectiveCalls(Directives directives) {
        super(directives);
    }

    /** A directive on the wire. */
    record View(UUID id, UUID schemaGroupId, String schemaGroupName, String key, String value, String context,
            String expression) {
    }

    /** A directive to be; null fields of a change stay as they are. */
    record Body(@JsonAlias({"schema_group", "schema_group_name"}) String schemaGroupId,
            @JsonAlias("directive_key") String key, @JsonAlias("directive_value") String value, String context,
            String expression) {
    }

    public View create(Body body) {
        return add(body.schemaGroupId(),
                new Directive(null, body.key(), body.value(), body.context(), body.expression()));
    }

    public View change(@Header("id") String id, Body body) {
        Directive stored = stored(id);
        return replace(id, new Directive(null, or(body.key(), stored.key()), or(body.value(), stored.value()),
                or(body.context(), stored.context()), or(body.expression(), stored.expression())));
    }

    @Override
    View view(Owned<Directive> entry) {
        Directive directive = entry.value();
        return new View(directive.id(), entry.group().id(), entry.group().name(), directive.key(), directive.value(),
                directive.context(), directive.expression());
    }
}
