package io.dragoman.api.jms;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringWriter;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a reply as XML: fields are elements of the same names, entries of a list are elements {@code item}, a field whose
 * name is no XML name is an element {@code entry} with the attribute {@code name}. What is null is left out.
 */
final class XmlText {

    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();
    private static final char REPLACEMENT = '\uFFFD';

    private XmlText() {
    }

    /** The document with that root. */
    static String write(String root, JsonNode content) {
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter writer = FACTORY.createXMLStreamWriter(out);
            writer.writeStartDocument("UTF-8", "1.0");
            element(writer, root, content);
            writer.writeEndDocument();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return out.toString();
    }

    private static void element(XMLStreamWriter writer, String name, JsonNode value) throws XMLStreamException {
        if (value.isNull() || value.isMissingNode()) {
            return;
        }
        if (xmlName(name)) {
            writer.writeStartElement(name);
        } else {
            writer.writeStartElement("entry");
            writer.writeAttribute("name", clean(name));
        }
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                element(writer, field.getKey(), field.getValue());
            }
        } else if (value.isArray()) {
            for (JsonNode item : value) {
                if (item.isNull()) {
                    writer.writeEmptyElement("item");
                } else {
                    element(writer, "item", item);
                }
            }
        } else {
            writer.writeCharacters(clean(value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText()));
        }
        writer.writeEndElement();
    }

    private static boolean xmlName(String name) {
        return !name.isEmpty() && (Character.isLetter(name.charAt(0)) || name.charAt(0) == '_')
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.'));
    }

    /** XML 1.0 has no control characters and no halves of surrogate pairs. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(
                c == '\t' || c == '\n' || c == '\r' || c >= ' ' && c < 0xD800 || c > 0xDFFF && c < 0xFFFE || c >= 0x10000
                        ? c : REPLACEMENT));
        return clean.toString();
    }
}
