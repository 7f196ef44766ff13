package io.dragoman.offline.directive;

/** An expression that cannot be read; {@link DirectiveReader} turns it into a value. */
final class InvalidExpressionException extends RuntimeException {

    private final transient DirectiveMeaning.Invalid reason;

    InvalidExpressionException(String message, int offset, String suggestion) {
        super(message, null, false, false);
        this.reason = new DirectiveMeaning.Invalid(message, offset, suggestion);
    }

    DirectiveMeaning.Invalid reason() {
        return reason;
    }
}
