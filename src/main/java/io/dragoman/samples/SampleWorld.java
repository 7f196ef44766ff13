package io.dragoman.samples;

import java.util.List;

/**
 * A schema group and its databases, as {@code db/samples/<name>} describes them.
 *
 * @param name        of the schema group and of the folder
 * @param description what the group is about
 * @param dialect     the query language of its databases
 * @param databases   the databases, which are its definitions and datasources as well
 */
record SampleWorld(String name, String description, String dialect, List<Database> databases) {

    /**
     * A database.
     *
     * @param name        of the database, its definition and its datasource
     * @param script      makes its tables and rows; null for a database that is not ours to make
     * @param description what it holds
     */
    record Database(String name, String script, String description) {
    }

    /** All worlds, in the order they are loaded. */
    static final List<SampleWorld> ALL = List.of(
            new SampleWorld("ecommerce", "A small online shop: customers, products, orders and their items", "postgresql",
                    List.of(new Database("ecommerce", "data.sql", "Sample: a small online shop"))),
            new SampleWorld("bank", "A bank with six databases: customers, accounts, loans, insurance, compliance and"
                    + " employees", "postgresql", List.of(
                    new Database("customer_db", "customer_db.sql", "Sample: a bank's customers"),
                    new Database("accounts_db", "accounts_db.sql", "Sample: a bank's accounts, cards and transactions"),
                    new Database("loans_db", "loans_db.sql", "Sample: a bank's loans and payments"),
                    new Database("insurance_db", "insurance_db.sql", "Sample: a bank's insurance policies and claims"),
                    new Database("compliance_db", "compliance_db.sql", "Sample: a bank's checks, alerts and findings"),
                    new Database("employees_db", "employees_db.sql", "Sample: a bank's departments and employees"))),
            new SampleWorld("retail", "Pricing of a supermarket chain: products, stores, prices, elasticity, competitors,"
                    + " sales and margins", "sqlite",
                    List.of(new Database("retail", "data.sql", "Sample: pricing of a supermarket chain"))),
            new SampleWorld("markets", "Market data for kdb+: trades, quotes, instruments, exchanges, daily bars and"
                    + " orders", "q", List.of(new Database("markets", null, "Sample: market data in an embedded"
                    + " sandbox that evaluates the q of queries; it is no kdb+"))));
}
