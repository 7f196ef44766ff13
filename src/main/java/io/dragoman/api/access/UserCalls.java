package io.dragoman.api.access;

import io.dragoman.api.Listing;
import io.dragoman.api.Page;
import io.dragoman.security.User;
import io.dragoman.security.Users;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** What {@code /users} does. Passwords go in and never come out. */
@Component("userCalls")
final class UserCalls {

    private final Users users;

    UserCalls(Users users) {
        this.users = users;
    }

    /** A user on the wire; null lists are no limits. */
    record View(UUID id, String name, List<String> roles, boolean enabled, Set<String> schemaGroups,
            Set<String> dataSources, boolean mustChangePassword, boolean external, Instant lastSignInAt, Instant createdAt) {

        static View of(User user) {
            return new View(user.id(), user.name(), RoleNames.write(user.roles()), user.enabled(), user.schemaGroups(),
                    user.dataSources(), user.mustChangePassword(), user.external(), user.lastSignInAt(), user.createdAt());
        }
    }

    /** What a user is to be; null fields of a change stay as they are. */
    record Body(String name, String password, List<String> roles, Boolean enabled, List<String> schemaGroups,
            List<String> dataSources, Boolean seesAll) {

        User.Draft draft() {
            return new User.Draft(name, password, RoleNames.read(roles), enabled, set(schemaGroups), set(dataSources),
                    seesAll);
        }

        @Override
        public String toString() {
            return "Body[" + name + "]";
        }
    }

    /** That a user is no more. */
    record Deleted(String id, boolean deleted) {
    }

    static Set<String> set(List<String> names) {
        return names == null ? null : new HashSet<>(names);
    }

    public Listing<View> list(@ExchangeProperty("page") Page page) {
        return new Listing<>(users.list(page.limit(), page.offset()).stream().map(View::of).toList(), users.count());
    }

    public View create(Body body) {
        return View.of(users.create(body.draft()));
    }

    public View read(@Header("id") String id) {
        return View.of(users.get(id));
    }

    public View change(@Header("id") String id, Body body) {
        return View.of(users.change(id, body.draft()));
    }

    public Deleted delete(@Header("id") String id) {
        users.delete(id);
        return new Deleted(id, true);
    }
}
