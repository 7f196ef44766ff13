package io.dragoman.api.query;

import io.dragoman.schema.Example;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.SchemaGroups;
import java.util.List;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** Questions that are worth asking, to begin with. */
@Component("sampleQuestions")
final class SampleQuestions {

    private static final int MOST_A_GROUP = 20;

    private final SchemaGroups groups;

    SampleQuestions(SchemaGroups groups) {
        this.groups = groups;
    }

    record GroupQuestions(String schemaGroup, List<String> questions) {
    }

    record Samples(List<GroupQuestions> items, int total) {
    }

    /** The questions of the examples, by schema group. */
    public Samples list(@Header("schema_group_id") String group) {
        List<String> names = group == null ? groups.names() : List.of(group);
        List<GroupQuestions> items = names.stream().flatMap(name -> groups.find(name).stream())
                .map(SampleQuestions::questions).filter(one -> !one.questions().isEmpty()).toList();
        return new Samples(items, items.size());
    }

    private static GroupQuestions questions(SchemaGroup group) {
        return new GroupQuestions(group.name(),
                group.examples().stream().limit(MOST_A_GROUP).map(Example::question).toList());
    }
}
