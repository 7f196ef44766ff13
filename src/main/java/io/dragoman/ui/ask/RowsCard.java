package io.dragoman.ui.ask;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.dragoman.datasource.ResultTable;
import io.dragoman.schema.DataType;
import io.dragoman.ui.shell.Card;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The rows that came back. The browser fetches them page by page as it scrolls. */
class RowsCard extends Card {

    private static final int ROWS_WITHOUT_SCROLLING = 12;

    RowsCard(ResultTable results) {
        super("Rows");
        beside(count(results), download(results));
        if (results.rows().isEmpty()) {
            Paragraph none = new Paragraph(results.rowCount() == 0 ? "The query ran and found no rows."
                    : "The rows of this run are not kept. Ask again to see them.");
            none.addClassName("muted");
            add(none);
        } else {
            add(grid(results));
        }
    }

    static Component count(ResultTable results) {
        String rows = String.format(Locale.ROOT, "%,d row%s", results.rowCount(), results.rowCount() == 1 ? "" : "s");
        boolean kept = results.cached() && !results.rows().isEmpty();
        Span count = new Span(kept ? rows + ", read " + results.ageMs() / 1_000 + " s ago"
                : rows + " in " + results.executionTimeMs() + " ms");
        if (kept) {
            count.setTitle("The same query was run a moment ago. Its rows were kept.");
        }
        count.addClassName("muted");
        if (!results.truncated()) {
            return count;
        }
        Component mark = Card.badge("more rows exist", "contrast");
        mark.getElement().setAttribute("title", "The reply was cut off at the row limit.");
        return new Span(count, mark);
    }

    private static Component download(ResultTable results) {
        Anchor anchor = new Anchor(DownloadHandler.fromInputStream(event -> {
            byte[] file = CsvFile.of(results);
            return new DownloadResponse(new ByteArrayInputStream(file), "rows.csv", "text/csv", file.length);
        }), "Download CSV");
        anchor.addClassName("end");
        return anchor;
    }

    private static Component grid(ResultTable results) {
        Grid<List<Object>> grid = new Grid<>();
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_COMPACT, GridVariant.LUMO_ROW_STRIPES);
        grid.addClassName("rows");
        grid.getElement().setAttribute("aria-label", "Rows");
        for (int i = 0; i < results.columns().size(); i++) {
            addColumn(grid, i, results);
        }
        grid.setItems(results.rows());
        grid.setAllRowsVisible(results.rows().size() <= ROWS_WITHOUT_SCROLLING);
        return grid;
    }

    private static void addColumn(Grid<List<Object>> grid, int index, ResultTable results) {
        ResultTable.ResultColumn column = results.columns().get(index);
        boolean number = number(results, index);
        ColumnText written = ColumnText.of(results.rows(), index);
        grid.addColumn(LitRenderer.<List<Object>>of("<span class=\"${item.kind}\">${item.text}</span>")
                .withProperty("kind", row -> row.get(index) == null ? "absent" : "")
                .withProperty("text", row -> written.text(row.get(index))))
                .setHeader(header(column))
                .setTextAlign(number ? ColumnTextAlign.END : ColumnTextAlign.START)
                .setComparator(Comparator.comparing(row -> row.get(index), RowsCard::compare))
                .setResizable(true).setAutoWidth(true).setFlexGrow(1);
    }

    private static Component header(ResultTable.ResultColumn column) {
        Span name = new Span(column.name());
        name.setTitle(column.type());
        return name;
    }

    private static boolean number(ResultTable results, int index) {
        return results.rows().stream().map(row -> row.get(index)).filter(value -> value != null).findFirst()
                .map(value -> value instanceof Number)
                .orElseGet(() -> DataType.of(results.columns().get(index).type()).numeric());
    }

    private static boolean finite(Number number) {
        return !(number instanceof Double || number instanceof Float) || Double.isFinite(number.doubleValue());
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object first, Object second) {
        if (first == null || second == null) {
            return Boolean.compare(first != null, second != null);
        }
        if (first instanceof Number one && second instanceof Number other) {
            return finite(one) && finite(other)
                    ? new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString()))
                    : Double.compare(one.doubleValue(), other.doubleValue());
        }
        return first.getClass() == second.getClass() && first instanceof Comparable<?>
                ? ((Comparable<Object>) first).compareTo(second) : first.toString().compareTo(second.toString());
    }
}
