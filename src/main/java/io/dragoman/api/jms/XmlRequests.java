package io.dragoman.api.jms;

import io.dragoman.api.TextFields;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.springframework.stereotype.Component;

/**
 * Reads requests in XML: the root's elements are the fields, by the names that they have over REST; elements in an element
 * are the fields of an object. Document types, and with them entities, are not read.
 */
@Component("jmsXml")
final class XmlRequests {

    private static final int DEEPEST = 16;
    private static final int MOST_ELEMENTS = 10_000;

    private final XMLInputFactory factory = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("Entities are not read");
        });
        return factory;
    }

    /**
     * The fields of a request.
     *
     * @throws FailureException {@code VALIDATION_FAILED} with line and column when it is not well-formed or says more than
     *                          plain elements
     */
    public TextFields read(byte[] body) {
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(body), "UTF-8");
            try {
                return new TextFields(new Reading(reader).root());
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw malformed(e.getLocation(), "it cannot be read");
        }
    }

    private static FailureException malformed(Location location, String reason) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("field", "body");
        String where = "";
        if (location != null && location.getLineNumber() > 0) {
            details.put("line", location.getLineNumber());
            details.put("column", location.getColumnNumber());
            where = " at line " + location.getLineNumber() + ", column " + location.getColumnNumber();
        }
        details.put("reason", reason);
        return new FailureException(ErrorCode.VALIDATION_FAILED, "The body is not XML of plain elements" + where + ": "
                + reason + ".", details);
    }

    /** One document. */
    private static final class Reading {

        private final XMLStreamReader reader;
        private int elements;

        Reading(XMLStreamReader reader) {
            this.reader = reader;
        }

        Map<String, Object> root() throws XMLStreamException {
            while (next() != XMLStreamConstants.START_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.END_DOCUMENT) {
                    throw malformed(reader.getLocation(), "it has no root");
                }
            }
            Object root = element(1);
            while (reader.hasNext()) {
                next();
            }
            if (root instanceof Map<?, ?> fields) {
                Map<String, Object> named = new LinkedHashMap<>();
                fields.forEach((name, value) -> named.put(name.toString(), value));
                return named;
            }
            return Map.of();
        }

        /** The text of an element, or its elements when it has any. */
        private Object element(int depth) throws XMLStreamException {
            if (depth > DEEPEST || ++elements > MOST_ELEMENTS) {
                throw malformed(reader.getLocation(), "it has too many elements, or too deep ones");
            }
            if (reader.getAttributeCount() > 0) {
                throw malformed(reader.getLocation(), "attributes are not known");
            }
            StringBuilder text = new StringBuilder();
            Map<String, Object> fields = new LinkedHashMap<>();
            while (next() != XMLStreamConstants.END_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.START_ELEMENT) {
                    String name = reader.getLocalName();
                    add(fields, name, element(depth + 1));
                } else if (reader.isCharacters()) {
                    text.append(reader.getText());
                }
            }
            if (!fields.isEmpty() && !text.toString().isBlank()) {
                throw malformed(reader.getLocation(), "an element has both text and elements");
            }
            return fields.isEmpty() ? text.toString() : fields;
        }

        private static void add(Map<String, Object> fields, String name, Object value) {
            Object before = fields.putIfAbsent(name, value);
            if (before instanceof List<?> several) {
                List<Object> more = new ArrayList<>(several);
                more.add(value);
                fields.put(name, more);
            } else if (before != null) {
                fields.put(name, List.of(before, value));
            }
        }

        private int next() throws XMLStreamException {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw malformed(reader.getLocation(), "document types and entities are not read");
            }
            return event;
        }
    }
}
