package io.dragoman.dialect.q;

import java.util.List;

/**
 * A node of q's syntax tree. Two nodes are equal when they say the same, wherever they stand.
 *
 * @param kind     what it is
 * @param text     its own text: a literal, a name, an operator, a template's verb; empty where the kind says all
 * @param children in the order of the text
 * @param offset   where it starts
 */
public record QNode(Kind kind, String text, List<QNode> children, int offset) {

    /** The kinds of node. */
    public enum Kind {
        /** One or more numbers or times, such as {@code 1 2 3}. */
        LITERAL,
        STRING,
        /** A symbol, or several without space between. */
        SYMBOL,
        NAME, OPERATOR,
        /** A verb or noun with an adverb: {@code +/}, {@code f'}. */
        DERIVED,
        /** A verb before its only argument: {@code +/ x}. */
        UNARY,
        /** Verb, left, right. */
        BINARY,
        /** A noun before its argument: {@code f x}. */
        APPLY,
        /** Head and arguments in brackets: {@code f[x;y]}. */
        CALL,
        PAREN, LIST,
        /** Two groups: keys and columns. */
        TABLE,
        /** Two groups: parameters and body; text is {@code []} when the parameters are written. */
        LAMBDA,
        BLOCK,
        /** {@code select} and the like; five groups: options, columns, by, source, where; text ends in {@code by} if there is one. */
        TEMPLATE,
        /** Target and value; text is the operator with its colon. */
        ASSIGN,
        RETURN, SIGNAL, SYSTEM, SEQUENCE, GROUP,
        /** Nothing, where something may be left out. */
        EMPTY
    }

    /** Copies the children. */
    public QNode {
        children = List.copyOf(children);
    }

    static QNode leaf(Kind kind, QToken token) {
        return new QNode(kind, token.text(), List.of(), token.offset());
    }

    static QNode of(Kind kind, String text, int offset, QNode... children) {
        return new QNode(kind, text, List.of(children), offset);
    }

    /** A child by its place. */
    public QNode child(int index) {
        return children.get(index);
    }

    /** Whether it is of that kind and has that text. */
    public boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QNode node && kind == node.kind && text.equals(node.text) && children.equals(node.children);
    }

    @Override
    public int hashCode() {
        return kind.hashCode() * 31 + text.hashCode() + children.size();
    }
}
