package io.dragoman.api;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whatever no route serves below the API's path. */
@RestController
final class UnknownPath {

    @RequestMapping({RequestGuard.BASE_PATH, RequestGuard.BASE_PATH + "/**"})
    void reply() {
        throw new FailureException(ErrorCode.NOT_FOUND,
                "There is nothing at this path. " + OpenApiDocument.PATH + " lists what there is.");
    }
}
