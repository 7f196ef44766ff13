package io.dragoman.ui.shell;

import com.vaadin.flow.spring.SpringBootAutoConfiguration;
import com.vaadin.flow.spring.annotation.EnableVaadin;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;

/** Has Vaadin look for pages where they are, not through all classes at every start; nothing where Vaadin is left out. */
@AutoConfiguration(after = SpringBootAutoConfiguration.class)
@ConditionalOnBean(SpringBootAutoConfiguration.class)
@EnableVaadin("io.dragoman.ui")
public class PagesScan {
}
