package io.dragoman.ui.administration;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What somebody or a key sees: all there is, or some schema groups and datasources. */
class Sight extends Div {

    private static final String SOME = "Only these";

    private final RadioButtonGroup<String> which = new RadioButtonGroup<>("Sees");
    private final MultiSelectComboBox<String> groups = new MultiSelectComboBox<>("Schema groups");
    private final MultiSelectComboBox<String> sources = new MultiSelectComboBox<>("Datasources");

    /** @param everything what no limit is called here */
    Sight(String everything, List<String> groupNames, List<String> sourceNames) {
        which.setItems(everything, SOME);
        which.setValue(everything);
        which.addValueChangeListener(change -> offer());
        groups.setItems(groupNames);
        groups.setWidthFull();
        sources.setItems(sourceNames);
        sources.setWidthFull();
        sources.setHelperText("Left empty: those that bear the name of one of these schema groups");
        addClassName("sight");
        add(which, groups, sources);
        offer();
    }

    private void offer() {
        groups.setVisible(SOME.equals(which.getValue()));
        sources.setVisible(groups.isVisible());
    }

    /** Begins with a sight; names that are gone stay to choose. */
    void show(Set<String> seenGroups, Set<String> seenSources) {
        if (seenGroups != null || seenSources != null) {
            which.setValue(SOME);
            choose(groups, seenGroups);
            choose(sources, seenSources);
        }
    }

    private static void choose(MultiSelectComboBox<String> box, Set<String> names) {
        if (names != null) {
            Set<String> all = new LinkedHashSet<>(box.getListDataView().getItems().toList());
            all.addAll(names);
            box.setItems(all);
            box.setValue(names);
        }
    }

    /** Whether there is no limit. */
    boolean everything() {
        return !groups.isVisible();
    }

    /** The schema groups; null for no limit. */
    Set<String> groups() {
        return everything() ? null : groups.getValue();
    }

    /** The datasources; null for no limit of their own. */
    Set<String> sources() {
        return everything() || sources.isEmpty() ? null : sources.getValue();
    }
}
