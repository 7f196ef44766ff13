package io.dragoman.dialect.q;

import io.dragoman.dialect.WordList;
import io.dragoman.dialect.q.QNode.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Parses q: expressions from right to left without precedence, and the templates {@code select}, {@code exec},
 * {@code update} and {@code delete}.
 */
final class QParser {

    /** Functions written between their arguments. */
    static final Set<String> INFIX = WordList.read(QParser.class, "infix.txt");
    static final Set<String> TEMPLATES = Set.of("select", "exec", "update", "delete");
    private static final int MAX_DEPTH = 400;
    private static final int COMMA = 1;
    private static final int BY = 2;
    private static final int FROM = 4;
    private static final int WHERE = 8;

    private final List<QToken> tokens;
    private int at;
    private int depth;
    /** What ends the phrase of a template that is being read. */
    private int ends;

    private QParser(List<QToken> tokens) {
        this.tokens = tokens;
    }

    /** Parses a text of one or more statements. */
    static QNode parse(String text) throws QSyntaxException {
        return parse(QLexer.tokens(text));
    }

    static QNode parse(List<QToken> tokens) throws QSyntaxException {
        QParser parser = new QParser(tokens);
        QNode node = parser.sequence(0);
        if (parser.peek().kind() != QToken.Kind.END) {
            throw new QSyntaxException("Unexpected '" + parser.peek().text() + "'", parser.peek().offset());
        }
        return node;
    }

    private QToken peek() {
        return tokens.get(at);
    }

    private QToken peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    private QToken take() {
        return tokens.get(at++);
    }

    private QNode sequence(int offset) throws QSyntaxException {
        List<QNode> statements = items();
        return statements.size() == 1 ? statements.get(0) : new QNode(Kind.SEQUENCE, "", statements, offset);
    }

    /** Expressions parted by semicolons. */
    private List<QNode> items() throws QSyntaxException {
        int outer = ends;
        ends = 0;
        List<QNode> items = new ArrayList<>();
        items.add(expression());
        while (peek().kind() == QToken.Kind.SEMICOLON) {
            take();
            items.add(expression());
        }
        ends = outer;
        return items;
    }

    private boolean ended() {
        QToken token = peek();
        return switch (token.kind()) {
            case END, SEMICOLON, CLOSE -> true;
            case OPERATOR -> token.text().equals(",") && has(COMMA)
                    && !(peek(1).kind() == QToken.Kind.ADVERB && !peek(1).spaced());
            case NAME -> token.text().equals("by") && has(BY) || token.text().equals("from") && has(FROM)
                    || token.text().equals("where") && has(WHERE);
            default -> false;
        };
    }

    private boolean has(int end) {
        return (ends & end) != 0;
    }

    private QNode expression() throws QSyntaxException {
        if (++depth > MAX_DEPTH) {
            throw new QSyntaxException("The query nests deeper than " + MAX_DEPTH + " levels", peek().offset());
        }
        QNode node = expressionWithin();
        depth--;
        return node;
    }

    private QNode expressionWithin() throws QSyntaxException {
        QToken token = peek();
        if (ended()) {
            return QNode.of(Kind.EMPTY, "", token.offset());
        }
        if (token.kind() == QToken.Kind.SYSTEM) {
            return QNode.leaf(Kind.SYSTEM, take());
        } else if (token.is(QToken.Kind.OPERATOR, ":") && !verbFollows()) {
            take();
            return QNode.of(Kind.RETURN, "", token.offset(), expression());
        } else if (token.is(QToken.Kind.ADVERB, "'")) {
            take();
            return QNode.of(Kind.SIGNAL, "", token.offset(), expression());
        }
        return rest(term());
    }

    private boolean verbFollows() {
        QToken next = peek(1);
        return next.is(QToken.Kind.OPEN, "[") || next.kind() == QToken.Kind.ADVERB || next.kind() == QToken.Kind.CLOSE
                || next.kind() == QToken.Kind.SEMICOLON || next.kind() == QToken.Kind.END;
    }

    /** What follows a term: nothing, its argument, or a verb and the right side. */
    private QNode rest(QNode head) throws QSyntaxException {
        if (ended()) {
            return head;
        }
        if (head.kind() == Kind.OPERATOR || head.kind() == Kind.DERIVED) {
            return QNode.of(Kind.UNARY, "", head.offset(), head, expression());
        }
        QToken token = peek();
        if (token.kind() == QToken.Kind.OPERATOR && token.text().endsWith(":") && !token.text().matches("[012]:")
                && assignable(head)) {
            take();
            return QNode.of(Kind.ASSIGN, token.text(), head.offset(), head, expression());
        }
        QNode next = term();
        boolean verb = next.kind() == Kind.OPERATOR || next.kind() == Kind.DERIVED
                || next.kind() == Kind.NAME && INFIX.contains(next.text());
        if (verb) {
            return QNode.of(Kind.BINARY, "", head.offset(), next, head, expression());
        }
        return QNode.of(Kind.APPLY, "", head.offset(), head, deeper(next));
    }

    private QNode deeper(QNode head) throws QSyntaxException {
        if (++depth > MAX_DEPTH) {
            throw new QSyntaxException("The query nests deeper than " + MAX_DEPTH + " levels", peek().offset());
        }
        QNode node = rest(head);
        depth--;
        return node;
    }

    private static boolean assignable(QNode head) {
        return head.kind() == Kind.NAME || head.kind() == Kind.CALL && assignable(head.child(0)) || head.kind() == Kind.PAREN
                || head.kind() == Kind.LIST;
    }

    private QNode term() throws QSyntaxException {
        QNode term = primary();
        while (true) {
            QToken token = peek();
            if (token.is(QToken.Kind.OPEN, "[")) {
                take();
                List<QNode> parts = new ArrayList<>();
                parts.add(term);
                parts.addAll(items());
                close("]", token);
                term = new QNode(Kind.CALL, "", parts, term.offset());
            } else if (token.kind() == QToken.Kind.ADVERB && !token.spaced()) {
                take();
                term = QNode.of(Kind.DERIVED, token.text(), term.offset(), term);
            } else {
                return term;
            }
        }
    }

    private QNode primary() throws QSyntaxException {
        QToken token = take();
        return switch (token.kind()) {
            case NUMBER -> numbers(token);
            case STRING -> QNode.leaf(Kind.STRING, token);
            case SYMBOL -> symbols(token);
            case OPERATOR -> QNode.leaf(Kind.OPERATOR, token);
            case NAME -> TEMPLATES.contains(token.text()) && !peek().is(QToken.Kind.OPERATOR, ":") ? template(token)
                    : QNode.leaf(Kind.NAME, token);
            case OPEN -> bracketed(token);
            default -> throw new QSyntaxException(token.kind() == QToken.Kind.END ? "The query ends too early"
                    : "Unexpected '" + token.text() + "'", token.offset());
        };
    }

    private QNode numbers(QToken first) {
        StringBuilder text = new StringBuilder(first.text());
        while (peek().kind() == QToken.Kind.NUMBER && peek().spaced()) {
            text.append(' ').append(take().text());
        }
        return new QNode(Kind.LITERAL, text.toString(), List.of(), first.offset());
    }

    private QNode symbols(QToken first) {
        StringBuilder text = new StringBuilder(first.text());
        while (peek().kind() == QToken.Kind.SYMBOL && !peek().spaced()) {
            text.append(take().text());
        }
        return new QNode(Kind.SYMBOL, text.toString(), List.of(), first.offset());
    }

    private void close(String text, QToken open) throws QSyntaxException {
        if (!peek().is(QToken.Kind.CLOSE, text)) {
            throw peek().kind() == QToken.Kind.END ? new QSyntaxException("'" + open.text() + "' is not closed", open.offset())
                    : new QSyntaxException("Expected '" + text + "' instead of '" + peek().text() + "'", peek().offset());
        }
        take();
    }

    private QNode bracketed(QToken open) throws QSyntaxException {
        if (open.text().equals("{")) {
            return lambda(open);
        } else if (open.text().equals("[")) {
            List<QNode> items = items();
            close("]", open);
            return new QNode(Kind.BLOCK, "", items, open.offset());
        } else if (peek().is(QToken.Kind.OPEN, "[")) {
            QToken keys = take();
            QNode keyGroup = new QNode(Kind.GROUP, "", items(), keys.offset());
            close("]", keys);
            QNode columns = new QNode(Kind.GROUP, "", items(), open.offset());
            close(")", open);
            return QNode.of(Kind.TABLE, "", open.offset(), keyGroup, columns);
        }
        List<QNode> items = items();
        close(")", open);
        if (items.size() == 1) {
            return items.get(0).kind() == Kind.EMPTY ? new QNode(Kind.LIST, "", List.of(), open.offset())
                    : new QNode(Kind.PAREN, "", items, open.offset());
        }
        return new QNode(Kind.LIST, "", items, open.offset());
    }

    private QNode lambda(QToken open) throws QSyntaxException {
        QNode parameters = QNode.of(Kind.GROUP, "", open.offset());
        boolean written = peek().is(QToken.Kind.OPEN, "[");
        if (written) {
            QToken bracket = take();
            parameters = new QNode(Kind.GROUP, "", items(), bracket.offset());
            close("]", bracket);
        }
        QNode body = new QNode(Kind.GROUP, "", items(), open.offset());
        close("}", open);
        return QNode.of(Kind.LAMBDA, written ? "[]" : "", open.offset(), parameters, body);
    }

    private QNode template(QToken verb) throws QSyntaxException {
        int outer = ends;
        QNode options = QNode.of(Kind.GROUP, "", verb.offset());
        if (peek().is(QToken.Kind.OPEN, "[")) {
            QToken bracket = take();
            options = new QNode(Kind.GROUP, "", items(), bracket.offset());
            close("]", bracket);
        }
        ends = COMMA | BY | FROM;
        QNode columns = phrases();
        boolean grouped = peek().is(QToken.Kind.NAME, "by");
        QNode by = QNode.of(Kind.GROUP, "", verb.offset());
        if (grouped) {
            take();
            ends = COMMA | FROM;
            by = phrases();
        }
        if (!peek().is(QToken.Kind.NAME, "from")) {
            throw new QSyntaxException(verb.text() + " needs from", peek().offset());
        }
        take();
        ends = outer | WHERE;
        QNode source = QNode.of(Kind.GROUP, "", peek().offset(), expression());
        if (source.child(0).kind() == Kind.EMPTY) {
            throw new QSyntaxException("from needs a table", peek().offset());
        }
        QNode where = QNode.of(Kind.GROUP, "", verb.offset());
        if (peek().is(QToken.Kind.NAME, "where")) {
            take();
            ends = outer | COMMA;
            where = phrases();
        }
        ends = outer;
        return QNode.of(Kind.TEMPLATE, verb.text() + (grouped ? " by" : ""), verb.offset(), options, columns, by, source, where);
    }

    private QNode phrases() throws QSyntaxException {
        int offset = peek().offset();
        List<QNode> phrases = new ArrayList<>();
        phrases.add(expression());
        while (peek().is(QToken.Kind.OPERATOR, ",") && has(COMMA)) {
            take();
            phrases.add(expression());
        }
        boolean none = phrases.size() == 1 && phrases.get(0).kind() == Kind.EMPTY;
        return new QNode(Kind.GROUP, "", none ? List.of() : phrases, offset);
    }
}
