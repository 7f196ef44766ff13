package io.dragoman.security;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;

/** The users who sign in with a password, as Spring Security asks for them. */
@Service
class Accounts implements UserDetailsService {

    private final JdbcClient database;
    private final Users users;

    Accounts(JdbcClient database, Users users) {
        this.database = database;
        this.users = users;
    }

    @Override
    public UserDetails loadUserByUsername(String name) {
        return database.sql("SELECT id, name, password_hash, roles FROM users WHERE name = ? AND enabled"
                        + " AND password_hash IS NOT NULL").param(name == null ? "" : name.replace("\0", ""))
                .query((row, number) -> (UserDetails) new Account(row.getObject("id", UUID.class), row.getString("name"),
                        row.getString("password_hash"), authorities(Columns.roles(row, "roles")), users))
                .optional().orElseThrow(() -> new UsernameNotFoundException("no such user"));
    }

    /** Roles as Spring Security names them. */
    static List<GrantedAuthority> authorities(Set<Role> roles) {
        return roles.stream().map(role -> (GrantedAuthority) new SimpleGrantedAuthority("ROLE_" + role.name())).toList();
    }

    /** Who an account is at the moment. */
    static Caller caller(Users users, UUID id) {
        return users.find(id).map(user -> user.caller("session")).orElse(Caller.NOBODY);
    }

    /** A person with a password. */
    private record Account(UUID userId, String getUsername, String getPassword,
            Collection<? extends GrantedAuthority> getAuthorities, Users users) implements UserDetails, SignedIn {

        @Override
        public Caller caller() {
            return Accounts.caller(users, userId);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Account account && account.userId.equals(userId);
        }

        @Override
        public int hashCode() {
            return userId.hashCode();
        }

        @Override
        public String toString() {
            return "Account[" + getUsername + "]";
        }
    }
}
