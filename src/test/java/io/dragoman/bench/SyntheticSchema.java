package io.dragoman.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A schema of any size with plausible words: tables such as {@code harbour_invoice} with a key, a name, a status with
 * values, an amount, a date and a reference to another table; and questions about them. The same seed gives the same.
 */
final class SyntheticSchema {

    private static final List<String> FIELDS = List.of("harbour", "school", "hospital", "garden", "museum", "factory",
            "airport", "library", "theatre", "bakery", "vineyard", "railway", "studio", "clinic", "warehouse", "hotel",
            "forest", "laboratory", "stadium", "market", "orchard", "bridge", "quarry", "printing", "mining", "fishing",
            "parcel", "ticket", "energy", "water", "textile", "glass", "paper", "steel", "timber", "dairy", "poultry",
            "insurance", "pension", "mortgage", "parking", "ferry", "tram", "bicycle", "drone", "satellite", "radio",
            "cinema", "concert", "festival", "gallery", "pottery", "jewel", "carpet", "furniture", "lighting", "heating",
            "cooling", "plumbing", "painting", "roofing", "paving", "fencing", "survey", "patent", "tax", "customs",
            "visa", "census", "election", "court", "police", "fire", "rescue", "dental", "optical", "surgical",
            "pharmacy", "veterinary", "botanic", "zoo", "aquarium", "planet", "weather", "climate", "ocean", "river",
            "canal", "dam", "turbine", "solar", "battery", "cable", "router", "server", "sensor", "camera", "printer",
            "scanner", "robot");
    private static final List<String> NOUNS = List.of("invoice", "member", "visit", "shipment", "contract", "employee",
            "supplier", "payment", "inspection", "booking", "device", "incident", "course", "machine", "customer",
            "order", "permit", "vehicle", "report", "licence", "reading", "delivery", "audit", "asset", "budget", "claim",
            "event", "grant", "lease", "measurement", "meeting", "complaint", "operator", "owner", "partner", "plan",
            "policy", "project", "quote", "receipt", "refund", "rental", "repair", "request", "review", "route", "sample",
            "schedule", "session", "shift", "site", "stock", "subscription", "survey", "task", "team", "test", "trip",
            "unit", "user", "voucher", "warranty", "worker", "zone", "account", "address", "agent", "allocation",
            "announcement", "applicant", "appointment", "archive", "area", "assignment", "attendance", "auction", "award",
            "badge", "batch", "bill", "branch", "campaign", "card", "case", "category", "certificate", "channel", "charge",
            "check", "class", "client", "code", "collection", "comment", "commission", "company", "component", "contact",
            "container", "cost");
    private static final List<String> STATUSES = List.of("open", "closed", "pending", "rejected", "archived");

    private SyntheticSchema() {
    }

    /** The body of {@code POST /schemas/upload} for so many tables, at most 10,000. */
    static Map<String, Object> upload(String group, int tables) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            String name = table(i);
            List<Map<String, Object>> columns = new ArrayList<>(List.of(
                    column(noun(i) + "_id", "integer", "key", true), column("name", "text", "name", false),
                    column("status", "text", "state", false), column("amount", "numeric(12,2)", "amount in euro", false),
                    column("created_on", "date", "day of creation", false)));
            columns.get(2).put("sample_values", STATUSES);
            if (i > 0) {
                columns.add(column("parent_id", "integer", "the " + table(i / 2) + " it belongs to", false));
            }
            list.add(new LinkedHashMap<>(Map.of("name", name, "columns", columns,
                    "description", "Every " + noun(i) + " of the " + field(i) + " business")));
        }
        List<Map<String, Object>> relationships = new ArrayList<>();
        for (int i = 1; i < tables; i++) {
            relationships.add(Map.of("source_table", table(i), "source_columns", List.of("parent_id"),
                    "target_table", table(i / 2), "target_columns", List.of(noun(i / 2) + "_id"), "type", "many_to_one"));
        }
        return Map.of("schema_group_name", group,
                "schema_data", Map.of("dialect", "postgresql", "tables", list, "relationships", relationships));
    }

    /** So many questions, each about tables of the schema. */
    static List<String> questions(int tables, int count) {
        Random random = new Random(7);
        List<String> questions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int t = random.nextInt(tables);
            String words = field(t) + " " + noun(t) + "s";
            String status = STATUSES.get(random.nextInt(STATUSES.size()));
            questions.add(switch (i % 6) {
                case 0 -> "How many " + words + " are " + status + "?";
                case 1 -> "What is the total amount of " + words + " by status?";
                case 2 -> "Show the names of the top 5 " + words + " by amount";
                case 3 -> "Which " + words + " were created in March 2024?";
                case 4 -> "What is the average amount of " + status + " " + words + "?";
                default -> "List " + words + " with an amount of more than 500";
            });
        }
        return questions;
    }

    private static String table(int i) {
        return field(i) + "_" + noun(i);
    }

    private static String field(int i) {
        return FIELDS.get(i % FIELDS.size());
    }

    private static String noun(int i) {
        return NOUNS.get((i / FIELDS.size() + i) % NOUNS.size());
    }

    private static Map<String, Object> column(String name, String type, String description, boolean key) {
        return new LinkedHashMap<>(Map.of("name", name, "type", type, "description", description, "primary_key", key));
    }
}
