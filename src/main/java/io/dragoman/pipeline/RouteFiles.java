package io.dragoman.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.PackageScanResourceResolver;
import org.apache.camel.spring.boot.FatJarPackageScanResourceResolver;
import org.apache.camel.support.PluginHelper;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Finds the route files on the class path by the directories of the jars. Camel itself reads and unpacks the whole jar of
 * the server for that, which takes seconds of every start.
 */
@Component
final class RouteFiles extends FatJarPackageScanResourceResolver implements CamelContextCustomizer {

    @Override
    public void configure(CamelContext camel) {
        setCamelContext(camel);
        camel.getCamelContextExtension().addContextPlugin(PackageScanResourceResolver.class, this);
    }

    @Override
    protected void findInClasspath(String folder, Set<org.apache.camel.spi.Resource> found, String pattern,
            Predicate<String> filter) {
        if (pattern.contains("/")) {
            super.findInClasspath(folder, found, pattern, filter);
            return;
        }
        String base = folder.endsWith("/") || folder.isEmpty() ? folder : folder + "/";
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:" + base + pattern)) {
                if (filter == null || filter.test(file.getFilename())) {
                    found.add(PluginHelper.getResourceLoader(getCamelContext())
                            .resolveResource("classpath:" + base + file.getFilename()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
