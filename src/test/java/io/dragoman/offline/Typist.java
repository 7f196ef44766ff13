package io.dragoman.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Types a question with one slip in one word of five or more letters, always the same for the same question. */
final class Typist {

    private static final String KEYS = " qwertyuiop asdfghjkl zxcvbnm ";
    private static final int SHORTEST = 5;

    private Typist() {
    }

    /** The question with two letters swapped, or a letter left out, doubled, or hit beside; texts in double quotes stay. */
    static String slip(String question) {
        Random random = new Random(question.hashCode());
        List<int[]> words = words(question);
        if (words.isEmpty()) {
            return question;
        }
        int[] word = words.get(random.nextInt(words.size()));
        int at = word[0] + 1 + random.nextInt(word[1] - word[0] - 2);
        String before = question.substring(0, at);
        return switch (random.nextInt(4)) {
            case 0 -> before + question.charAt(at + 1) + question.charAt(at) + question.substring(at + 2);
            case 1 -> before + question.substring(at + 1);
            case 2 -> before + question.charAt(at) + question.substring(at);
            default -> before + beside(question.charAt(at)) + question.substring(at + 1);
        };
    }

    private static char beside(char letter) {
        int key = KEYS.indexOf(Character.toLowerCase(letter));
        char right = KEYS.charAt(key + 1);
        return key < 0 ? 'x' : right == ' ' ? KEYS.charAt(key - 1) : right;
    }

    private static List<int[]> words(String question) {
        List<int[]> words = new ArrayList<>();
        boolean quoted = false;
        int start = -1;
        for (int i = 0; i <= question.length(); i++) {
            char c = i < question.length() ? question.charAt(i) : ' ';
            quoted ^= c == '"';
            boolean letter = Character.isLetter(c) && !quoted;
            if (letter && start < 0) {
                start = i;
            } else if (!letter && start >= 0) {
                if (i - start >= SHORTEST) {
                    words.add(new int[] {start, i});
                }
                start = -1;
            }
        }
        return words;
    }
}
