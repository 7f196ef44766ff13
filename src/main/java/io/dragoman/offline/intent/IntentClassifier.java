package io.dragoman.offline.intent;

import io.dragoman.offline.intent.Intent.Type;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Tells what kind of thing was said, by the words and where they stand. Stateless. */
@Component
public class IntentClassifier {

    private static final Set<String> GREETINGS = Set.of("hi", "hello", "hey", "hiya", "howdy", "greetings", "thanks",
            "thank", "bye", "goodbye", "cheers", "welcome");
    private static final Set<String> WITH_GREETINGS = Set.of("there", "you", "dragoman", "again", "all", "everyone",
            "very", "much", "so", "a", "lot", "team", "for", "your", "help");
    private static final List<String> LONG_GREETINGS = List.of("good morning", "good afternoon", "good evening",
            "good day", "good bye", "how are you", "how is it going", "hows it going", "nice to meet you", "see you");
    private static final List<String> POLITE = List.of("please", "can you", "could you", "would you", "will you",
            "i want you to", "i want to", "i would like to", "id like to", "i need to", "i need you to", "lets", "let us",
            "go ahead and", "kindly", "now", "then", "ok", "okay", "well", "so", "um", "hi", "hello", "hey", "and");
    private static final List<String> HELP = List.of("help", "help me", "what can you do", "what can you do for me",
            "what do you do", "how do you work", "how does this work", "how does it work", "what can i ask",
            "what can i ask you", "what can i ask here", "who are you", "what are you", "what is this", "what is dragoman",
            "how do i use this", "how to use this", "how do i ask", "how can you help", "how can you help me",
            "i need help", "give me examples", "give me some examples", "show me examples", "show examples",
            "what should i ask", "what kind of questions can i ask", "what questions can i ask", "i dont understand",
            "i dont know", "i have a question", "what", "why", "how", "huh", "yes", "no", "maybe", "tell me more");

    /**
     * Classifies what was said. Never throws on any text.
     *
     * @param question    at most 2,000 characters are needed; more is looked at up to 400 words
     * @param hasPrevious whether a question was asked before in the same conversation, so that this one can follow it up
     */
    public Intent classify(String question, boolean hasPrevious) {
        Sentence sentence = Sentence.of(question);
        if (sentence.size() == 0) {
            return new Intent(Type.CLARIFICATION, false, 0.9, "There are no words in the question.");
        }
        if (greets(sentence)) {
            return new Intent(Type.GREETING, false, 0.95, "It is a greeting and asks for nothing.");
        }
        Sentence request = sentence.from(politeness(sentence));
        if (request.isAny(HELP) || sentence.isAny(HELP)) {
            return new Intent(Type.CLARIFICATION, false, 0.9, "It asks what can be asked here.");
        }
        boolean followUp = hasPrevious && FollowUpCues.in(sentence);
        Intent refused = Refusals.check(request, followUp);
        if (refused != null) {
            return refused;
        }
        if (SchemaQuestions.about(request)) {
            return new Intent(Type.SCHEMA_DESCRIPTION, false, 0.9,
                    "It asks what the tables and columns are, not what is in their rows.");
        }
        return followUp
                ? new Intent(Type.QUERY_GENERATION, true, 0.85, "It changes the question before it.")
                : new Intent(Type.QUERY_GENERATION, false, 0.8, "It asks for data.");
    }

    private static boolean greets(Sentence sentence) {
        for (String greeting : LONG_GREETINGS) {
            if (sentence.begins(0, greeting) || sentence.begins(1, greeting) && GREETINGS.contains(sentence.at(0))) {
                int length = greeting.split(" ").length;
                return sentence.size() <= length + 2 && sentence.words().stream().skip(length).noneMatch(
                        word -> word.equals("show") || word.equals("list"));
            }
        }
        return GREETINGS.contains(sentence.at(0)) && sentence.words().stream().skip(1)
                .allMatch(word -> GREETINGS.contains(word) || WITH_GREETINGS.contains(word));
    }

    /** How many words of politeness the sentence starts with. */
    private static int politeness(Sentence sentence) {
        int at = 0;
        boolean more = true;
        while (more) {
            more = false;
            for (String phrase : POLITE) {
                int length = phrase.split(" ").length;
                if (sentence.begins(at, phrase) && at + length < sentence.size()) {
                    at += length;
                    more = true;
                    break;
                }
            }
        }
        return at;
    }
}
