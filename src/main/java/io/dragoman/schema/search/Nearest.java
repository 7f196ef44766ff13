package io.dragoman.schema.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The k most similar vectors of those seen so far: a heap with the least similar of them on top. */
class Nearest {

    /** A row of some vectors, and how similar it is. */
    record Place(QuantizedVectors vectors, int row, float similarity) {
    }

    private final Place[] heap;
    private int size;

    Nearest(int k) {
        heap = new Place[k];
    }

    /** The similarity that another vector has to exceed. */
    float least() {
        return size < heap.length ? Float.NEGATIVE_INFINITY : heap.length == 0 ? Float.POSITIVE_INFINITY : heap[0].similarity();
    }

    /** Takes a vector whose similarity exceeds {@link #least}. */
    void add(QuantizedVectors vectors, int row, float similarity) {
        Place place = new Place(vectors, row, similarity);
        if (size < heap.length) {
            up(place);
        } else {
            down(place);
        }
    }

    private void up(Place place) {
        int at = size++;
        while (at > 0 && heap[(at - 1) / 2].similarity() > place.similarity()) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = place;
    }

    private void down(Place place) {
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && heap[child + 1].similarity() < heap[child].similarity()) {
                child++;
            }
            if (heap[child].similarity() >= place.similarity()) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = place;
    }

    List<Place> inAnyOrder() {
        return Arrays.asList(heap).subList(0, size);
    }

    /** Most similar first. */
    List<Place> inOrder() {
        List<Place> places = new ArrayList<>(inAnyOrder());
        places.sort(Comparator.comparingDouble(Place::similarity).reversed());
        return places;
    }
}
