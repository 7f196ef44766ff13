package io.dragoman.answer;

import io.dragoman.datasource.ResultTable;
import io.dragoman.offline.plan.LogicalPlan;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Shapes rows into a sentence, insights and a chart. Every number is of the rows or computed from them; what the rows
 * cannot show (a share of a total that was cut off) is not said. Stateless.
 */
@Component
public class Answers {

    /**
     * The answer that the rows give.
     *
     * @param question in plain language
     * @param plan     what the query was written from; null when it is not known
     * @param table    the rows that the query gave
     */
    public Answer shape(String question, LogicalPlan plan, ResultTable table) {
        List<ShapedColumn> columns = ShapedColumn.of(plan, table);
        Rows rows = new Rows(plan, table, columns);
        return new Answer(AnswerText.of(rows), Insights.of(rows), Charts.of(question, rows));
    }

    /** The chart alone, as {@link #shape} gives it; null when the rows are better read. */
    public Chart chart(String question, LogicalPlan plan, ResultTable table) {
        return Charts.of(question, new Rows(plan, table, ShapedColumn.of(plan, table)));
    }
}
