package io.dragoman.ui.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.component.html.Paragraph;
import io.dragoman.datasource.ResultTable;
import io.dragoman.ui.shell.Card;
import java.io.UncheckedIOException;
import java.util.Map;

/** The rows as a chart; when nothing can be drawn, why. The table of the rows stays beside it. */
class ChartCard extends Card {

    private static final JsonMapper JSON = new JsonMapper();

    /** @param chart the specification in the answer; null when the rows are best read as a table */
    ChartCard(Map<String, Object> chart, ResultTable rows) {
        super("Chart");
        Drawing.of(chart, rows).ifPresentOrElse(this::draw, () -> {
            Paragraph nothing = new Paragraph(chart == null ? "No chart fits these rows; they are best read as a table."
                    : "There is nothing to draw: the rows have no numbers in " + chart.get("y") + ".");
            nothing.addClassName("muted");
            add(nothing);
        });
    }

    /** Whether a chart, or that there is none, is worth saying: one row alone is a sentence already. */
    static boolean worthwhile(Map<String, Object> chart, ResultTable rows) {
        return chart != null || rows.rows().size() > 1;
    }

    private void draw(Drawing drawing) {
        add(new Canvas(drawing));
        if (drawing.cut()) {
            Paragraph cut = new Paragraph("Not all rows are drawn: the chart ends where the table does, after at most "
                    + String.format("%,d", Drawing.MOST_POINTS) + ".");
            cut.addClassName("muted");
            add(cut);
        }
    }

    /** See {@code frontend/components/chart.js}. */
    @Tag("dragoman-chart")
    @NpmPackage(value = "echarts", version = "5.6.0")
    @JsModule("./components/chart.js")
    private static class Canvas extends Component {

        Canvas(Drawing drawing) {
            getElement().setAttribute("role", "img");
            getElement().setAttribute("aria-label", drawing.words());
            try {
                getElement().setProperty("drawing", JSON.writeValueAsString(drawing));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
