package io.dragoman.api;

import com.fasterxml.jackson.databind.JavaType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.language.ConstantExpression;
import org.apache.camel.model.rest.VerbDefinition;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.ApplicationContext;

/**
 * What a REST call takes and gives. What the REST DSL says ({@code type}, {@code outType}) counts; what it leaves open is read
 * from the signature of the bean method that the call's route ends with.
 *
 * @param body   what is read from the request's body; null when it is none or not a record
 * @param data   what becomes {@code data} of the reply; null when it is not known
 * @param status of a reply that is no error
 */
record RestOperation(JavaType body, JavaType data, int status) {

    /** The call that the REST DSL defines under that id. */
    static Optional<RestOperation> of(String id, Model routes, ApplicationContext beans) {
        return routes.getRestDefinitions().stream().flatMap(rest -> rest.getVerbs().stream())
                .filter(verb -> id.equals(verb.getId())).findFirst().map(verb -> of(verb, routes, beans));
    }

    private static RestOperation of(VerbDefinition verb, Model routes, ApplicationContext beans) {
        JavaType body = verb.getType() == null ? null : type(verb.getType());
        JavaType data = verb.getOutType() == null ? null : type(verb.getOutType());
        RouteDefinition route = routes.getRouteDefinition(verb.getTo().getUri().substring("direct:".length()));
        List<BeanDefinition> steps = route == null ? List.of() : List.copyOf(
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), BeanDefinition.class));
        if (!steps.isEmpty()) {
            BeanDefinition work = steps.get(steps.size() - 1);
            Class<?> bean = AopUtils.getTargetClass(beans.getBean(work.getRef()));
            Method method = method(bean, work.getMethod());
            data = data != null ? data : known(Json.type(method.getGenericReturnType(), bean, method));
            body = body != null ? body : Arrays.stream(method.getParameters()).filter(RestOperation::holdsBody)
                    .findFirst().map(parameter -> Json.type(parameter.getParameterizedType(), bean, method)).orElse(null);
        }
        return new RestOperation(body, data, status(route));
    }

    private static Method method(Class<?> bean, String named) {
        String name = named.contains("(") ? named.substring(0, named.indexOf('(')) : named;
        return Arrays.stream(bean.getMethods()).filter(method -> method.getName().equals(name) && !method.isBridge())
                .findFirst().orElseThrow(() -> new IllegalStateException(bean + " has no method " + named));
    }

    private static boolean holdsBody(Parameter parameter) {
        return parameter.getType().isRecord() && !parameter.isAnnotationPresent(Header.class)
                && !parameter.isAnnotationPresent(ExchangeProperty.class);
    }

    private static JavaType known(JavaType type) {
        return type.getRawClass() == Object.class || type.getRawClass() == void.class ? null : type;
    }

    private static JavaType type(String className) {
        try {
            return Json.type(Class.forName(className), null, null);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The REST DSL names a class that there is not: " + className, e);
        }
    }

    private static int status(RouteDefinition route) {
        return route == null ? 200 : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(),
                        SetHeaderDefinition.class).stream()
                .filter(header -> Exchange.HTTP_RESPONSE_CODE.equals(header.getName())
                        && header.getExpression() instanceof ConstantExpression)
                .findFirst().map(header -> Integer.parseInt(header.getExpression().getExpression())).orElse(200);
    }
}
