package io.dragoman.llm;

import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.util.Map;

/**
 * A prompt template. {@code {{name}}} stands for a value; a value is put in as it is and never read as a template itself.
 *
 * @param name        of the file
 * @param description what it is for
 * @param model       which kind of model it needs
 * @param system      the template of what the model is told to be and to do
 * @param user        the template of what the model is given
 * @param schema      of the reply; null for plain text
 * @param temperature 0 to 2
 * @param maxTokens   the most tokens of the reply
 * @param hash        SHA-256 of the file, its first 12 hex digits: the version of the prompt
 */
public record Prompt(String name, String description, ModelRole model, String system, String user,
        JsonObjectSchema schema, double temperature, int maxTokens, String hash) {

    /** A template with its values put in; a name without a value becomes the empty text. */
    public static String fill(String template, Map<String, String> values) {
        StringBuilder filled = new StringBuilder(template.length() + 500);
        int from = 0;
        for (int open = template.indexOf("{{"); open >= 0; open = template.indexOf("{{", from)) {
            int close = template.indexOf("}}", open);
            if (close < 0) {
                break;
            }
            filled.append(template, from, open).append(values.getOrDefault(template.substring(open + 2, close).strip(), ""));
            from = close + 2;
        }
        return filled.append(template, from, template.length()).toString();
    }
}
