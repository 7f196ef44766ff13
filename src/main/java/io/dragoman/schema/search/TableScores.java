package io.dragoman.schema.search;

import java.util.Arrays;

/**
 * What speaks for the tables that anything speaks for, by table number. Takes room for these only, as they are few among
 * all: an open hash of primitive numbers.
 */
class TableScores {

    private static final int FEWEST = 64;

    /** By hash, the place plus one; 0 where there is none. */
    private int[] places = new int[2 * FEWEST];
    private int[] tables = new int[FEWEST];
    private float[] words = new float[FEWEST];
    private float[] matches = new float[FEWEST];
    private float[] similarity = new float[FEWEST];
    private float[] named = new float[FEWEST];
    private boolean[] taught = new boolean[FEWEST];
    private boolean[] called = new boolean[FEWEST];
    private int size;

    void addWords(int table, float weight) {
        int place = placed(table);
        words[place] += weight;
    }

    void addMatch(int table, float weight) {
        int place = placed(table);
        matches[place] += weight;
    }

    void addNamed(int table, float explained) {
        int place = placed(table);
        named[place] += explained;
    }

    void teach(int table) {
        int place = placed(table);
        taught[place] = true;
    }

    void call(int table) {
        int place = placed(table);
        called[place] = true;
    }

    void setSimilarity(int table, float cosine) {
        int place = placed(table);
        similarity[place] = cosine;
    }

    float words(int table) {
        int place = place(table);
        return place < 0 ? 0 : words[place];
    }

    float matches(int table) {
        int place = place(table);
        return place < 0 ? 0 : matches[place];
    }

    float named(int table) {
        int place = place(table);
        return place < 0 ? 0 : named[place];
    }

    float similarity(int table) {
        int place = place(table);
        return place < 0 ? 0 : similarity[place];
    }

    boolean taught(int table) {
        int place = place(table);
        return place >= 0 && taught[place];
    }

    boolean called(int table) {
        int place = place(table);
        return place >= 0 && called[place];
    }

    boolean contains(int table) {
        return place(table) >= 0;
    }

    /** The tables that anything speaks for, in no order. */
    int[] tables() {
        return Arrays.copyOf(tables, size);
    }

    private int place(int table) {
        for (int at = hash(table);; at = at + 1 & places.length - 1) {
            if (places[at] == 0 || tables[places[at] - 1] == table) {
                return places[at] - 1;
            }
        }
    }

    /** Where a table stands, new or not. May replace the arrays, so it is asked before they are. */
    private int placed(int table) {
        int place = place(table);
        if (place >= 0) {
            return place;
        }
        if (size == tables.length) {
            grow();
        }
        tables[size] = table;
        enter(size++);
        return size - 1;
    }

    private void grow() {
        int room = 2 * tables.length;
        tables = Arrays.copyOf(tables, room);
        words = Arrays.copyOf(words, room);
        matches = Arrays.copyOf(matches, room);
        similarity = Arrays.copyOf(similarity, room);
        named = Arrays.copyOf(named, room);
        taught = Arrays.copyOf(taught, room);
        called = Arrays.copyOf(called, room);
        places = new int[2 * room];
        for (int place = 0; place < size; place++) {
            enter(place);
        }
    }

    private void enter(int place) {
        int at = hash(tables[place]);
        while (places[at] != 0) {
            at = at + 1 & places.length - 1;
        }
        places[at] = place + 1;
    }

    private int hash(int table) {
        int mixed = table * 0x9E3779B9;
        return (mixed ^ mixed >>> 16) & places.length - 1;
    }
}
