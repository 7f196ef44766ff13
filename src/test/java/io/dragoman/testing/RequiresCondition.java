package io.dragoman.testing;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Skips, or fails under {@code CI=true}, what {@link Requires} something that is missing. */
class RequiresCondition implements ExecutionCondition {

    private static final Map<Class<? extends Requirement>, Optional<String>> MISSING = new ConcurrentHashMap<>();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<Requires> requires = AnnotationSupport.findAnnotation(context.getElement(), Requires.class);
        if (requires.isEmpty()) {
            return ConditionEvaluationResult.enabled("requires nothing");
        }
        for (Class<? extends Requirement> requirement : requires.get().value()) {
            Optional<String> missing = MISSING.computeIfAbsent(requirement,
                    type -> ReflectionSupport.newInstance(type).missing());
            if (missing.isPresent()) {
                return skipOrFail(context, missing.get());
            }
        }
        return ConditionEvaluationResult.enabled("everything required is there");
    }

    private static ConditionEvaluationResult skipOrFail(ExtensionContext context, String reason) {
        if ("true".equalsIgnoreCase(System.getenv("CI"))) {
            throw new IllegalStateException("CI=true allows no skipped tests, but " + reason);
        }
        for (String test : testsOf(context)) {
            System.err.println("SKIPPED " + context.getRequiredTestClass().getSimpleName() + "." + test + ": " + reason);
        }
        return ConditionEvaluationResult.disabled(reason);
    }

    private static List<String> testsOf(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return List.of(context.getRequiredTestMethod().getName());
        }
        return ReflectionSupport.findMethods(context.getRequiredTestClass(),
                method -> AnnotationSupport.isAnnotated(method, Testable.class), HierarchyTraversalMode.TOP_DOWN)
                .stream().map(Method::getName).toList();
    }
}
