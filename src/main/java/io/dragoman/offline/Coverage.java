package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of a question a reading explains.
 *
 * @param share   from 0 to 1: the weighted share of the content words that stand for something
 * @param unknown the content words that nothing explains
 */
record Coverage(double share, List<String> unknown) {

    static Coverage of(List<Token> tokens, Reading reading) {
        double all = 0;
        double explained = 0;
        List<String> unknown = new ArrayList<>();
        for (Link unit : reading.units()) {
            for (int i = unit.start(); i < unit.end(); i++) {
                Token token = tokens.get(i);
                if (!token.content() || Words.stop(token.lower())) {
                    continue;
                }
                if (unit.kind() == Kind.WORD) {
                    all += 1;
                    unknown.add(token.text());
                } else {
                    double weight = unit.schema() ? 1 : 0.4;
                    all += weight;
                    explained += weight * (unit.schema() ? Math.min(1, 0.3 + unit.score() / (unit.end() - unit.start())) : 1);
                }
            }
        }
        return new Coverage(all == 0 ? 0 : Math.min(1, explained / all), unknown);
    }
}
