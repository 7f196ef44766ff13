package io.dragoman;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;

/** The arrows between packages: ui, api → pipeline → (offline, dialect, schema, datasource, answer) → nothing above. */
@AnalyzeClasses(packages = "io.dragoman", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] DOORS = {"..dragoman.ui..", "..dragoman.api.."};
    private static final String PIPELINE = "..dragoman.pipeline..";

    @ArchTest
    static final ArchRule nothingDependsOnTheDoors = noClasses()
            .that().resideOutsideOfPackages(DOORS)
            .should().dependOnClassesThat().resideInAnyPackage(DOORS);

    @ArchTest
    static final ArchRule onlyTheDoorsConversationsApprovalsAndFeedbackDependOnThePipeline = noClasses()
            .that().resideOutsideOfPackages("..dragoman.ui..", "..dragoman.api..", PIPELINE, "..dragoman.conversation..",
                    "..dragoman.approval..", "..dragoman.feedback..")
            .should().dependOnClassesThat().resideInAPackage(PIPELINE);

    @ArchTest
    static final ArchRule theOfflineEngineKnowsNoQueryLanguage = noClasses()
            .that().resideInAPackage("..dragoman.offline..")
            .should().dependOnClassesThat().resideInAnyPackage("..dragoman.dialect..", "..dragoman.datasource..");

    @ArchTest
    static final ArchRule theSchemaModelKnowsNothingAboveIt = noClasses()
            .that().resideInAPackage("..dragoman.schema..")
            .should().dependOnClassesThat().resideInAnyPackage("..dragoman.offline..", "..dragoman.dialect..");

    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("io.dragoman.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheClientsOfProvidersSeeTheirKeys = noClasses()
            .that().resideOutsideOfPackages("..dragoman.llm..", "..dragoman.config..")
            .should().dependOnClassesThat().haveFullyQualifiedName("io.dragoman.config.LlmProperties$Provider");

    @ArchTest
    static final ArchRule packagesAreNamedForConcepts = noClasses()
            .should().resideInAnyPackage(List.of("util", "utils", "common", "helper", "helpers", "impl", "dto", "manager")
                    .stream().map(name -> ".." + name + "..").toArray(String[]::new));

    @ArchTest
    static final ArchRule everyPackageSaysWhatItIsFor = classes()
            .should(new ArchCondition<>("be in a package with a package-info") {
                private final Set<String> without = new java.util.HashSet<>();

                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean hasInfo = type.getPackage().getClasses().stream()
                            .anyMatch(other -> other.getSimpleName().equals("package-info"));
                    if (!hasInfo && type.getPackageName().startsWith("io.dragoman.")
                            && without.add(type.getPackageName())) {
                        events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " has no package-info.java"));
                    }
                }
            });
}
