package io.dragoman.dialect.q;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Parses real qSQL and prints it back, from the folder that {@code dragoman.bench.q} names. */
@Tag("bench")
@EnabledIfSystemProperty(named = "dragoman.bench.q", matches = ".+")
class QParserBench {

    @Test
    void parsesAndPrintsRealStatements() throws IOException {
        List<String> unread = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        int total = 0;
        for (String line : Files.readAllLines(Path.of(System.getProperty("dragoman.bench.q"), "real_qsql.open.jsonl"))) {
            String statement = new ObjectMapper().readTree(line).get("stmt").asText();
            total++;
            try {
                QNode tree = QParser.parse(statement);
                String printed = QPrinter.print(tree);
                try {
                    if (!QParser.parse(printed).equals(tree)) {
                        changed.add(statement + "  →  " + printed);
                    }
                } catch (QSyntaxException e) {
                    changed.add(statement + "  →  " + printed + "  " + e.getMessage());
                }
            } catch (QSyntaxException e) {
                unread.add(e.getMessage() + " @" + e.offset() + ": " + statement);
            }
        }
        System.out.println(unread.size() + " of " + total + " not read, " + changed.size() + " changed by printing");
        unread.forEach(System.out::println);
        changed.forEach(System.out::println);
        assertThat(unread.size()).isLessThanOrEqualTo(total / 100);
        assertThat(changed).isEmpty();
    }
}
